public import RTMFP

/// One direction of a session, as a process that took part in it logged it.
public struct LoggedDirection: Hashable, Sendable {
    /// Whether the process that logged sent the packets, or received them.
    public enum Travel: String, Hashable, Sendable {
        case sent = "tx"
        case received = "rx"
    }

    /// The session ID that packets of this direction are sent to, as on the wire.
    public var sessionID: UInt32
    /// Which way the packets go.
    public var travel: Travel
    /// The other end: where packets were sent to, or received from, when the session opened.
    public var farAddress: SocketAddress
    /// The mode of the packets: who of initiator and responder sends them.
    public var mode: PacketMode
    /// How the packets are protected.
    public var protection: PacketProtection

    /// Makes a logged direction.
    public init(
        sessionID: UInt32,
        travel: Travel,
        farAddress: SocketAddress,
        mode: PacketMode,
        protection: PacketProtection
    ) {
        self.sessionID = sessionID
        self.travel = travel
        self.farAddress = farAddress
        self.mode = mode
        self.protection = protection
    }
}
