import Capture
import Foundation
import Links
import RTMFP

/// Runs a failed case again over the capture that it left behind, without the target.
public struct FailureReplay: Sendable {
    /// The case's id.
    public let id: String
    /// How the target was named.
    public let target: String
    /// The verdict that the case came to.
    public let recordedVerdict: Verdict
    private let particulars: FailureCapture.Particulars
    private let entries: [Tape.Entry]
    private let links: [SocketAddress]

    /// Reads the capture at `path`; nil if no case left it behind.
    ///
    /// - Throws: `CaptureError` if it cannot be read to its end.
    public init?(path: String) throws {
        guard let comment = SectionComment.read(path: path),
            let particulars = try? JSONDecoder().decode(FailureCapture.Particulars.self, from: Data(comment.utf8)),
            let verdict = Verdict(rawValue: particulars.verdict)
        else { return nil }
        self.particulars = particulars
        (id, target, recordedVerdict) = (particulars.case, particulars.target, verdict)
        links = particulars.links.compactMap(SocketAddress.init(text:))
        let offset = Interval(nanoseconds: -particulars.clockOffsetNanoseconds)
        let file = try CaptureFile(path: path)
        var entries: [Tape.Entry] = []
        while let datagram = try file.next() {
            let sender = links.firstIndex(of: datagram.source)
            guard let link = sender ?? links.firstIndex(of: datagram.destination) else { continue }
            entries.append(
                Tape.Entry(
                    link: link,
                    isSent: sender != nil,
                    bytes: datagram.payload,
                    far: sender != nil ? datagram.destination : datagram.source,
                    at: datagram.time + offset
                )
            )
        }
        self.entries = entries
    }

    /// Runs the case.
    ///
    /// - Parameter command: what repeats this replay.
    /// - Returns: nil if there is no such case any more, or it is not one about servers.
    public func run(command: String) -> CaseResult? {
        guard let subject = Suite.all.first(where: { $0.id == id }), subject.role == .rendezvous,
            let address = SocketAddress(text: particulars.target)
        else { return nil }
        let dialect = particulars.dialect.flatMap(FailureCapture.Particulars.dialect)
        let survey = Survey(
            roundTrip: Interval(nanoseconds: particulars.roundTripNanoseconds),
            capabilities: Set(particulars.capabilities.compactMap(Capability.init)),
            dialect: dialect,
            obstacle: nil
        )
        var timing = Timing(roundTrip: survey.roundTrip)
        timing.patience = Interval(nanoseconds: particulars.patienceNanoseconds)
        timing.budget = Interval(nanoseconds: particulars.budgetNanoseconds)
        let arena = PlaybackArena(
            entries: entries,
            links: links,
            target: Target(address, uri: particulars.uri)
        )
        return CaseRun(
            subject: subject,
            arena: arena,
            survey: survey,
            timing: timing,
            scale: 1,
            seed: particulars.seed,
            reproduce: command
        ).result()
    }
}

private struct PlaybackArena: Arena {
    let entries: [Tape.Entry]
    let links: [SocketAddress]
    let target: Target
    let targetArgument = ""

    func enter(seed: UInt64) throws -> Ground {
        Ground(network: Playback(entries, links: links).network, target: target)
    }
}
