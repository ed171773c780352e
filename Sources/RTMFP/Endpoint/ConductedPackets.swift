/// By which key a packet is protected.
public enum PacketKey: String, Hashable, Sendable, CaseIterable {
    /// The Default Session Key (RFC 7016 §2.2.3).
    case standard
    /// The session's keys.
    case session
}

/// A plain packet that is about to be protected and sent.
public struct OutgoingPacket: Sendable {
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

/// A plain packet that was received, verified and decoded.
public struct IncomingPacket: Sendable {
    /// Header, chunks and padding.
    public var packet: Packet
    /// Where it came from.
    public var source: SocketAddress
    /// The session ID that it was sent to.
    public var sessionID: UInt32
    /// The key that protected it.
    public var key: PacketKey
    /// The session, also an opening one, that the session ID belongs to; nil for session ID 0.
    public var session: SessionHandle?
    /// The session ID by which the far end of `session` receives; nil for session ID 0 and while keying.
    public var farSessionID: UInt32?
    /// Its session sequence number, if it has one.
    public var sequenceNumber: UInt64?
    /// When it was received.
    public var time: Instant
    /// Whether it was put together of Packet Fragments.
    public var isReassembled = false
}
