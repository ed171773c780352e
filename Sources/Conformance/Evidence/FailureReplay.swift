import Capture
import Links
import RTMFP

/// Runs a failed case again over the capture that it left behind, without the target.
public struct FailureReplay: Sendable {
    /// Why what a case left behind cannot be used.
    public struct Incomplete: Error, CustomStringConvertible {
        /// One sentence.
        public let description: String
    }

    /// The case's id.
    public let id: String
    /// How the target was named.
    public let target: String
    /// The verdict that the case came to.
    public let recordedVerdict: Verdict
    /// The capture, and what may be beside it.
    public let files: [String]
    private let recording: FailureRecording

    /// Reads the capture at `path`; nil if no case left it behind.
    ///
    /// - Throws: `CaptureError` if it cannot be read to its end, `Incomplete` if it, or what is beside it, is not what was left
    ///   there.
    public init?(path: String) throws {
        guard let recording = try FailureRecording(path: path),
            let verdict = Verdict(rawValue: recording.particulars.verdict)
        else { return nil }
        self.recording = recording
        files = [path] + Companion.allCases.map { $0.path(beside: path) }
        let particulars = recording.particulars
        (id, recordedVerdict) = (particulars.case, verdict)
        target = particulars.name ?? particulars.tracker?.address ?? particulars.target
    }

    /// Runs the case.
    ///
    /// - Parameter command: what repeats this replay.
    /// - Returns: nil if there is no such case any more, or it is one about recordings; undecided if the case no longer
    ///   says what it had said.
    public func run(command: String) -> CaseResult? {
        guard let subject = Suite.all.first(where: { $0.id == id }),
            let address = SocketAddress(text: recording.particulars.target)
        else { return nil }
        let particulars = recording.particulars
        let playback = Playback(recording)
        let ground: Ground
        switch subject.role {
        case .rendezvous:
            ground = Ground(network: playback.network, target: Target(address, uri: particulars.uri))
        case .client: ground = Ground(network: playback.network, clients: playback.clients)
        case .peer: ground = Ground(stage: PlaybackStage(playback))
        case .tracker:
            guard let site = particulars.tracker?.value(playback) else { return nil }
            let rendezvous = site.hasRendezvous ? Target(address, uri: particulars.uri) : nil
            ground = Ground(network: playback.network, target: rendezvous, tracker: site)
        case .capture: return nil
        }
        var result = CaseRun(
            subject: subject,
            arena: PlaybackArena(ground: OneThread(value: ground)),
            survey: particulars.survey,
            timing: particulars.timing,
            scale: particulars.waitScale,
            seed: particulars.seed,
            reproduce: command
        ).result()
        // What answered something else says nothing about what the case says now.
        if let divergence = playback.divergence {
            result.verdict = .undecided
            (result.expected, result.actual) = (nil, nil)
            result.note =
                "after \(divergence) datagrams or pieces of a stream, the case no longer says what it had said"
        }
        return result
    }
}

private struct PlaybackArena: Arena {
    let ground: OneThread<Ground>
    let targetArgument = ""

    func enter(seed: UInt64) throws -> Ground { ground.value }
}
