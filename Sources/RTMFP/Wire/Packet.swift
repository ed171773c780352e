/// Who may have sent a packet, and in which phase: the MOD field (RFC 7016 §2.2.4).
public enum PacketMode: UInt8, Hashable, Sendable, CaseIterable {
    /// No packet may carry this mode.
    case forbidden = 0
    /// Sent by the session's initiator.
    case initiator = 1
    /// Sent by the session's responder.
    case responder = 2
    /// Before there is a session.
    case startup = 3
}

/// The header of a plain packet (RFC 7016 §2.2.4).
public struct PacketHeader: Hashable, Sendable {
    /// MOD.
    public var mode: PacketMode
    /// TC: the sender sends time-critical data.
    public var timeCritical = false
    /// TCR: somebody sends time-critical data to the sender.
    public var timeCriticalReverse = false
    /// The two reserved bits in place (0x30); 0 when sent, ignored when received.
    public var reserved: UInt8 = 0
    /// TS: the sender's clock, in ticks of 4 ms.
    public var timestamp: UInt16?
    /// TSE: the receiver's clock as the sender reckons it, in ticks of 4 ms.
    public var timestampEcho: UInt16?

    /// Makes a header.
    public init(_ mode: PacketMode, timestamp: UInt16? = nil, timestampEcho: UInt16? = nil) {
        self.mode = mode
        self.timestamp = timestamp
        self.timestampEcho = timestampEcho
    }

    /// Reads a header.
    @_lifetime(reader: copy reader)
    public init(from reader: inout ByteReader) throws(WireError) {
        let flags = try reader.uint8("flags")
        mode = PacketMode(rawValue: flags & 0x03) ?? .forbidden
        timeCritical = flags & 0x80 != 0
        timeCriticalReverse = flags & 0x40 != 0
        reserved = flags & 0x30
        timestamp = flags & 0x08 != 0 ? try reader.uint16("timestamp") : nil
        timestampEcho = flags & 0x04 != 0 ? try reader.uint16("timestampEcho") : nil
    }

    /// The flags octet.
    public var flags: UInt8 {
        var flags = mode.rawValue | reserved & 0x30
        flags |= timeCritical ? 0x80 : 0
        flags |= timeCriticalReverse ? 0x40 : 0
        flags |= timestamp != nil ? 0x08 : 0
        flags |= timestampEcho != nil ? 0x04 : 0
        return flags
    }

    /// Appends the header.
    public func encode(into writer: inout ByteWriter) {
        writer.uint8(flags)
        if let timestamp { writer.uint16(timestamp) }
        if let timestampEcho { writer.uint16(timestampEcho) }
    }
}

/// A plain packet: a header, chunks and padding (RFC 7016 §2.2.4).
public struct Packet: Hashable, Sendable {
    /// A chunk and where it stands.
    public struct PlacedChunk: Hashable, Sendable {
        /// The chunk.
        public var chunk: Chunk
        /// Offset of the chunk's type octet from the packet's first octet.
        public var offset: Int
        /// Octets of type, length and payload together.
        public var length: Int
    }

    /// The header.
    public var header: PacketHeader
    /// The chunks, in order.
    public var chunks: [Chunk]
    /// Octets after the last chunk: too few for a chunk header, or a header whose chunk does not fit.
    public var padding: [UInt8]

    /// Makes a packet.
    public init(_ header: PacketHeader, _ chunks: [Chunk], padding: [UInt8] = []) {
        self.header = header
        self.chunks = chunks
        self.padding = padding
    }

    /// Decodes a packet. Throws only if the header does not fit; chunks that are not permitted become `malformed`.
    public init(_ bytes: [UInt8]) throws(WireError) {
        var reader = ByteReader(bytes.span)
        header = try PacketHeader(from: &reader)
        chunks = []
        while let placed = Packet.nextChunk(&reader) {
            chunks.append(placed.chunk)
        }
        padding = reader.rest()
    }

    /// Reads the next chunk of a packet whose header has been read; nil where padding begins or the packet ends.
    @_lifetime(reader: copy reader)
    public static func nextChunk(_ reader: inout ByteReader) -> PlacedChunk? {
        let offset = reader.offset
        guard let (type, length) = reader.peekChunkHeader(),
            (try? reader.uint8("type")) != nil, (try? reader.uint16("length")) != nil,
            var payload = try? reader.nested(UInt64(length), "payload")
        else { return nil }
        return PlacedChunk(chunk: Chunk(type: type, payload: &payload), offset: offset, length: length + 3)
    }

    /// The packet's octets.
    public var encoded: [UInt8] {
        var writer = ByteWriter(reserving: 256)
        header.encode(into: &writer)
        for chunk in chunks {
            chunk.encode(into: &writer)
        }
        writer.raw(padding)
        return writer.bytes
    }
}
