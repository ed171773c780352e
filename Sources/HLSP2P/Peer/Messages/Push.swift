public import Flash

/// What a peer sends without being asked each time (peer-protocol §6.5, §6.6).
public enum Push: Hashable, Sendable {
    case pushPiece(Piece, PushTiming)
    /// That chunk will not come from me.
    case pushPieceError(uri: String)

    /// `__subtype`
    public var subtype: String {
        switch self {
        case .pushPiece: "pushPiece"
        case .pushPieceError: "pushPieceError"
        }
    }

    /// Whether it waits in the response window, until it is confirmed; others are sent at once (peer-protocol §5.4).
    public var isWindowed: Bool {
        if case .pushPiece = self { true } else { false }
    }

    /// The members of the operation.
    public var members: [AMFMember<AMF3Value>] {
        switch self {
        case .pushPiece(let piece, let timing):
            [
                AMFMember("uri", .string(piece.uri)), AMFMember("offset", .number(piece.offset)),
                AMFMember("id", .number(piece.id)), AMFMember("chunkSize", .number(piece.chunkSize ?? -1)),
                AMFMember("data", .byteArray(Array(piece.content))), AMFMember("idxData", .bytes(piece.playlist)),
                AMFMember("isFromStableSource", .boolean(piece.isFromStableSource)),
                AMFMember("lastUsedTime", .number(timing.lastUsedTime ?? -1)),
                AMFMember("lastSize", .number(timing.lastSize ?? -1)),
            ]
        case .pushPieceError(let uri): [AMFMember("uri", .string(uri))]
        }
    }

    /// Reads a push; nil if it is to be ignored: of an unknown operation, or without what that needs.
    public init?(_ envelope: Envelope) {
        guard case .response(to: Envelope.unsolicited, _) = envelope.kind, envelope.type == Envelope.responseType
        else { return nil }
        switch envelope.subtype {
        case "pushPiece":
            guard let piece = Piece(envelope, content: "data", offset: "offset") else { return nil }
            func known(_ name: String) -> Int? { envelope[name]?.integral.flatMap { $0 < 0 ? nil : $0 } }
            self = .pushPiece(piece, PushTiming(lastUsedTime: known("lastUsedTime"), lastSize: known("lastSize")))
        case "pushPieceError":
            guard let uri = envelope["uri"]?.text else { return nil }
            self = .pushPieceError(uri: uri)
        default: return nil
        }
    }
}
