public import RTMFP

/// An RTMP user control event (RFC 7425 §5.2, §5.3.4).
public enum UserControl: Hashable, Sendable {
    /// A stream is about to be sent.
    case streamBegin(streamID: UInt32)
    /// A stream has ended; not to be processed before all its messages.
    case streamEOF(streamID: UInt32)
    /// A barrier across flows: suspend delivery until `count` flows have come to it. At least 1 (RFC 7425 §5.2).
    case flowSynchronization(syncID: UInt32, count: UInt32)
    /// Keepalive periods that the server advises, in milliseconds (RFC 7425 §5.3.4).
    case setKeepalive(serverPeriod: UInt32, peerPeriod: UInt32)
    /// Any other event.
    case other(event: UInt16, [UInt8])

    /// Decodes a message of type 4; what follows the event's parameters is ignored.
    public init(decoding message: Message) throws(WireError) {
        guard message.type == .userControl else {
            throw WireError(.illegal("\(message.type) is no User Control"), offset: 0, path: ["messageType"])
        }
        var reader = ByteReader(message.payload.span, base: Message.headerLength)
        let event = try reader.uint16("eventType")
        switch event {
        case 0:
            self = .streamBegin(streamID: try reader.uint32("streamID"))
        case 1:
            self = .streamEOF(streamID: try reader.uint32("streamID"))
        case 34:
            let syncID = try reader.uint32("syncID")
            let offset = reader.offset
            let count = try reader.uint32("count")
            guard count >= 1 else { throw WireError(.illegal("must be at least 1"), offset: offset, path: ["count"]) }
            self = .flowSynchronization(syncID: syncID, count: count)
        case 41:
            let server = try reader.uint32("serverKeepalivePeriodMsec")
            self = .setKeepalive(serverPeriod: server, peerPeriod: try reader.uint32("peerKeepalivePeriodMsec"))
        default:
            self = .other(event: event, reader.rest())
        }
    }

    /// The event's number.
    public var event: UInt16 {
        switch self {
        case .streamBegin: 0
        case .streamEOF: 1
        case .flowSynchronization: 34
        case .setKeepalive: 41
        case .other(let event, _): event
        }
    }

    /// The event's parameters, if it is a known one.
    public var parameters: [UInt32] {
        switch self {
        case .streamBegin(let streamID), .streamEOF(let streamID): [streamID]
        case .flowSynchronization(let syncID, let count): [syncID, count]
        case .setKeepalive(let serverPeriod, let peerPeriod): [serverPeriod, peerPeriod]
        case .other: []
        }
    }

    /// The message for a flow; its timestamp is ignored by the receiver.
    public var message: Message {
        var writer = ByteWriter()
        writer.uint16(event)
        for parameter in parameters { writer.uint32(parameter) }
        if case .other(_, let octets) = self { writer.raw(octets) }
        return Message(.userControl, writer.bytes)
    }
}
