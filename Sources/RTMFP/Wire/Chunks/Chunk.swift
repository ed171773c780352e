/// A chunk: one of RFC 7016 §2.3, one of an unknown type, or one whose payload could not be decoded.
public enum Chunk: Hashable, Sendable {
    case packetFragment(PacketFragment)
    case initiatorHello(IHello)
    case forwardedInitiatorHello(FIHello)
    case responderHello(RHello)
    case responderRedirect(Redirect)
    case responderHelloCookieChange(RHelloCookieChange)
    case initiatorInitialKeying(IIKeying)
    case responderInitialKeying(RIKeying)
    case ping(Ping)
    case pingReply(PingReply)
    case userData(UserData)
    case nextUserData(NextUserData)
    case bitmapAcknowledgement(BitmapAcknowledgement)
    case rangeAcknowledgement(RangeAcknowledgement)
    case bufferProbe(BufferProbe)
    case flowExceptionReport(FlowExceptionReport)
    /// Any payload is ignored on receipt (RFC 7016 §2.3.17).
    case sessionCloseRequest
    /// Any payload is ignored on receipt (RFC 7016 §2.3.18).
    case sessionCloseAcknowledgement
    /// Types 0x00 and 0xff: to be ignored (RFC 7016 §2.3).
    case padding(ones: Bool, [UInt8])
    /// A type that RFC 7016 does not define; also the way to send any octets at all.
    case unknown(type: UInt8, payload: [UInt8])
    /// A known type with a payload that its definition does not permit.
    case malformed(type: ChunkType, payload: [UInt8], WireError)

    /// The type code.
    public var type: UInt8 {
        if case .unknown(let type, _) = self { type } else { known?.rawValue ?? 0 }
    }

    /// The type; nil for one that RFC 7016 does not define.
    private var known: ChunkType? {
        switch self {
        case .packetFragment: .packetFragment
        case .initiatorHello: .initiatorHello
        case .forwardedInitiatorHello: .forwardedInitiatorHello
        case .responderHello: .responderHello
        case .responderRedirect: .responderRedirect
        case .responderHelloCookieChange: .responderHelloCookieChange
        case .initiatorInitialKeying: .initiatorInitialKeying
        case .responderInitialKeying: .responderInitialKeying
        case .ping: .ping
        case .pingReply: .pingReply
        case .userData: .userData
        case .nextUserData: .nextUserData
        case .bitmapAcknowledgement: .bitmapAcknowledgement
        case .rangeAcknowledgement: .rangeAcknowledgement
        case .bufferProbe: .bufferProbe
        case .flowExceptionReport: .flowExceptionReport
        case .sessionCloseRequest: .sessionCloseRequest
        case .sessionCloseAcknowledgement: .sessionCloseAcknowledgement
        case .padding(let ones, _): ones ? .paddingOnes : .padding
        case .malformed(let type, _, _): type
        case .unknown: nil
        }
    }

    /// The payload as a typed value; nil for chunks without a defined payload.
    public var body: (any ChunkBody)? {
        switch self {
        case .packetFragment(let body): body
        case .initiatorHello(let body): body
        case .forwardedInitiatorHello(let body): body
        case .responderHello(let body): body
        case .responderRedirect(let body): body
        case .responderHelloCookieChange(let body): body
        case .initiatorInitialKeying(let body): body
        case .responderInitialKeying(let body): body
        case .ping(let body): body
        case .pingReply(let body): body
        case .userData(let body): body
        case .nextUserData(let body): body
        case .bitmapAcknowledgement(let body): body
        case .rangeAcknowledgement(let body): body
        case .bufferProbe(let body): body
        case .flowExceptionReport(let body): body
        case .sessionCloseRequest, .sessionCloseAcknowledgement, .padding, .unknown, .malformed: nil
        }
    }

    /// Decodes the payload of a chunk of type `type`; one that is not permitted becomes `malformed`.
    ///
    /// `payload` ends where the chunk ends.
    @_lifetime(payload: copy payload)
    public init(type: UInt8, payload: inout ByteReader) {
        guard let known = ChunkType(rawValue: type) else {
            self = .unknown(type: type, payload: payload.rest())
            return
        }
        let start = payload.offset
        do {
            switch known {
            case .packetFragment: self = .packetFragment(try PacketFragment(from: &payload))
            case .initiatorHello: self = .initiatorHello(try IHello(from: &payload))
            case .forwardedInitiatorHello: self = .forwardedInitiatorHello(try FIHello(from: &payload))
            case .responderHello: self = .responderHello(try RHello(from: &payload))
            case .responderRedirect: self = .responderRedirect(try Redirect(from: &payload))
            case .responderHelloCookieChange:
                self = .responderHelloCookieChange(try RHelloCookieChange(from: &payload))
            case .initiatorInitialKeying: self = .initiatorInitialKeying(try IIKeying(from: &payload))
            case .responderInitialKeying: self = .responderInitialKeying(try RIKeying(from: &payload))
            case .ping: self = .ping(try Ping(from: &payload))
            case .pingReply: self = .pingReply(try PingReply(from: &payload))
            case .userData: self = .userData(try UserData(from: &payload))
            case .nextUserData: self = .nextUserData(try NextUserData(from: &payload))
            case .bitmapAcknowledgement: self = .bitmapAcknowledgement(try BitmapAcknowledgement(from: &payload))
            case .rangeAcknowledgement: self = .rangeAcknowledgement(try RangeAcknowledgement(from: &payload))
            case .bufferProbe: self = .bufferProbe(try BufferProbe(from: &payload))
            case .flowExceptionReport: self = .flowExceptionReport(try FlowExceptionReport(from: &payload))
            case .sessionCloseRequest: self = .sessionCloseRequest
            case .sessionCloseAcknowledgement: self = .sessionCloseAcknowledgement
            case .padding: self = .padding(ones: false, payload.rest())
            case .paddingOnes: self = .padding(ones: true, payload.rest())
            }
        } catch {
            _ = payload.rest()
            self = .malformed(type: known, payload: payload.consumed(from: start), error)
        }
    }

    /// The encoded payload, without type and length.
    public var payload: [UInt8] {
        switch self {
        case .sessionCloseRequest, .sessionCloseAcknowledgement: []
        case .padding(_, let payload): payload
        case .unknown(_, let payload): payload
        case .malformed(_, let payload, _): payload
        default: body?.payload ?? []
        }
    }

    /// Octets of type, length and payload together.
    public var encodedLength: Int {
        switch self {
        case .userData(let body): 3 + body.payloadLength
        case .nextUserData(let body): 3 + body.payloadLength
        default: 3 + payload.count
        }
    }

    /// Appends type, length and payload.
    ///
    /// A payload of more than 65535 octets cannot be expressed (RFC 7016 §2.3); what exceeds is cut off.
    public func encode(into writer: inout ByteWriter) {
        writer.uint8(type)
        if let body {
            writer.sized { body.encode(into: &$0) }
        } else {
            writer.sized { $0.raw(payload) }
        }
    }
}

extension Chunk {
    /// The type's name in RFC 7016 §2.3, or its code.
    public var name: String {
        ChunkType(rawValue: type)?.name ?? "chunk 0x" + (type < 16 ? "0" : "") + String(type, radix: 16)
    }
}
