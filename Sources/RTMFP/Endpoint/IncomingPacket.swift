/// A plain packet that was received, verified and decoded.
public struct IncomingPacket: Hashable, Sendable {
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
