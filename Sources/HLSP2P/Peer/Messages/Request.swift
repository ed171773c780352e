public import Flash

/// What a peer asks another for (peer-protocol §6).
public enum Request: Hashable, Sendable {
    /// Do you have that chunk? `id` is echoed.
    case hasChunk(uri: String?, id: AMF3Value)
    /// Give me that piece of it.
    case getPiece(uri: String, Assignment)
    /// Keep pushing me that piece of all chunks after it.
    case goPushMode(uri: String, Assignment)
    /// Take over pushing me that piece of all chunks after it; `externalID` is echoed.
    case goPushMode2(uri: String, Assignment, externalID: AMF3Value)
    /// Stop pushing for now.
    case pausePush
    /// Go on after that chunk.
    case resumePush(uri: String)
    /// Stop pushing; `externalID` is echoed.
    case stopPush(externalID: AMF3Value)
    /// Are you there? Both are echoed.
    case ping(pingID: AMF3Value, externalID: AMF3Value)
    /// How fast are you? Both are echoed; the start in milliseconds since the beginning of 1970.
    case speedTest(start: Double, id: String)
    /// The session ends.
    case close

    /// Whether it waits in the request window; others are sent at once (peer-protocol §5.4).
    public var isWindowed: Bool {
        switch self {
        case .hasChunk, .getPiece, .goPushMode, .goPushMode2, .stopPush, .speedTest: true
        case .pausePush, .resumePush, .ping, .close: false
        }
    }

    /// Whether answering it again does the same as answering it once.
    var isIdempotent: Bool {
        switch self {
        case .goPushMode, .goPushMode2: false
        default: true
        }
    }

    /// `__subtype`
    public var subtype: String {
        switch self {
        case .hasChunk: "hasChunk"
        case .getPiece: "getPiece"
        case .goPushMode: "goPushMode"
        case .goPushMode2: "goPushMode2"
        case .pausePush: "pausePush"
        case .resumePush: "resumePush"
        case .stopPush: "stopPush"
        case .ping: "ping"
        case .speedTest: "speedTest"
        case .close: "close"
        }
    }

    /// The members of the operation.
    public var members: [AMFMember<AMF3Value>] {
        switch self {
        case .hasChunk(let uri, let id):
            [AMFMember("uri", uri.map(AMF3Value.string) ?? .null), AMFMember("id", id)]
        case .getPiece(let uri, let assignment), .goPushMode(let uri, let assignment):
            Request.members(uri, assignment, offset: "offset", length: "len")
        case .goPushMode2(let uri, let assignment, let externalID):
            Request.members(uri, assignment, offset: "chunkOffset", length: "chunkLen")
                + [AMFMember("externalID", externalID)]
        case .resumePush(let uri): [AMFMember("uri", .string(uri))]
        case .stopPush(let externalID): [AMFMember("externalID", externalID)]
        case .ping(let pingID, let externalID): [AMFMember("pingId", pingID), AMFMember("externalID", externalID)]
        case .speedTest(let start, let id):
            [AMFMember("start_time", .date(milliseconds: start)), AMFMember("id", .string(id))]
        case .pausePush, .close: []
        }
    }

    private static func members(
        _ uri: String,
        _ assignment: Assignment,
        offset: String,
        length: String
    ) -> [AMFMember<AMF3Value>] {
        [
            AMFMember("uri", .string(uri)), AMFMember("id", .number(assignment.id)),
            AMFMember("count", .number(assignment.count)), AMFMember(offset, .number(assignment.offset)),
            AMFMember(length, .number(assignment.length)),
        ]
    }

    /// Reads a request; nil if it is to be ignored: of an unknown operation, or without what that needs.
    public init?(_ envelope: Envelope) {
        guard envelope.kind == .request, envelope.type == Envelope.requestType else { return nil }
        func echo(_ name: String) -> AMF3Value { envelope[name]?.echo ?? .null }
        func assignment(_ offset: String, _ length: String) -> (String, Assignment)? {
            guard let uri = envelope["uri"]?.text, let id = envelope["id"]?.integral,
                let offset = envelope[offset]?.integral, let length = envelope[length]?.integral
            else { return nil }
            let count = envelope["count"]?.integral ?? Assignment.uncounted
            return (uri, Assignment(id: id, count: count, offset: offset, length: length))
        }
        switch envelope.subtype {
        case "hasChunk": self = .hasChunk(uri: envelope["uri"]?.text, id: echo("id"))
        case "getPiece":
            guard let (uri, assignment) = assignment("offset", "len") else { return nil }
            self = .getPiece(uri: uri, assignment)
        case "goPushMode":
            guard let (uri, assignment) = assignment("offset", "len"), assignment.isSound else { return nil }
            self = .goPushMode(uri: uri, assignment)
        case "goPushMode2":
            guard let (uri, assignment) = assignment("chunkOffset", "chunkLen"), assignment.isSound else { return nil }
            self = .goPushMode2(uri: uri, assignment, externalID: echo("externalID"))
        case "pausePush": self = .pausePush
        case "resumePush":
            guard let uri = envelope["uri"]?.text else { return nil }
            self = .resumePush(uri: uri)
        case "stopPush": self = .stopPush(externalID: echo("externalID"))
        case "ping": self = .ping(pingID: echo("pingId"), externalID: echo("externalID"))
        case "speedTest":
            guard let start = envelope["start_time"]?.date, let id = envelope["id"]?.text else { return nil }
            self = .speedTest(start: start, id: id)
        case "close": self = .close
        default: return nil
        }
    }
}
