public import RTMFP

/// An RTMP message as a flow carries it; its stream is the flow's (RFC 7425 §5.1.2).
public struct Message: Hashable, Sendable {
    /// What the payload is.
    public var type: MessageType
    /// Milliseconds, from an origin that the stream chooses; wraps around.
    public var timestamp: UInt32
    /// The payload: at most 2^24 - 1 octets (RFC 7425 §5.1).
    public var payload: [UInt8]

    /// The longest payload.
    public static let maximumPayload = 0xff_ffff

    /// Makes a message.
    public init(_ type: MessageType, timestamp: UInt32 = 0, _ payload: [UInt8]) {
        self.type = type
        self.timestamp = timestamp
        self.payload = payload
    }

    /// Decodes what a flow delivered.
    ///
    /// - Throws: `WireError` if it is to be ignored: too short, too long, or of a type that must not be here.
    public init(decoding octets: [UInt8]) throws(WireError) {
        var reader = ByteReader(octets.span)
        type = MessageType(rawValue: try reader.uint8("messageType"))
        guard !type.isProtocolControl else {
            throw WireError(.illegal("\(type) does not belong into a flow"), offset: 0, path: ["messageType"])
        }
        timestamp = try reader.uint32("timestamp")
        guard reader.remaining <= Message.maximumPayload else {
            throw WireError(.illegal("exceeds 24 bits of length"), offset: reader.offset, path: ["messagePayload"])
        }
        payload = reader.rest()
    }

    /// The octets for a flow.
    public var encoded: [UInt8] {
        var writer = ByteWriter(reserving: Message.headerLength + payload.count)
        writer.uint8(type.rawValue)
        writer.uint32(timestamp)
        writer.raw(payload)
        return writer.bytes
    }

    /// Octets before the payload.
    static let headerLength = 5
}

/// The type of an RTMP message.
public struct MessageType: RawRepresentable, Hashable, Sendable {
    /// The octet on the wire.
    public let rawValue: UInt8

    /// Makes a type.
    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// User control event: `UserControl`.
    public static let userControl = MessageType(rawValue: 4)
    /// Audio.
    public static let audio = MessageType(rawValue: 8)
    /// Video.
    public static let video = MessageType(rawValue: 9)
    /// Data with a format selector: `DataMessage`.
    public static let dataExtended = MessageType(rawValue: 15)
    /// Command with a format selector: `Command`.
    public static let commandExtended = MessageType(rawValue: 17)
    /// Data in AMF0: `DataMessage`.
    public static let data = MessageType(rawValue: 18)
    /// Command in AMF0: `Command`.
    public static let command = MessageType(rawValue: 20)

    /// Whether it is one of RTMP Chunk Stream, which must not be sent in a flow and is ignored (RFC 7425 §5.1).
    public var isProtocolControl: Bool { [1, 2, 3, 5, 6].contains(rawValue) }

    /// Whether it is audio or video.
    public var isMedia: Bool { self == .audio || self == .video }
}

extension MessageType: CustomStringConvertible {
    /// The specification's name, or the number.
    public var description: String {
        switch self {
        case .userControl: "User Control"
        case .audio: "Audio"
        case .video: "Video"
        case .dataExtended: "Data Extended"
        case .commandExtended: "Command Extended"
        case .data: "Data"
        case .command: "Command"
        default: "type \(rawValue)"
        }
    }
}
