/// How an endpoint acts on what the specification says: the one seam for deliberate faults.
///
/// The endpoint asks before it acts on a rule, keeps an interval, uses a key, and before a packet goes out or comes in.
/// The default implementations change nothing: whoever adopts this protocol states only the fault.
public protocol Conduct: Sendable {
    /// What the endpoint takes for true where the specification's rule says `holds` of the input.
    func judges(_ rule: Rule, holds: Bool) -> Bool

    /// A packet that was verified and decoded, changed or, with nil, dropped.
    func receives(_ packet: IncomingPacket) -> IncomingPacket?

    /// Packets to send because of one that came in, before it is processed.
    func answers(_ packet: IncomingPacket) -> [OutgoingPacket]

    /// What goes out instead of a packet: itself, a changed one, none or several.
    func sends(_ packet: OutgoingPacket) -> [OutgoingPacket]

    /// How long an interval lasts that should last `correct`.
    func interval(_ timer: TimerName, _ correct: Interval) -> Interval

    /// The session ID that this end chose for itself.
    func sessionID(_ correct: UInt32) -> UInt32

    /// The key pair of this end, before its public key is sent and a secret is made with it (RFC 7425 §4.6.1).
    func keyPair(_ correct: DiffieHellmanKeyPair, as role: Role) -> DiffieHellmanKeyPair

    /// The near keying component, before it is sent and keys are derived from it (RFC 7425 §4.5).
    func keyingComponent(_ correct: [UInt8], as role: Role) -> [UInt8]

    /// DH_SECRET, before keys are derived from it (RFC 7425 §4.6.2).
    func sharedSecret(_ correct: [UInt8]) -> [UInt8]

    /// The session's keys (RFC 7425 §4.6).
    func keys(_ correct: SessionKeys) -> SessionKeys

    /// How packets that this end sends are protected (RFC 7425 §4.7).
    func sending(_ correct: PacketProtection) -> PacketProtection

    /// How packets that this end receives are taken to be protected (RFC 7425 §4.7).
    func receiving(_ correct: PacketProtection) -> PacketProtection
}

extension Conduct {
    public func judges(_ rule: Rule, holds: Bool) -> Bool { holds }
    public func receives(_ packet: IncomingPacket) -> IncomingPacket? { packet }
    public func answers(_ packet: IncomingPacket) -> [OutgoingPacket] { [] }
    public func sends(_ packet: OutgoingPacket) -> [OutgoingPacket] { [packet] }
    public func interval(_ timer: TimerName, _ correct: Interval) -> Interval { correct }
    public func sessionID(_ correct: UInt32) -> UInt32 { correct }
    public func keyPair(_ correct: DiffieHellmanKeyPair, as role: Role) -> DiffieHellmanKeyPair { correct }
    public func keyingComponent(_ correct: [UInt8], as role: Role) -> [UInt8] { correct }
    public func sharedSecret(_ correct: [UInt8]) -> [UInt8] { correct }
    public func keys(_ correct: SessionKeys) -> SessionKeys { correct }
    public func sending(_ correct: PacketProtection) -> PacketProtection { correct }
    public func receiving(_ correct: PacketProtection) -> PacketProtection { correct }
}

/// The conduct that the specification asks for.
public struct Correct: Conduct {
    /// Makes it.
    public init() {}
}
