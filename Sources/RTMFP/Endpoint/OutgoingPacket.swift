/// A plain packet that is about to be protected and sent.
public struct OutgoingPacket: Hashable, Sendable {
    /// Header, chunks and padding.
    public var packet: Packet
    /// Where it goes.
    public var far: SocketAddress
    /// The session ID that it is sent to.
    public var sessionID: UInt32
    /// The key that protects it.
    public var key: PacketKey
    /// The session that it belongs to, whose keys `PacketKey.session` means; nil for a packet of no session.
    public var session: SessionHandle?
    /// A session sequence number instead of the next one; for deliberate faults.
    public var sequenceNumber: UInt64?
    /// Deliberate mistakes in protecting it.
    public var fault: SealingFault = []
    /// How long to wait before it is sent; for deliberate faults.
    public var delay = Interval.zero

    /// Makes a packet for the Default Session Key.
    public init(_ packet: Packet, to far: SocketAddress, sessionID: UInt32 = 0) {
        self.packet = packet
        self.far = far
        self.sessionID = sessionID
        key = .standard
    }

    /// Makes a packet for a session's keys.
    public init(_ packet: Packet, to far: SocketAddress, sessionID: UInt32, in session: SessionHandle) {
        self.packet = packet
        self.far = far
        self.sessionID = sessionID
        self.session = session
        key = .session
    }
}
