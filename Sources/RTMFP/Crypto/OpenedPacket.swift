/// A packet that has been decrypted.
public struct OpenedPacket: Hashable, Sendable {
    /// The session ID that the datagram was sent to.
    public var sessionID: UInt32
    /// The session sequence number; nil if the session has none.
    public var sequenceNumber: UInt64?
    /// Header, chunks and padding.
    public var plain: [UInt8]
    /// Why the packet is not what its sender protected; nil if it is.
    public var fault: ProtectionError?
}
