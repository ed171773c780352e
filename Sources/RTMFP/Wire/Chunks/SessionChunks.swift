/// Ping: asks for its message back (RFC 7016 §2.3.9).
public struct Ping: ChunkBody {
    public static let type = ChunkType.ping
    /// Any octets, also none.
    public var message: [UInt8]

    /// Makes a Ping.
    public init(message: [UInt8]) {
        self.message = message
    }

    @_lifetime(reader: copy reader)
    public init(from reader: inout ByteReader) throws(WireError) {
        message = reader.rest()
    }

    public func encode(into writer: inout ByteWriter) {
        writer.raw(message)
    }
}

/// Ping Reply: a Ping's message, sent back (RFC 7016 §2.3.10).
public struct PingReply: ChunkBody {
    public static let type = ChunkType.pingReply
    /// The Ping's message, unchanged.
    public var messageEcho: [UInt8]

    /// Makes a Ping Reply.
    public init(messageEcho: [UInt8]) {
        self.messageEcho = messageEcho
    }

    @_lifetime(reader: copy reader)
    public init(from reader: inout ByteReader) throws(WireError) {
        messageEcho = reader.rest()
    }

    public func encode(into writer: inout ByteWriter) {
        writer.raw(messageEcho)
    }
}

/// A piece of a packet that was too large for the path (RFC 7016 §2.3.1).
public struct PacketFragment: ChunkBody {
    public static let type = ChunkType.packetFragment
    /// Whether fragments with higher numbers belong to the packet.
    public var moreFragments: Bool
    /// The same for all fragments of a packet.
    public var packetID: UInt64
    /// The place of this fragment, from 0.
    public var fragmentNumber: UInt64
    /// The fragment's octets; a receiver ignores a fragment without any.
    public var packetFragment: [UInt8]

    /// Makes a fragment.
    public init(moreFragments: Bool, packetID: UInt64, fragmentNumber: UInt64, packetFragment: [UInt8]) {
        self.moreFragments = moreFragments
        self.packetID = packetID
        self.fragmentNumber = fragmentNumber
        self.packetFragment = packetFragment
    }

    @_lifetime(reader: copy reader)
    public init(from reader: inout ByteReader) throws(WireError) {
        moreFragments = try reader.uint8("flags") & 0x80 != 0
        packetID = try reader.vlu("packetID")
        fragmentNumber = try reader.vlu("fragmentNum")
        packetFragment = reader.rest()
    }

    public func encode(into writer: inout ByteWriter) {
        writer.uint8(moreFragments ? 0x80 : 0)
        writer.vlu(packetID)
        writer.vlu(fragmentNumber)
        writer.raw(packetFragment)
    }
}
