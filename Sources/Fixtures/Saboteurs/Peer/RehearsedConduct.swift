import Flash
import HLSP2P
import RTMFP

/// The correct conduct, which takes note of all that it is asked and shown.
struct RehearsedConduct: ViewerConduct, Conduct, MessageConduct {
    private let rehearsal: Rehearsal

    init(_ rehearsal: Rehearsal) {
        self.rehearsal = rehearsal
        rehearsal.begin()
        rehearsal.note { !$0.keepsIdentity }
    }

    var below: any Conduct & MessageConduct { self }
    var keepsIdentity: Bool { false }
    var isDead: Bool { false }

    private func note<Value: Equatable & Sendable>(
        _ correct: Value,
        _ act: @escaping @Sendable (PeerFault) -> Value
    ) -> Value {
        rehearsal.note { act($0) == correct }
        return correct
    }

    // MARK: The viewer.

    func configure(_ swarm: inout SwarmConfiguration) {
        let correct = swarm
        swarm = note(correct) { fault in
            var changed = correct
            fault.configure(&changed)
            return changed
        }
    }

    func requests(_ request: WebRequest) -> WebRequest? { note(request) { $0.requests(request) } }

    func hears(_ response: HTTPResponse, to request: WebRequest) -> HTTPResponse? {
        note(response) { $0.hears(response, to: request) }
    }

    // MARK: The peer.

    func judges(_ rule: PeerRule, holds: Bool) -> Bool { note(holds) { $0.judges(rule, holds: holds) } }

    func interval(_ limit: PeerTimeLimit, _ correct: Interval) -> Interval {
        note(correct) { $0.interval(limit, correct) }
    }

    func sends(_ envelope: Envelope, to peer: PeerID) -> [Envelope] {
        note([envelope]) { $0.sends(envelope, to: peer) }
    }

    func receives(_ envelope: Envelope, from peer: PeerID) -> [Envelope] {
        note([envelope]) { $0.receives(envelope, from: peer) }
    }

    // MARK: Streams.

    func judges(_ rule: MessageRule, holds: Bool) -> Bool { note(holds) { $0.lower.judges(rule, holds: holds) } }

    func sends(_ message: Message, of streamID: UInt32) -> [Message] {
        note([message]) { $0.lower.sends(message, of: streamID) }
    }

    func receives(_ message: Message, of streamID: UInt32) -> [Message] {
        note([message]) { $0.lower.receives(message, of: streamID) }
    }

    func metadata(_ correct: [UInt8]) -> [UInt8] { note(correct) { $0.lower.metadata(correct) } }

    // MARK: Packets.

    func judges(_ rule: Rule, holds: Bool) -> Bool { note(holds) { $0.lower.judges(rule, holds: holds) } }

    func interval(_ timer: TimerName, _ correct: Interval) -> Interval {
        note(correct) { $0.lower.interval(timer, correct) }
    }

    func receives(_ packet: IncomingPacket) -> IncomingPacket? { note(packet) { $0.lower.receives(packet) } }
    func answers(_ packet: IncomingPacket) -> [OutgoingPacket] { note([]) { $0.lower.answers(packet) } }
    func sends(_ packet: OutgoingPacket) -> [OutgoingPacket] { note([packet]) { $0.lower.sends(packet) } }

    func keyingComponent(_ correct: [UInt8], as role: Role) -> [UInt8] {
        note(correct) { $0.lower.keyingComponent(correct, as: role) }
    }

    func sharedSecret(_ correct: [UInt8]) -> [UInt8] { note(correct) { $0.lower.sharedSecret(correct) } }
    func keys(_ correct: SessionKeys) -> SessionKeys { note(correct) { $0.lower.keys(correct) } }
    func sending(_ correct: PacketProtection) -> PacketProtection { note(correct) { $0.lower.sending(correct) } }
    func receiving(_ correct: PacketProtection) -> PacketProtection { note(correct) { $0.lower.receiving(correct) } }
}
