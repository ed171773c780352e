import Flash
import HLSP2P
import RTMFP

/// peer-protocol §8: whatever is said, one session is closed at most, and the stream goes on.
enum PeerAbuseCases {
    static let all: [Case] = malformed + floods + lies

    private typealias Members = Puppet.Members

    /// A request or push of which one thing is wrong.
    private struct Malformed: Sendable {
        let operation: String
        let name: String
        let what: String
        let members: Members

        init(_ operation: String, _ name: String, _ what: String, _ members: Members) {
            self.operation = operation
            self.name = name
            self.what = what
            self.members = members
        }
    }

    private static func piece(
        _ change: String? = nil,
        _ value: AMF3Value? = nil,
        offset: String = "offset",
        length: String = "len"
    ) -> Members {
        let members: Members = [
            AMFMember("uri", .string("http://h/hlsp2p-check/100.ts")), AMFMember("id", .int(0)),
            AMFMember("count", .int(2)),
            AMFMember(offset, .int(0)), AMFMember(length, .int(100)), AMFMember("externalID", .string("R")),
        ]
        return members.compactMap { $0.name == change ? value.map { AMFMember(change ?? "", $0) } : $0 }
    }

    private static func pushed(_ change: String, _ value: AMF3Value?) -> Members {
        let members: Members = [
            AMFMember("uri", .string("http://h/hlsp2p-check/100.ts")), AMFMember("id", .int(0)),
            AMFMember("offset", .int(0)),
            AMFMember("chunkSize", .int(4)), AMFMember("data", .byteArray([1, 2, 3, 4])), AMFMember("idxData", .null),
            AMFMember("isFromStableSource", .boolean(true)), AMFMember("lastUsedTime", .int(1)),
            AMFMember("lastSize", .int(1)),
        ]
        return members.compactMap { $0.name == change ? value.map { AMFMember(change, $0) } : $0 }
    }

    private static let table: [Malformed] = [
        Malformed("hasChunk", "uri-number", "a number for uri", [AMFMember("uri", .int(7)), AMFMember("id", .null)]),
        Malformed(
            "hasChunk",
            "uri-object",
            "an object for uri",
            [AMFMember("uri", .anonymous([])), AMFMember("id", .null)]
        ),
        Malformed(
            "hasChunk",
            "uri-long",
            "a uri of 100000 characters",
            [AMFMember("uri", .string(String(repeating: "a", count: 100_000))), AMFMember("id", .null)]
        ),
        Malformed(
            "hasChunk",
            "id-bytes",
            "a byte array for id",
            [AMFMember("uri", .string("http://h/a.ts")), AMFMember("id", .byteArray([1, 2, 3]))]
        ),
        Malformed("getPiece", "uri-missing", "no uri", piece("uri", nil)),
        Malformed("getPiece", "uri-null", "null for uri", piece("uri", .null)),
        Malformed("getPiece", "id-string", "a string for id", piece("id", .string("0"))),
        Malformed("getPiece", "id-negative", "a negative id", piece("id", .int(-1))),
        Malformed("getPiece", "count-zero", "count 0", piece("count", .int(0))),
        Malformed("getPiece", "count-missing", "no count", piece("count", nil)),
        Malformed("getPiece", "offset-negative", "a negative offset", piece("offset", .int(-5))),
        Malformed("getPiece", "offset-huge", "an offset of 2^52", piece("offset", .double(4_503_599_627_370_496))),
        Malformed("getPiece", "offset-fraction", "an offset that is not whole", piece("offset", .double(0.5))),
        Malformed("getPiece", "offset-nan", "an offset that is no number", piece("offset", .double(.nan))),
        Malformed("getPiece", "len-below", "len -2", piece("len", .int(-2))),
        Malformed("getPiece", "len-huge", "a len of 2^60", piece("len", .double(1_152_921_504_606_846_976))),
        Malformed("getPiece", "len-infinite", "an infinite len", piece("len", .double(.infinity))),
        Malformed("goPushMode", "uri-missing", "no uri", piece("uri", nil)),
        Malformed("goPushMode", "offset-negative", "a negative offset", piece("offset", .int(-1))),
        Malformed("goPushMode", "len-string", "a string for len", piece("len", .string("all"))),
        Malformed(
            "goPushMode2",
            "offset-missing",
            "no chunkOffset",
            piece("chunkOffset", nil, offset: "chunkOffset", length: "chunkLen")
        ),
        Malformed(
            "goPushMode2",
            "len-below",
            "chunkLen -9",
            piece("chunkLen", .int(-9), offset: "chunkOffset", length: "chunkLen")
        ),
        Malformed(
            "goPushMode2",
            "uri-date",
            "a Date for uri",
            piece("uri", .date(milliseconds: 1), offset: "chunkOffset", length: "chunkLen")
        ),
        Malformed("resumePush", "uri-missing", "no uri", []),
        Malformed("resumePush", "uri-bytes", "a byte array for uri", [AMFMember("uri", .byteArray([9]))]),
        Malformed(
            "speedTest",
            "time-number",
            "a number for start_time",
            [
                AMFMember("start_time", .double(5)), AMFMember("id", .string("D1")),
            ]
        ),
        Malformed(
            "speedTest",
            "time-nan",
            "a Date that is none",
            [
                AMFMember("start_time", .date(milliseconds: .nan)), AMFMember("id", .string("D1")),
            ]
        ),
        Malformed("speedTest", "id-missing", "no id", [AMFMember("start_time", .date(milliseconds: 5))]),
        Malformed(
            "ping",
            "id-object",
            "an object for pingId",
            [AMFMember("pingId", .anonymous([AMFMember("a", .null)]))]
        ),
        Malformed(
            "stopPush",
            "id-array",
            "an array for externalID",
            [
                AMFMember("externalID", .array(AMF3Array([.null])))
            ]
        ),
        Malformed("pushPiece", "data-null", "null for data", pushed("data", .null)),
        Malformed("pushPiece", "data-missing", "no data", pushed("data", nil)),
        Malformed("pushPiece", "data-string", "a string for data", pushed("data", .string("octets"))),
        Malformed("pushPiece", "size-huge", "a chunkSize of 2^52", pushed("chunkSize", .double(4_503_599_627_370_496))),
        Malformed("pushPiece", "size-below", "chunkSize -7", pushed("chunkSize", .int(-7))),
        Malformed("pushPiece", "offset-huge", "an offset of 2^52", pushed("offset", .double(4_503_599_627_370_496))),
        Malformed("pushPiece", "id-negative", "a negative id", pushed("id", .int(-3))),
        Malformed("pushPiece", "playlist-string", "a string for idxData", pushed("idxData", .string("#EXTM3U"))),
        Malformed("pushPieceError", "uri-missing", "no uri", []),
        Malformed("pushPieceError", "uri-number", "a number for uri", [AMFMember("uri", .int(1))]),
    ]

    private static let malformed: [Case] = table.map { bad in
        .peer(
            "abuse/\(kebab(bad.operation))-\(bad.name)",
            "\(bad.operation) with \(bad.what) does no harm to others.",
            ["PEER-124"],
            needs: [],
            saboteurs: ["dies-of-malformed-\(kebab(bad.operation))"]
        ) { stage in
            try stage.begin()
            let bystander = try stage.guest("B")
            let puppet = try stage.guest("P")
            try given {
                try bystander.ping(1)
                try puppet.ping(1)
            }
            if bad.operation.hasPrefix("push") {
                puppet.push(bad.operation, bad.members)
            } else {
                puppet.ask(bad.operation, bad.members)
            }
            try stage.pass(.milliseconds(500))
            try bystander.ping(2)
        }
    }

    static func kebab(_ operation: String) -> String {
        operation.map { $0.isUppercase ? "-\($0.lowercased())" : "\($0)" }.joined()
    }

    private static func attack(
        _ name: String,
        _ title: String,
        _ rows: [String],
        saboteurs: [String],
        _ attack: @escaping @Sendable (Puppet, Stage) throws -> Void
    ) -> Case {
        .peer("abuse/\(name)", title, rows, needs: [], saboteurs: saboteurs) { stage in
            try stage.begin()
            let bystander = try stage.guest("B")
            let puppet = try stage.guest("P")
            try given {
                try bystander.ping(1)
                try puppet.ping(1)
            }
            try attack(puppet, stage)
            try bystander.ping(2)
        }
    }

    private static let floods: [Case] = [
        attack(
            "thousand-pings",
            "A thousand pings at once do no harm.",
            ["PEER-124"],
            saboteurs: ["dies-of-floods"]
        ) { puppet, stage in
            for number in 0..<1_000 {
                puppet.say(
                    Puppet.message(Puppet.request("ping", [AMFMember("pingId", .int(number))], id: 1_000 + number))
                )
            }
            try stage.pass(.seconds(2))
        },
        attack(
            "thousand-requests",
            "A thousand requests without a confirm end one session at most.",
            ["PEER-124"],
            saboteurs: ["dies-of-floods"]
        ) { puppet, stage in
            puppet.manner.confirms = false
            for number in 0..<1_000 {
                let members: Members = [AMFMember("uri", .string("http://h/\(number).ts")), AMFMember("id", .null)]
                puppet.say(Puppet.message(Puppet.request("hasChunk", members, id: 1_000 + number)))
            }
            try stage.pass(.seconds(2))
        },
        attack(
            "hundred-subscriptions",
            "A hundred subscriptions of one peer do no harm.",
            ["PEER-124"],
            saboteurs: ["dies-of-subscriptions"]
        ) { puppet, stage in
            for number in 0..<100 { puppet.play("stream \(number)", streamID: UInt32(100 + number)) }
            try stage.pass(.seconds(2))
        },
        attack(
            "deep-object",
            "An object of many levels does no harm.",
            ["PEER-124"],
            saboteurs: ["dies-of-depth"]
        ) { puppet, stage in
            var value = AMF3Value.null
            for _ in 0..<400 { value = .anonymous([AMFMember("a", value)]) }
            puppet.say(Puppet.message(Puppet.request("ping", [AMFMember("pingId", value)], id: 4_000)))
            try stage.pass(.milliseconds(500))
        },
        attack(
            "many-members",
            "An object of ten thousand members does no harm.",
            ["PEER-124"],
            saboteurs: ["dies-of-size"]
        ) { puppet, stage in
            let members = (0..<10_000).map { AMFMember("m\($0)", AMF3Value.int($0)) }
            puppet.say(Puppet.message(Puppet.request("ping", members, id: 4_000)))
            try stage.pass(.milliseconds(500))
        },
    ]

    private static let lies: [Case] = [
        .peer(
            "abuse/wrong-piece-size",
            "A piece that is longer than was agreed does not damage the segment.",
            ["PEER-124", "SWARM-010"],
            saboteurs: ["takes-pieces-of-any-length"]
        ) { stage in
            var manner = Manner()
            manner.edit = { members, subtype in
                guard subtype == "pushPiece" else { return true }
                members = members.map { member in
                    guard member.name == "data", let octets = member.value.octets else { return member }
                    return AMFMember("data", .byteArray(octets + [0xee, 0xee, 0xee]))
                }
                return true
            }
            let upstream = try stage.candidates(2)
            upstream[0].manner = manner
            stage.web.name(upstream.map(\.id.description))
            try stage.begin()
            try stage.feeding(upstream)
            try stage.pass(.seconds(6))
            let puppet = try stage.guest("D")
            let newest = stage.web.origin.newest(at: stage.now) - 1
            let all = Assignment(id: 0, count: 1, offset: 0, length: -1)
            let answer = try given {
                try puppet.response(to: puppet.ask(.getPiece(uri: stage.segmentURL(newest), all)))
            }
            guard let content = answer["content"]?.octets else { return }
            try requireEqual(content, stage.web.origin.octets(of: newest), "the segment")
        },
        .peer(
            "abuse/upstream-lies-about-the-size",
            "A chunkSize that no pieces add up to does not stop the stream.",
            ["PEER-124", "PEER-125"],
            saboteurs: ["stalls-for-ever"]
        ) { stage in
            var manner = Manner()
            manner.edit = { members, subtype in
                guard subtype == "pushPiece" else { return true }
                members = members.map {
                    $0.name == "chunkSize" ? AMFMember("chunkSize", .double(1_099_511_627_776)) : $0
                }
                return true
            }
            _ = try stage.fed(manner)
            let mark = stage.segmentRequests.count
            try stage.wait(until: "segments over HTTP", within: .seconds(25)) { stage.segmentRequests.count > mark }
        },
        .peer(
            "abuse/session-ends-alone",
            "A peer that is gone takes no other session with it.",
            ["PEER-124"],
            needs: [],
            saboteurs: ["dies-of-farewells"]
        ) { stage in
            try stage.begin()
            let bystander = try stage.guest("B")
            let puppet = try stage.guest("P")
            try given { try bystander.ping(1) }
            puppet.hangUp()
            try stage.pass(.seconds(1))
            try bystander.ping(2)
        },
    ]
}
