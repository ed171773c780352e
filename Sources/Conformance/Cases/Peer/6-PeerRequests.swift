import Flash
import HLSP2P
import RTMFP

/// peer-protocol §6.1, §6.2, §6.10 and §6.11: what is answered at once.
enum PeerRequestCases {
    static let all: [Case] = chunks + pieces + refusals + echoes

    private static let chunks: [Case] = [
        .peer(
            "request/has-chunk",
            "The answer to hasChunk repeats uri and id, and tells result, avgChunkSize and calFrom.",
            ["PEER-079"],
            saboteurs: ["has-chunk-id-lost", "has-chunk-uri-lost", "has-chunk-average-missing", "has-chunk-unanswered"]
        ) { stage in
            let (puppet, held) = try stage.questioner()
            let uri = stage.segmentURL(held[0])
            let answer = try puppet.response(to: puppet.ask(.hasChunk(uri: uri, id: .string("P2PNetworkRepairer_7"))))
            try answer.require("uri", is: .string(uri))
            try answer.require("id", is: .string("P2PNetworkRepairer_7"))
            try answer.require("result", is: .boolean(true))
            for name in ["avgChunkSize", "calFrom"] {
                try require(answer[name]?.whole != nil, expected: "a number \(name)", actual: answer.summary)
            }
        },
        .peer(
            "request/has-chunk-id-null",
            "An id that is null comes back as null.",
            ["PEER-079"],
            saboteurs: ["has-chunk-id-lost", "has-chunk-unanswered"]
        ) { stage in
            let (puppet, held) = try stage.questioner()
            let answer = try puppet.response(to: puppet.ask(.hasChunk(uri: stage.segmentURL(held[0]), id: .null)))
            try answer.require("id", is: .null)
        },
        .peer(
            "request/has-chunk-average",
            "avgChunkSize is the mean size of the complete segments, cut off to a whole number.",
            ["PEER-081"],
            saboteurs: ["average-of-nothing", "average-too-great"]
        ) { stage in
            let (puppet, _) = try stage.questioner()
            let number = stage.held.first ?? 0
            let answer = try given {
                try puppet.response(to: puppet.ask(.hasChunk(uri: stage.segmentURL(number), id: .null)))
            }
            try given { try answer.require("result", is: .boolean(true)) }
            let average = answer["avgChunkSize"]?.whole ?? 0
            let count = answer["calFrom"]?.whole ?? 0
            // Which of the segments that were loaded are in the cache is the peer's business, the first above all.
            let loaded = Set(stage.segmentRequests.map(\.number)).sorted()
            let sizes = loaded.map { stage.web.origin.octets(of: $0).count }
            let means = subsets(sizes, count).map { $0.reduce(0, +) / max(1, $0.count) }
            try require(
                average > 0 && means.contains(average),
                expected: "the mean of \(count) of the sizes \(sizes.map(String.init).joined(separator: ", "))",
                actual: "avgChunkSize \(average), calFrom \(count)"
            )
        },
        .peer(
            "request/has-chunk-before-any",
            "A peer without a complete segment says avgChunkSize -1 and calFrom 0.",
            ["PEER-082"],
            level: .should,
            saboteurs: ["average-of-zero", "has-chunk-average-missing", "average-of-nothing", "average-too-great"]
        ) { stage in
            stage.web.reply { $0.path.hasSuffix(".ts") ? .silence : .right }
            try stage.begin()
            let puppet = try stage.guest("P")
            let answer = try given {
                try puppet.response(to: puppet.ask(.hasChunk(uri: stage.segmentURL(100), id: .null)))
            }
            try answer.require("avgChunkSize", is: .int(-1))
            try answer.require("calFrom", is: .int(0))
        },
        negative("unknown", "A segment that the peer has never heard of", "PEER-080") { stage, _ in
            "http://\(stage.authority)\(StageOrigin.folder)none.ts"
        },
        negative("other-case", "A path that differs in the case of a letter", "SWARM-008", level: .should) {
            stage,
            held in
            stage.segmentURL(held[0]).replacing(StageOrigin.folder, with: "/HLSP2P-check/")
        },
        negative("other-escapes", "A path with other escapes", "SWARM-008", level: .should) { stage, held in
            stage.segmentURL(held[0]).replacing(StageOrigin.folder, with: "/hlsp2p%2dcheck/")
        },
        negative("empty", "An empty uri", "PEER-080") { _, _ in "" },
        positive("other-host", "Another host") { stage, held in
            "http://elsewhere.example:81\(StageOrigin.folder)\(held[0]).ts"
        },
        positive("other-query", "Another query") { stage, held in stage.segmentURL(held[0]) + "?token=7" },
        positive("other-scheme", "Another scheme") { stage, held in
            "https://\(stage.authority)\(StageOrigin.folder)\(held[0]).ts"
        },
        positive("fragment", "A fragment") { stage, held in stage.segmentURL(held[0]) + "#t=1" },
        .peer(
            "request/has-chunk-without-uri",
            "hasChunk without uri is answered with result false.",
            ["PEER-079"],
            saboteurs: ["has-everything", "has-chunk-unanswered"]
        ) { stage in
            let (puppet, _) = try stage.questioner()
            try puppet.response(to: puppet.ask("hasChunk")).require("result", is: .boolean(false))
        },
        .peer(
            "request/has-chunk-while-loading",
            "A segment that is not complete is not offered.",
            ["PEER-080", "SWARM-010"],
            saboteurs: ["has-everything"]
        ) { stage in
            let stuck = try stage.loading()
            let puppet = try stage.guest("P")
            let answer = try given {
                try puppet.response(to: puppet.ask(.hasChunk(uri: stage.segmentURL(stuck), id: .null)))
            }
            try answer.require("result", is: .boolean(false))
        },
        .peer(
            "request/has-chunk-after-sixty",
            "Some 60 segments are kept, and the oldest go.",
            ["SWARM-009"],
            level: .should,
            saboteurs: ["keeps-nothing-for-long"]
        ) { stage in
            let (puppet, held) = try stage.questioner()
            try stage.pass(.seconds(60))
            let id = puppet.ask(.hasChunk(uri: stage.segmentURL(held[1]), id: .null))
            try given { try puppet.response(to: id) }.require("result", is: .boolean(true))
        },
    ]

    private static func negative(
        _ name: String,
        _ what: String,
        _ row: String,
        level: Case.Level = .must,
        _ uri: @escaping @Sendable (Stage, [Int]) -> String
    ) -> Case {
        .peer(
            "request/has-chunk-\(name)",
            "\(what) is not a segment that the peer holds.",
            [row],
            level: level,
            saboteurs: ["has-everything"]
        ) { stage in
            let (puppet, held) = try stage.questioner()
            let answer = try given { try puppet.response(to: puppet.ask(.hasChunk(uri: uri(stage, held), id: .null))) }
            try answer.require("result", is: .boolean(false))
        }
    }

    private static func positive(
        _ name: String,
        _ what: String,
        _ uri: @escaping @Sendable (Stage, [Int]) -> String
    ) -> Case {
        .peer(
            "request/has-chunk-\(name)",
            "\(what) makes no other segment: the path alone counts.",
            ["SWARM-007"],
            saboteurs: ["whole-url-counts"]
        ) { stage in
            let (puppet, held) = try stage.questioner()
            let id = puppet.ask(.hasChunk(uri: stage.segmentURL(held[0]), id: .null))
            try given { try puppet.response(to: id).require("result", is: .boolean(true)) }
            let answer = try given { try puppet.response(to: puppet.ask(.hasChunk(uri: uri(stage, held), id: .null))) }
            try answer.require("result", is: .boolean(true))
        }
    }

    private static func subsets(_ sizes: [Int], _ count: Int) -> [[Int]] {
        guard count > 0, count <= sizes.count else { return [] }
        if count == sizes.count { return [sizes] }
        return subsets(Array(sizes.dropFirst()), count)
            + (count == 1 ? [[sizes[0]]] : subsets(Array(sizes.dropFirst()), count - 1).map { [sizes[0]] + $0 })
    }

    private static let echoes: [Case] =
        [
            .peer(
                "request/answer-names-the-request",
                "__req_msg_id of an answer is the number of the request.",
                ["PEER-051"],
                needs: [],
                saboteurs: ["answers-to-another-number"]
            ) { stage in
                try stage.begin()
                let puppet = try stage.guest("P")
                puppet.say(Puppet.request("hasChunk", [AMFMember("uri", .null), AMFMember("id", .null)], id: 4_711))
                try puppet.response(to: 4_711)
            },
            .peer(
                "request/speed-test",
                "The answer to speedTest repeats start_time, as a Date, and id.",
                ["PEER-117"],
                needs: [],
                saboteurs: ["speed-test-time-a-number", "speed-test-id-lost", "speed-test-unanswered"]
            ) { stage in
                try stage.begin()
                let puppet = try stage.guest("P")
                let time = 1_429_867_200_123.0
                let answer = try puppet.response(to: puppet.ask(.speedTest(start: time, id: "DefaultP2PNetwork12")))
                try answer.require("start_time", is: .date(milliseconds: time))
                try answer.require("id", is: .string("DefaultP2PNetwork12"))
            },
            .peer(
                "request/stop-push-of-nothing",
                "stopPush is answered also where nothing is pushed, and externalID comes back.",
                ["PEER-115", "PEER-097"],
                needs: [],
                saboteurs: ["stop-push-unanswered", "stop-push-id-lost"]
            ) { stage in
                try stage.begin()
                let puppet = try stage.guest("P")
                let answer = try puppet.response(
                    to: puppet.ask(.stopPush(externalID: .string("P2PNetworkRepairer_11")))
                )
                try answer.require("externalID", is: .string("P2PNetworkRepairer_11"))
            },
            .peer(
                "request/stop-push-empty-id",
                "An externalID that is empty comes back empty.",
                ["PEER-097"],
                needs: [],
                saboteurs: ["stop-push-unanswered", "stop-push-id-lost"]
            ) { stage in
                try stage.begin()
                let puppet = try stage.guest("P")
                let answer = try puppet.response(to: puppet.ask(.stopPush(externalID: .string(""))))
                try answer.require("externalID", is: .string(""))
            },
        ] + pings

    private static let pings: [Case] =
        ([
            ("first", 0, .null), ("later", 41, .null), ("great", 268_435_455, .null),
            ("of-a-repairer", 3, .string("P2PNetworkRepairer_142986720000017")),
        ] as [(String, Int, AMF3Value)]).map { name, pingID, external in
            .peer(
                "request/ping-\(name)",
                "The answer to ping repeats pingId and externalID: \(pingID) and \(external.short).",
                ["PEER-116", "PEER-097"],
                needs: [],
                saboteurs: ["ping-id-lost", "ping-external-id-altered"]
            ) { stage in
                try stage.begin()
                let puppet = try stage.guest("P")
                let id = puppet.ask(.ping(pingID: .int(pingID), externalID: external))
                let answer = try given { try puppet.response(to: id) }
                try answer.require("pingId", is: .int(pingID))
                try answer.require("externalID", is: external)
            }
        }
}
