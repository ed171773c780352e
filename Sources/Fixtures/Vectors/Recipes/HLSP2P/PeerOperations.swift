extension PeerOperation {
    private static let chunk = "http://h.example/live/17.ts?a=1"
    private static let round = "P2PNetworkRepairer_142986720000017"
    private static let playlist = Array("#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:15\n".utf8)

    private static func text(_ name: String, _ value: String = chunk, absent: PeerValue? = nil) -> Member {
        Member(name: name, value: .string(value), absent: absent, wrong: .integer(1))
    }

    private static func number(_ name: String, _ value: Int, absent: PeerValue? = nil, _ senseless: [Int] = [])
        -> Member
    {
        Member(
            name: name,
            value: .integer(value),
            absent: absent,
            wrong: .string("1"),
            senseless: senseless.map(PeerValue.integer),
            leave: absent == nil ? nil : "what counts in place of \(name) is this repository's choice"
        )
    }

    private static func echo(_ name: String, _ value: PeerValue) -> Member {
        Member(name: name, value: value, absent: .null, wrong: .array)
    }

    private static func flag(_ name: String, _ value: Bool = true) -> Member {
        Member(name: name, value: .boolean(value), absent: .boolean(false), wrong: .integer(1))
    }

    /// The operations that ask.
    static let requests: [PeerOperation] = [
        PeerOperation(
            name: "hasChunk",
            section: "6.1",
            requirements: ["PEER-079"],
            kind: .request,
            members: [text("uri", absent: .null), echo("id", .string(round))]
        ),
        PeerOperation(
            name: "getPiece",
            section: "6.2",
            requirements: ["PEER-084", "PEER-090"],
            kind: .request,
            members: [
                text("uri"), number("id", 1), number("count", 3, absent: .integer(-1)).needed, number("offset", 60_000),
                number("len", -1),
            ]
        ),
        PeerOperation(
            name: "goPushMode",
            section: "6.3",
            requirements: ["PEER-092", "PEER-094"],
            kind: .request,
            members: [
                text("uri"), number("id", 1, [-1]), number("count", 3, absent: .integer(-1)),
                number("offset", 60_000, [-1]),
                number("len", 30_000, [-2]),
            ]
        ),
        PeerOperation(
            name: "goPushMode2",
            section: "6.4",
            requirements: ["PEER-096", "PEER-100"],
            kind: .request,
            members: [
                text("uri"), number("id", 1, [-1]), number("count", -1, absent: .integer(-1)),
                number("chunkOffset", 60_000, [-1]),
                number("chunkLen", -1, [-2]), echo("externalID", .string(round)).needed,
            ]
        ),
        PeerOperation(
            name: "pausePush",
            section: "6.7",
            requirements: ["PEER-072", "PEER-112"],
            kind: .request,
            members: []
        ),
        PeerOperation(
            name: "resumePush",
            section: "6.8",
            requirements: ["PEER-072", "PEER-113"],
            kind: .request,
            members: [text("uri")]
        ),
        PeerOperation(
            name: "stopPush",
            section: "6.9",
            requirements: ["PEER-097", "PEER-115"],
            kind: .request,
            members: [echo("externalID", .string(""))]
        ),
        PeerOperation(
            name: "ping",
            section: "6.10",
            requirements: ["PEER-116"],
            kind: .request,
            members: [echo("pingId", .integer(0)), echo("externalID", .null)]
        ),
        PeerOperation(
            name: "speedTest",
            section: "6.11",
            requirements: ["PEER-117"],
            kind: .request,
            members: [
                Member(
                    name: "start_time",
                    value: .date(1_429_867_200_000),
                    absent: nil,
                    wrong: .double(1_429_867_200_000)
                ),
                text("id", "DefaultP2PNetwork4"),
            ]
        ),
        PeerOperation(
            name: "close",
            section: "6.12",
            requirements: ["PEER-072", "PEER-119"],
            kind: .request,
            members: []
        ),
    ]

    /// The operations that answer.
    static let responses: [PeerOperation] = [
        PeerOperation(
            name: "hasChunk",
            section: "6.1",
            requirements: ["PEER-079", "PEER-081"],
            kind: .response(wantsConfirm: true),
            members: [
                text("uri", absent: .null).needed, flag("result"), echo("id", .null),
                number("outPeerNumber", 2, absent: .integer(0)),
                number("avgChunkSize", 90_000, absent: .integer(-1)), number("calFrom", 12, absent: .integer(0)),
            ]
        ),
        PeerOperation(
            name: "getPiece",
            section: "6.2",
            requirements: ["PEER-087", "PEER-091"],
            kind: .response(wantsConfirm: true),
            members: [
                Member(
                    name: "result",
                    value: .boolean(true),
                    absent: nil,
                    wrong: .integer(1),
                    senseless: [.boolean(false)]
                ),
                text("uri"), number("id", 1, [-1]),
                Member(
                    name: "content",
                    value: .bytes(filler(40)),
                    absent: nil,
                    wrong: .string("x"),
                    senseless: [.null]
                ),
                number("chunkOffset", 60_000, [-1]), number("chunkSize", 90_000, [-2]), flag("isFromStableSource"),
                Member(name: "idxData", value: .bytes(playlist), absent: .null, wrong: .string("x")),
            ],
            substitute: [("result", .boolean(false))]
        ),
        PeerOperation(
            name: "goPushMode",
            section: "6.3",
            requirements: ["PEER-092"],
            kind: .response(wantsConfirm: true),
            members: [flag("result")]
        ),
        PeerOperation(
            name: "goPushMode2",
            section: "6.4",
            requirements: ["PEER-097"],
            kind: .response(wantsConfirm: true),
            members: [flag("result"), echo("externalID", .string(round)).needed]
        ),
        PeerOperation(
            name: "stopPush",
            section: "6.9",
            requirements: ["PEER-097", "PEER-115"],
            kind: .response(wantsConfirm: true),
            members: [echo("externalID", .string(round))]
        ),
        PeerOperation(
            name: "ping",
            section: "6.10",
            requirements: ["PEER-074", "PEER-116"],
            kind: .response(wantsConfirm: false),
            members: [echo("pingId", .integer(3)), echo("externalID", .string(round))]
        ),
        PeerOperation(
            name: "speedTest",
            section: "6.11",
            requirements: ["PEER-074", "PEER-117"],
            kind: .response(wantsConfirm: false),
            members: [
                Member(
                    name: "start_time",
                    value: .date(1_429_867_200_000),
                    absent: nil,
                    wrong: .double(1_429_867_200_000)
                ),
                text("id", "DefaultP2PNetwork4"),
            ]
        ),
    ]

    /// The operations that nobody asked for.
    static let pushes: [PeerOperation] = [
        PeerOperation(
            name: "pushPiece",
            section: "6.5",
            requirements: ["PEER-102", "PEER-103", "PEER-104"],
            kind: .push(wantsConfirm: true),
            members: [
                text("uri"), number("offset", 60_000, [-1]), number("id", 1, [-1]), number("chunkSize", -1, [-2]),
                Member(name: "data", value: .bytes(filler(40)), absent: nil, wrong: .string("x"), senseless: [.null]),
                Member(name: "idxData", value: .null, absent: .null, wrong: .string("x")), flag("isFromStableSource"),
                number("lastUsedTime", 250, absent: .integer(-1)), number("lastSize", 30_000, absent: .integer(-1)),
            ]
        ),
        PeerOperation(
            name: "pushPieceError",
            section: "6.6",
            requirements: ["PEER-074", "PEER-111"],
            kind: .push(wantsConfirm: false),
            members: [text("uri")]
        ),
    ]
}
