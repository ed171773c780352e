/// The payload of one kind of chunk (RFC 7016 §2.3): what follows the chunk's type and length.
public protocol ChunkBody: Hashable, Sendable {
    /// The chunk's type code.
    static var type: ChunkType { get }

    /// Decodes a payload that ends where the reader ends.
    @_lifetime(reader: copy reader)
    init(from reader: inout ByteReader) throws(WireError)

    /// Appends the payload.
    func encode(into writer: inout ByteWriter)
}

extension ChunkBody {
    /// The encoded payload, without chunk type and length.
    public var payload: [UInt8] {
        var writer = ByteWriter()
        encode(into: &writer)
        return writer.bytes
    }
}

/// The type code of a chunk (RFC 7016 §2.3).
public enum ChunkType: UInt8, Hashable, Sendable, CaseIterable {
    case packetFragment = 0x7f
    case initiatorHello = 0x30
    case forwardedInitiatorHello = 0x0f
    case responderHello = 0x70
    case responderRedirect = 0x71
    case responderHelloCookieChange = 0x79
    case initiatorInitialKeying = 0x38
    case responderInitialKeying = 0x78
    case ping = 0x01
    case pingReply = 0x41
    case userData = 0x10
    case nextUserData = 0x11
    case bitmapAcknowledgement = 0x50
    case rangeAcknowledgement = 0x51
    case bufferProbe = 0x18
    case flowExceptionReport = 0x5e
    case sessionCloseRequest = 0x0c
    case sessionCloseAcknowledgement = 0x4c
    case padding = 0x00
    case paddingOnes = 0xff

    /// The short name that RFC 7016 §2.3 uses.
    public var name: String {
        switch self {
        case .packetFragment: "Packet Fragment"
        case .initiatorHello: "IHello"
        case .forwardedInitiatorHello: "FIHello"
        case .responderHello: "RHello"
        case .responderRedirect: "Redirect"
        case .responderHelloCookieChange: "RHello Cookie Change"
        case .initiatorInitialKeying: "IIKeying"
        case .responderInitialKeying: "RIKeying"
        case .ping: "Ping"
        case .pingReply: "Ping Reply"
        case .userData: "User Data"
        case .nextUserData: "Next User Data"
        case .bitmapAcknowledgement: "Bitmap Ack"
        case .rangeAcknowledgement: "Range Ack"
        case .bufferProbe: "Buffer Probe"
        case .flowExceptionReport: "Flow Exception Report"
        case .sessionCloseRequest: "Close"
        case .sessionCloseAcknowledgement: "Close Ack"
        case .padding, .paddingOnes: "Padding"
        }
    }
}
