import Flash
import HLSP2P
import RTMFP
import Testing

@testable import Fuzzing

/// What the target of a peer's sessions holds against it can be broken: each fault shows in what it begins with, and in
/// the sentence that was meant for it.
struct PeerSessionFaultTests {
    /// A fault, and words of the sentence about it.
    private static let faults: [(fault: FaultySessions, sentence: String)] = [
        (.init([.subscriberNamed: true]), "plays what is not for it"),
        (.init([.saidInPrivate: false]), "not for the far end"),
        (.init([.bothStreamsUp: true]), "has not played its stream"),
        (.init([.closedStreamEndsSession: false]), "or has gone"),
        (.init { [$0, $0] }, "answers what was not asked"),
        (.init { [Envelope(id: $0.id, $0.kind.ofAnother, $0.subtype, $0.members)] }, "answers what was not asked"),
        (.init(timer: .silenceTimeout), "outlives"),
        (.init(timer: .nearCloseTimeout), "outlives"),
        (.init(sealing: .wrongVerification), "nobody can open"),
        (.init(endpoint: [.roomForFlow: true]), "flows are open"),
    ]

    @Test func aSoundPeerIsNone() throws {
        for script in PeerSessionSeeds.lives { try PeerSessionUnderFuzz().take(script) }
    }

    @Test(arguments: faults.indices) func aFaultyPeerIsAViolation(index: Int) throws {
        let (fault, sentence) = Self.faults[index]
        var found: [String] = []
        for script in PeerSessionSeeds.lives {
            do {
                try PeerSessionUnderFuzz(conduct: fault, endpointConduct: fault).take(script)
            } catch let violation as Violation {
                found.append(violation.description)
            }
        }
        #expect(found.contains { $0.contains(sentence) }, "\(Set(found))")
    }
}

/// Judges by some rules always in the same way, waits for a day where it should not, or says something else.
private struct FaultySessions: PeerConduct, Conduct {
    private var verdicts: [PeerRule: Bool] = [:]
    private var endpointVerdicts: [Rule: Bool] = [:]
    private var timer: TimerName?
    private var sealing: SealingFault = []
    private var change: @Sendable (Envelope) -> [Envelope] = { [$0] }

    init(_ verdicts: [PeerRule: Bool]) { self.verdicts = verdicts }
    init(endpoint verdicts: [Rule: Bool]) { endpointVerdicts = verdicts }
    init(timer: TimerName) { self.timer = timer }
    init(sealing: SealingFault) { self.sealing = sealing }
    init(_ change: @escaping @Sendable (Envelope) -> [Envelope]) { self.change = change }

    func judges(_ rule: PeerRule, holds: Bool) -> Bool { verdicts[rule] ?? holds }
    func judges(_ rule: Rule, holds: Bool) -> Bool { endpointVerdicts[rule] ?? holds }
    func sends(_ envelope: Envelope, to peer: PeerID) -> [Envelope] { change(envelope) }

    func interval(_ timer: TimerName, _ correct: Interval) -> Interval {
        timer == self.timer ? .seconds(86_400) : correct
    }

    func sends(_ packet: OutgoingPacket) -> [OutgoingPacket] {
        var changed = packet
        if packet.key == .session { changed.fault = sealing }
        return [changed]
    }
}

extension Envelope.Kind {
    /// The answer to a request that nobody made.
    fileprivate var ofAnother: Envelope.Kind {
        if case .response(let id, let wantsConfirm) = self, id != Envelope.unsolicited {
            .response(to: id + 9_999, wantsConfirm: wantsConfirm)
        } else {
            self
        }
    }
}
