public import RTMFP

/// What is known about a datagram.
public enum PacketStatus: Hashable, Sendable {
    /// It opens under the default key or a session's, and its checksum or HMAC is right.
    case verified
    /// The keys cover it, and it is not what its sender protected; one sentence says why.
    case failed(String)
    /// It travels like RTMFP, but no key at hand opens it.
    case notCovered
    /// Nothing suggests that it is RTMFP.
    case notRTMFP
}

/// Which key opened a packet.
public enum PacketKey: String, Hashable, Sendable {
    /// The Default Session Key (RFC 7425 §4.1).
    case `default`
    /// A session's.
    case session
}

/// How a packet showed that it is whole, and with what octets (RFC 7425 §4.7.3).
public enum PacketProof: Hashable, Sendable {
    case checksum(UInt16)
    case hmac([UInt8])
}

/// A verified packet's contents.
public struct PacketContents: Hashable, Sendable {
    /// Which key opened it.
    public var key: PacketKey
    /// Which direction of which session it belongs to, numbered from 0 as the key log names them; nil under the default
    /// key. Unlike session IDs and addresses, it means the same throughout a capture.
    public var direction: Int?
    /// The checksum or HMAC.
    public var proof: PacketProof
    /// The session sequence number; nil if the session has none (RFC 7425 §4.6.6).
    public var sequenceNumber: UInt64?
    /// Header, chunks and padding, decrypted: what offsets count from.
    public var plain: [UInt8]
    /// The header.
    public var header: PacketHeader
    /// The chunks, in order, and where they stand.
    public var chunks: [Packet.PlacedChunk]
    /// Octets after the last chunk.
    public var padding: Int
}

/// A datagram of a capture, decoded.
public struct DecodedPacket: Hashable, Sendable {
    /// The datagram.
    public var datagram: CapturedDatagram
    /// The session ID that it was sent to, unscrambled (RFC 7016 §2.2.2); nil if it is too short to have one.
    public var sessionID: UInt32?
    /// What is known about it.
    public var status: PacketStatus
    /// What it says; nil unless it is verified.
    public var contents: PacketContents?
    /// How many octets from the datagram's first would be a packet alone: of one that failed for what stands behind them.
    /// Nil if there are none, or if that was not found out: see `PacketDecoder.init(keys:searches:)`.
    public var verifiedPrefix: Int?
}
