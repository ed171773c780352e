import Capture
import RTMFP

/// Judges those who took part in a recorded exchange, without a peer.
///
/// ```swift
/// let recording = try Recording(path: "traffic.pcap", keysPath: "keys.jsonl")
/// let judge = Judge(recording, command: "hlsp2p-check judge traffic.pcap --keys keys.jsonl")
/// let results = judge.run(Suite.capture)
/// ```
public struct Judge: Sendable {
    /// Whose conduct is judged, by name; each is judged by every case.
    public var targets: [String] { implementations.map(\.name) }

    private let implementations: [RecordedImplementation]
    private let command: String

    /// Prepares to judge.
    ///
    /// - Parameters:
    ///   - addresses: judge only those who sent from one of these; all if empty.
    ///   - command: what repeats a case, but for its id and whom it judges.
    public init(_ recording: Recording, only addresses: [String] = [], command: String) {
        implementations = recording.implementations.filter { implementation in
            addresses.isEmpty || implementation.addresses.contains { addresses.contains($0.description) }
        }
        self.command = command
    }

    /// Judges each implementation by each case, one implementation after the other.
    ///
    /// - Parameters:
    ///   - shouldStop: asked before each case; once it says yes, no other begins.
    ///   - report: told what happens.
    public func run(
        _ cases: [Case],
        shouldStop: () -> Bool = { false },
        report: (Checker.Progress) -> Void = { _ in }
    ) -> [CaseResult] {
        var results: [CaseResult] = []
        for implementation in implementations {
            for subject in cases where !shouldStop() {
                report(.started(subject))
                let result = judge(subject, implementation)
                results.append(result)
                report(.finished(result))
            }
        }
        return results
    }

    private func judge(_ subject: Case, _ implementation: RecordedImplementation) -> CaseResult {
        let only = implementations.count > 1 ? implementation.addresses.first.map { " --only '\($0)'" } ?? "" : ""
        var result = CaseResult(subject, verdict: .passed, reproduce: "\(command) '\(subject.id)'\(only)")
        result.target = implementation.name
        guard case .recorded(let body) = subject.body else {
            result.verdict = .undecided
            result.note = "the case needs a peer"
            return result
        }
        do {
            try body(implementation)
        } catch let breach as Breach {
            result.verdict = .failed
            result.expected = breach.expected
            result.actual = "in frame \(breach.frame), \(breach.actual)"
            result.transcript = transcript(to: breach.packet, implementation)
        } catch let settled as Settled {
            result.settle(subject, settled)
        } catch let inconclusive as Inconclusive {
            result.verdict = .undecided
            result.note = inconclusive.reason
        } catch {
            result.verdict = .error
            result.actual = "\(error)"
        }
        return result
    }

    /// The last packets up to one that is at fault, between the same two; times count from the first that is shown.
    private func transcript(
        to packet: RecordedPacket,
        _ implementation: RecordedImplementation
    ) -> [CaseResult.TranscriptLine] {
        let (here, there) = (packet.datagram.source, packet.datagram.destination)
        let sent = implementation.sent.filter { $0.number <= packet.number && $0.datagram.destination == there }
        let received = implementation.received.filter { $0.number < packet.number && $0.datagram.source == there }
        let exchange =
            sent.suffix(7).map { ($0, false) }
            + received.filter { $0.datagram.destination == here }.suffix(7).map { ($0, true) }
        let lines = exchange.sorted { $0.0.number < $1.0.number }.suffix(7)
        guard let first = lines.first?.0.time else { return [] }
        return lines.map { packet, sent in
            CaseResult.TranscriptLine(
                milliseconds: (packet.time - first).milliseconds,
                sent: sent,
                text: packet.summary
            )
        }
    }
}
