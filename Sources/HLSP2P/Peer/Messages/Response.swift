public import Flash

/// The answer to `hasChunk` (peer-protocol §6.1).
public struct ChunkAnswer: Hashable, Sendable {
    /// The chunk asked about.
    public var uri: String?
    /// Whether the responder holds it, complete and from a stable source.
    public var result: Bool
    /// What the request said.
    public var id: AMF3Value
    /// Peers that the responder pushes to, and idle ones.
    public var outPeerNumber: Int
    /// Octets of the responder's complete chunks on average; -1 if there are none.
    public var averageChunkSize: Int
    /// How many chunks the average was taken over.
    public var averagedChunks: Int

    /// Makes one.
    public init(
        uri: String?,
        result: Bool,
        id: AMF3Value,
        outPeerNumber: Int = 0,
        averageChunkSize: Int = -1,
        averagedChunks: Int = 0
    ) {
        self.uri = uri
        self.result = result
        self.id = id
        self.outPeerNumber = outPeerNumber
        self.averageChunkSize = averageChunkSize
        self.averagedChunks = averagedChunks
    }
}

/// What a peer answers (peer-protocol §6).
public enum Response: Hashable, Sendable {
    case hasChunk(ChunkAnswer)
    case getPiece(Piece)
    /// `getPiece`: not from me.
    case noPiece
    case goPushMode(result: Bool)
    case goPushMode2(result: Bool, externalID: AMF3Value)
    case stopPush(externalID: AMF3Value)
    case ping(pingID: AMF3Value, externalID: AMF3Value)
    case speedTest(start: Double, id: String)

    /// Whether it waits in the response window; others are sent at once (peer-protocol §5.4).
    public var isWindowed: Bool {
        if case .ping = self { false } else { true }
    }

    /// Whether the next one waits until this one is confirmed.
    public var wantsConfirm: Bool {
        switch self {
        case .ping, .speedTest: false
        default: true
        }
    }

    /// `__subtype`
    public var subtype: String {
        switch self {
        case .hasChunk: "hasChunk"
        case .getPiece, .noPiece: "getPiece"
        case .goPushMode: "goPushMode"
        case .goPushMode2: "goPushMode2"
        case .stopPush: "stopPush"
        case .ping: "ping"
        case .speedTest: "speedTest"
        }
    }

    /// The members of the operation.
    public var members: [AMFMember<AMF3Value>] {
        switch self {
        case .hasChunk(let answer):
            [
                AMFMember("uri", answer.uri.map(AMF3Value.string) ?? .null),
                AMFMember("result", .boolean(answer.result)),
                AMFMember("id", answer.id), AMFMember("outPeerNumber", .number(answer.outPeerNumber)),
                AMFMember("avgChunkSize", .number(answer.averageChunkSize)),
                AMFMember("calFrom", .number(answer.averagedChunks)),
            ]
        case .getPiece(let piece):
            [
                AMFMember("result", .boolean(true)), AMFMember("uri", .string(piece.uri)),
                AMFMember("id", .number(piece.id)), AMFMember("content", .byteArray(Array(piece.content))),
                AMFMember("chunkOffset", .number(piece.offset)), AMFMember("chunkSize", .number(piece.chunkSize ?? -1)),
                AMFMember("isFromStableSource", .boolean(piece.isFromStableSource)),
                AMFMember("idxData", .bytes(piece.playlist)),
            ]
        case .noPiece: [AMFMember("result", .boolean(false))]
        case .goPushMode(let result): [AMFMember("result", .boolean(result))]
        case .goPushMode2(let result, let externalID):
            [AMFMember("result", .boolean(result)), AMFMember("externalID", externalID)]
        case .stopPush(let externalID): [AMFMember("externalID", externalID)]
        case .ping(let pingID, let externalID): [AMFMember("pingId", pingID), AMFMember("externalID", externalID)]
        case .speedTest(let start, let id):
            [AMFMember("start_time", .date(milliseconds: start)), AMFMember("id", .string(id))]
        }
    }

    /// Reads a response; nil if it is to be ignored: of an unknown operation, or without what that needs.
    public init?(_ envelope: Envelope) {
        guard case .response = envelope.kind, envelope.type == Envelope.responseType else { return nil }
        func echo(_ name: String) -> AMF3Value { envelope[name]?.echo ?? .null }
        let result = envelope["result"] == .boolean(true)
        switch envelope.subtype {
        case "hasChunk":
            self = .hasChunk(
                ChunkAnswer(
                    uri: envelope["uri"]?.text,
                    result: result,
                    id: echo("id"),
                    outPeerNumber: envelope["outPeerNumber"]?.integral ?? 0,
                    averageChunkSize: envelope["avgChunkSize"]?.integral ?? -1,
                    averagedChunks: envelope["calFrom"]?.integral ?? 0
                )
            )
        case "getPiece":
            // Whatever a positive answer lacks, the piece has to come from elsewhere.
            let piece = result ? Piece(envelope, content: "content", offset: "chunkOffset") : nil
            self = piece.map(Response.getPiece) ?? .noPiece
        case "goPushMode": self = .goPushMode(result: result)
        case "goPushMode2": self = .goPushMode2(result: result, externalID: echo("externalID"))
        case "stopPush": self = .stopPush(externalID: echo("externalID"))
        case "ping": self = .ping(pingID: echo("pingId"), externalID: echo("externalID"))
        case "speedTest":
            guard let start = envelope["start_time"]?.date, let id = envelope["id"]?.text else { return nil }
            self = .speedTest(start: start, id: id)
        default: return nil
        }
    }
}

extension Piece {
    /// Reads a piece; nil without what it needs.
    init?(_ envelope: Envelope, content: String, offset: String) {
        guard let uri = envelope["uri"]?.text, let id = envelope["id"]?.integral,
            let content = envelope[content]?.bytes, let offset = envelope[offset]?.integral,
            let size = envelope["chunkSize"]?.integral, id >= 0, offset >= 0, size >= -1
        else { return nil }
        self.init(
            uri: uri,
            id: id,
            offset: offset,
            chunkSize: size < 0 ? nil : size,
            content: content[...],
            isFromStableSource: envelope["isFromStableSource"] == .boolean(true),
            playlist: envelope["idxData"]?.bytes
        )
    }
}
