import Flash
import RTMFP
import Synchronization

/// A conduct whose every decision can be replaced alone; the base of all saboteurs.
struct Fault: Conduct, MessageConduct {
    /// What one run of a saboteur remembers.
    let memory = Memory()

    /// Changes the configuration before the endpoint is made.
    var configure: @Sendable (inout Configuration) -> Void = { _ in }
    /// Makes the identity with static keys instead of ephemeral ones.
    var hasStaticKeys = false
    /// Makes an identity that does not accept ancillary data.
    var hidesAncillaryData = false
    /// What a client does wrong.
    var client = ClientFault()
    /// How late everything is sent.
    var lag = Interval.zero
    /// A datagram before the endpoint sees it; nil to drop it, which a rendezvous follows up with rubbish.
    var hears: @Sendable ([UInt8], SocketAddress) -> [UInt8]? = { datagram, _ in datagram }

    var lasting: @Sendable (TimerName, Interval) -> Interval = { $1 }
    var judge: @Sendable (Rule, Bool) -> Bool = { $1 }
    var receive: @Sendable (IncomingPacket) -> IncomingPacket? = { $0 }
    var answer: @Sendable (IncomingPacket) -> [OutgoingPacket] = { _ in [] }
    var send: @Sendable (OutgoingPacket) -> [OutgoingPacket] = { [$0] }
    var component: @Sendable ([UInt8]) -> [UInt8] = { $0 }
    var secret: @Sendable ([UInt8]) -> [UInt8] = { $0 }
    var sessionKeys: @Sendable (SessionKeys) -> SessionKeys = { $0 }
    var protectSent: @Sendable (PacketProtection) -> PacketProtection = { $0 }
    var protectReceived: @Sendable (PacketProtection) -> PacketProtection = { $0 }

    // Above flows.

    var judgeMessage: @Sendable (MessageRule, Bool) -> Bool = { $1 }
    var sendMessage: @Sendable (Message, UInt32) -> [Message] = { message, _ in [message] }
    var receiveMessage: @Sendable (Message, UInt32) -> [Message] = { message, _ in [message] }
    var flowMetadata: @Sendable ([UInt8]) -> [UInt8] = { $0 }

    func judges(_ rule: MessageRule, holds: Bool) -> Bool { judgeMessage(rule, holds) }
    func sends(_ message: Message, of streamID: UInt32) -> [Message] { sendMessage(message, streamID) }
    func receives(_ message: Message, of streamID: UInt32) -> [Message] { receiveMessage(message, streamID) }
    func metadata(_ correct: [UInt8]) -> [UInt8] { flowMetadata(correct) }

    func interval(_ timer: TimerName, _ correct: Interval) -> Interval { lasting(timer, correct) }
    func judges(_ rule: Rule, holds: Bool) -> Bool { judge(rule, holds) }
    func receives(_ packet: IncomingPacket) -> IncomingPacket? { memory.isDead ? nil : receive(packet) }
    func answers(_ packet: IncomingPacket) -> [OutgoingPacket] { answer(packet) }
    func sends(_ packet: OutgoingPacket) -> [OutgoingPacket] { memory.isDead ? [] : send(packet) }
    func keyingComponent(_ correct: [UInt8], as role: Role) -> [UInt8] { component(correct) }
    func sharedSecret(_ correct: [UInt8]) -> [UInt8] { secret(correct) }
    func keys(_ correct: SessionKeys) -> SessionKeys { sessionKeys(correct) }
    func sending(_ correct: PacketProtection) -> PacketProtection { protectSent(correct) }
    func receiving(_ correct: PacketProtection) -> PacketProtection { protectReceived(correct) }

    func identity(_ random: inout some RandomNumberGenerator) throws -> Identity {
        let groups: [DiffieHellmanGroup] = [.modp2048, .modp1536, .modp1024]
        return hasStaticKeys
            ? try .fixed(groups: groups, acceptsAncillaryData: true, using: &random)
            : try .ephemeral(groups: groups, acceptsAncillaryData: !hidesAncillaryData, using: &random)
    }
}

/// What a saboteur remembers from one packet to the next.
///
/// A saboteur is called from one thread at a time, but not always from the same one.
final class Memory: Sendable {
    private struct Content {
        var isDead = false
        var fingerprint: [UInt8] = []
        var seen: Set<[UInt8]> = []
        var numbers: [String: UInt64] = [:]
        var octets: [String: [UInt8]] = [:]
    }

    private let content = Mutex(Content())

    /// Whether the process is to be taken for crashed.
    var isDead: Bool {
        get { content.withLock { $0.isDead } }
        set { content.withLock { $0.isDead = newValue } }
    }

    /// The fingerprint of the endpoint's own certificate.
    var fingerprint: [UInt8] {
        get { content.withLock { $0.fingerprint } }
        set { content.withLock { $0.fingerprint = newValue } }
    }

    /// Whether `octets` are new; they are remembered then.
    func isNew(_ octets: [UInt8]) -> Bool {
        content.withLock { $0.seen.insert(octets).inserted }
    }

    /// Whether `octets` are remembered.
    func contains(_ octets: [UInt8]) -> Bool {
        content.withLock { $0.seen.contains(octets) }
    }

    /// Forgets `octets`.
    func forget(_ octets: [UInt8]) {
        content.withLock { _ = $0.seen.remove(octets) }
    }

    /// How many octet strings are remembered.
    var count: Int { content.withLock { $0.seen.count } }

    /// A number by name; 0 before it is set.
    subscript(name: String) -> UInt64 {
        get { content.withLock { $0.numbers[name] ?? 0 } }
        set { content.withLock { $0.numbers[name] = newValue } }
    }

    /// Octets by name; nil before they are set.
    subscript(octets name: String) -> [UInt8]? {
        get { content.withLock { $0.octets[name] } }
        set { content.withLock { $0.octets[name] = newValue } }
    }
}
