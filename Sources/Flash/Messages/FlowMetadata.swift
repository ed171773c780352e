public import RTMFP

/// The metadata of a flow that carries RTMP messages (RFC 7425 §5.1.1).
public struct FlowMetadata: Hashable, Sendable {
    /// In which order the sender thinks that the receiver should take delivery.
    public enum ReceiveIntent: UInt8, Hashable, Sendable {
        /// As the messages were queued.
        case originalQueuingOrder = 0
        /// As the messages arrive, for media that would rather miss something than wait.
        case networkArrivalOrder = 1
    }

    /// The RTMP stream that the messages belong to: 0 for the NetConnection itself, at most 2^24 - 1 (RFC 7425 §5.1).
    public var streamID: UInt32
    /// In which order to take delivery.
    public var receiveIntent: ReceiveIntent

    /// The greatest stream ID.
    public static let maximumStreamID: UInt32 = 0xff_ffff

    /// The characters `TC`.
    private static let signature: [UInt8] = [0x54, 0x43]
    private static let streamIDPresent: UInt8 = 0x04

    /// Makes metadata.
    public init(streamID: UInt32, receiveIntent: ReceiveIntent = .originalQueuingOrder) {
        self.streamID = streamID
        self.receiveIntent = receiveIntent
    }

    /// Decodes metadata; reserved flags and what follows the stream ID are ignored.
    ///
    /// - Throws: `WireError` if the flow should be rejected: another signature, or no stream ID.
    public init(decoding octets: [UInt8]) throws(WireError) {
        var reader = ByteReader(octets.span)
        guard try reader.bytes(2, "signature") == FlowMetadata.signature else {
            throw WireError(.illegal("is not that of a flow for RTMP messages"), offset: 0, path: ["signature"])
        }
        let flags = try reader.uint8("flags")
        guard flags & FlowMetadata.streamIDPresent != 0 else {
            throw WireError(.illegal("must be set"), offset: 2, path: ["streamIDPresent"])
        }
        let streamID = try reader.vlu("streamID")
        guard streamID <= UInt64(FlowMetadata.maximumStreamID) else {
            throw WireError(.illegal("exceeds 24 bits"), offset: 3, path: ["streamID"])
        }
        self.streamID = UInt32(streamID)
        receiveIntent = flags & 1 == 0 ? .originalQueuingOrder : .networkArrivalOrder
    }

    /// The octets.
    public var encoded: [UInt8] {
        var writer = ByteWriter()
        writer.raw(FlowMetadata.signature)
        writer.uint8(FlowMetadata.streamIDPresent | receiveIntent.rawValue)
        writer.vlu(UInt64(streamID))
        return writer.bytes
    }
}
