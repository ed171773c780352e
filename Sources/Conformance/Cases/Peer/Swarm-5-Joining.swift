import Flash
import HLSP2P
import RTMFP

/// swarm-algorithm §2, §5 and §6: how a peer joins, what it asks for, and what it makes of what it gets.
enum SwarmJoiningCases {
    static let all: [Case] = divisions + search + pulling + relaying

    private static let divisions: [Case] =
        ([
            ("one", 1, 6_000), ("two", 2, 6_000), ("two-odd", 2, 5_001), ("three", 3, 6_001), ("four", 4, 4_003),
        ] as [(String, Int, Int)]).map { name, count, average in
            .peer(
                "swarm/division-\(name)",
                "\(count) peers that say avgChunkSize \(average) are asked for pieces of \(average / count) octets.",
                ["SWARM-001", "SWARM-004", "SWARM-028", "PEER-092"] + (count == 1 ? ["SWARM-006"] : []),
                saboteurs: ["pushed-slice-differs"]
                    + (count == 1 ? [] : ["division-by-another-size", "pulls-the-first-piece-only"])
            ) { stage in
                stage.peerCount = count
                var manner = Manner()
                manner.average = average
                let upstream = try stage.candidates(count, manner)
                stage.web.name(upstream.map(\.id.description))
                try stage.begin()
                try given {
                    try stage.wait(until: "getPiece to every puppet", within: .seconds(25)) {
                        upstream.allSatisfy { !$0.requests("getPiece").isEmpty }
                    }
                }
                let asked = upstream.compactMap { $0.requests("getPiece").first }
                var expected = (0..<count).map { [$0, average / count * $0, $0 == count - 1 ? -1 : average / count] }
                for word in asked {
                    let slice = ["id", "offset", "len"].map { word[$0]?.whole ?? .min }
                    guard let place = expected.firstIndex(of: slice) else {
                        throw Unmet(expected: "pieces of \(average / count) octets, each once", actual: word.summary)
                    }
                    expected.remove(at: place)
                    try word.require("count", is: .int(count))
                }
                for (puppet, word) in zip(upstream, asked) {
                    let push = try given { try puppet.request("goPushMode", within: .seconds(5)) }
                    for name in ["id", "offset", "len"] { try push.require(name, is: word[name] ?? .null) }
                }
            }
        } + [
            .peer(
                "swarm/division-of-the-greatest-basis",
                "The basis is the avgChunkSize of the positive answer with the greatest calFrom.",
                ["SWARM-002"],
                saboteurs: ["division-by-the-last-answer", "division-by-another-size"]
            ) { stage in
                let upstream = try stage.candidates(2)
                upstream[0].manner.average = 7_000
                upstream[0].manner.averagedFrom = 30
                upstream[1].manner.average = 4_000
                upstream[1].manner.averagedFrom = 3
                stage.web.name(upstream.map(\.id.description))
                try stage.begin()
                let words = try given {
                    try stage.wait("getPiece to both", within: .seconds(25)) { () -> [PeerWord]? in
                        let words = upstream.compactMap { $0.requests("getPiece").first }
                        return words.count == 2 ? words : nil
                    }
                }
                let offsets = words.compactMap { $0["offset"]?.whole }.sorted()
                try require(offsets == [0, 3_500], expected: "offsets 0 and 3500", actual: "offsets \(offsets)")
            },
            .peer(
                "swarm/division-needs-a-basis",
                "An avgChunkSize that is not positive is no basis: no piece of no length is asked for.",
                ["SWARM-005"],
                saboteurs: ["any-basis-will-do"]
            ) { stage in
                var manner = Manner()
                manner.average = -1
                let upstream = try stage.candidates(2, manner)
                stage.web.name(upstream.map(\.id.description))
                try stage.begin()
                try given {
                    try stage.wait(until: "hasChunk", within: .seconds(25)) {
                        upstream.allSatisfy { !$0.requests("hasChunk").isEmpty }
                    }
                }
                try stage.wait(until: "the segment over HTTP", within: .seconds(10)) {
                    Set(stage.segmentRequests.map(\.number)).count >= 3
                }
                let asked = upstream.compactMap { $0.requests("getPiece").first }.first
                try require(asked == nil, expected: "no getPiece", actual: asked?.summary ?? "")
            },
        ]

    private static let search: [Case] = [
        .peer(
            "swarm/search",
            "Every connected peer is asked hasChunk for the segment wanted, with id null.",
            ["SWARM-024"],
            level: .should,
            saboteurs: ["search-with-an-id", "search-leaves-out-one"]
        ) { stage in
            let upstream = try stage.candidates(3)
            stage.web.name(upstream.map(\.id.description))
            try stage.begin()
            try given {
                try stage.wait(until: "hasChunk", within: .seconds(25)) {
                    upstream.contains { !$0.requests("hasChunk").isEmpty }
                }
            }
            try stage.wait(until: "hasChunk to all three", within: .seconds(5)) {
                upstream.allSatisfy { !$0.requests("hasChunk").isEmpty }
            }
            for puppet in upstream { try puppet.requests("hasChunk")[0].require("id", is: .null) }
        },
        .peer(
            "swarm/first-to-answer",
            "The first peers that answer positively are used, and no more than are wanted.",
            ["SWARM-025"],
            level: .should,
            saboteurs: ["uses-one-more"]
        ) { stage in
            let upstream = try stage.candidates(3)
            upstream[0].manner.answers.remove("hasChunk")
            stage.web.name(upstream.map(\.id.description))
            try stage.begin()
            let late = try given { try upstream[0].request("hasChunk", within: .seconds(25)) }
            try given {
                try stage.wait(until: "getPiece to the others", within: .seconds(5)) {
                    upstream.dropFirst().allSatisfy { !$0.requests("getPiece").isEmpty }
                }
            }
            upstream[0].answer(late)
            try stage.require(no: "getPiece to the third", for: .seconds(5)) {
                upstream[0].requests("getPiece").first?.summary
            }
        },
        .peer(
            "swarm/too-few",
            "With fewer peers than are wanted the segment comes over HTTP.",
            ["SWARM-026"],
            saboteurs: ["waits-for-enough-peers"]
        ) { stage in
            let upstream = try stage.candidates(2)
            upstream[1].manner.offers = false
            stage.web.name(upstream.map(\.id.description))
            try stage.begin()
            try given { try upstream[1].request("hasChunk", within: .seconds(25)) }
            try stage.wait(until: "the segments over HTTP", within: .seconds(15)) {
                Set(stage.segmentRequests.map(\.number)).count >= 3 || !upstream[0].requests("getPiece").isEmpty
            }
        },
        .peer(
            "swarm/first-segment-at-once",
            "The first segment comes by plain HTTP, and does not wait for peers.",
            ["SWARM-018"],
            level: .should,
            saboteurs: ["first-segment-waits"]
        ) { stage in
            let upstream = try stage.candidates(2)
            stage.web.name(upstream.map(\.id.description))
            try stage.start()
            try given {
                try stage.wait(until: "a request for the playlist", within: stage.patience) {
                    !stage.playlistRequests.isEmpty
                }
            }
            try stage.wait(until: "a request for a segment") { !stage.segmentRequests.isEmpty }
        },
    ]

    private static let pulling: [Case] = [
        .peer(
            "swarm/push-after-pull",
            "goPushMode follows every positive answer to getPiece.",
            ["PEER-092"],
            saboteurs: ["never-asks-to-be-pushed"]
        ) { stage in
            let upstream = try stage.candidates(2)
            stage.web.name(upstream.map(\.id.description))
            try stage.begin()
            for puppet in upstream {
                try given { try puppet.request("getPiece", within: .seconds(25)) }
                try puppet.request("goPushMode", within: .seconds(3))
            }
        },
        .peer(
            "swarm/piece-refused",
            "A piece that a peer refuses is fetched elsewhere.",
            ["PEER-091"],
            saboteurs: ["stalls-for-ever"]
        ) { stage in
            let (upstream, word) = try unanswered(stage)
            upstream[1].answer(word, wantsConfirm: true, [AMFMember("result", .boolean(false))])
            let number = word.segment ?? 0
            // The target duration is 2 s; whoever waits for more than ten of them has stalled.
            try stage.wait(until: "segment \(number) over HTTP", within: .seconds(20)) {
                stage.requested(number) != nil || upstream[0].requests("getPiece").count > 1
            }
        },
        .peer(
            "swarm/piece-withheld",
            "The first segment from the swarm is completed over HTTP when a piece is missing after a target duration.",
            ["SWARM-042"],
            saboteurs: ["stalls-for-ever"]
        ) { stage in
            let (_, word) = try unanswered(stage)
            let number = word.segment ?? 0
            try stage.wait(until: "segment \(number) over HTTP", within: .seconds(6)) {
                stage.requested(number) != nil
            }
        },
        .peer(
            "swarm/fed-without-http",
            "Who is fed loads no segments over HTTP.",
            ["SWARM-025"],
            level: .observed,
            saboteurs: ["pushed-pieces-ignored"]
        ) { stage in
            _ = try stage.fed()
            try stage.pass(.seconds(1))
            let mark = stage.web.asked.count
            try stage.pass(.seconds(22))
            let loaded = stage.web.asked.dropFirst(mark).compactMap(\.segment)
            try require(loaded.isEmpty, expected: "no request for a segment", actual: "requests for \(loaded)")
        },
    ]

    private static let relaying: [Case] = [
        .peer(
            "relay/another-division",
            "What comes in one division is passed on in another.",
            ["SWARM-030", "PEER-103"],
            saboteurs: ["pushed-octets-altered", "never-pushes", "pushed-offset-altered"]
        ) { stage in
            _ = try stage.fed()
            let puppet = try stage.guest("D")
            let slice = Assignment(id: 1, count: 3, offset: 2_345, length: 2_000)
            try puppet.beFed(after: stage.web.origin.newest(at: stage.now), slice)
            let piece = try stage.wait("a pushed piece", within: .seconds(10)) { puppet.pushed.first }
            let octets = stage.web.origin.octets(of: piece.segment ?? 0)
            try piece.require("offset", is: .int(2_345))
            try requireEqual(piece["data"]?.octets ?? [], Array(octets[slice.range(in: octets.count)]), "data")
        },
        .peer(
            "relay/before-it-is-complete",
            "A slice whose octets are there is passed on before the segment is complete.",
            ["SWARM-031"],
            level: .should,
            saboteurs: ["relays-complete-segments-only"]
        ) { stage in
            let upstream = try stage.fed()
            let puppet = try stage.guest("D")
            let start = stage.web.origin.newest(at: stage.now)
            try puppet.beFed(after: start, Assignment(id: 0, count: 3, offset: 0, length: 1_500))
            try given { try stage.wait(until: "a piece", within: .seconds(8)) { !puppet.pushed.isEmpty } }
            // From now on the second half of every segment is missing; T is 4 s, and nothing comes over HTTP before.
            guard let second = upstream.first(where: { $0.feeding.slice?.offset != 0 }) else {
                throw Inconclusive(reason: "nobody pushes the second half")
            }
            second.manner.pushes = { _ in false }
            let next = second.feeding.position + 1
            try stage.wait(until: "a piece of \(next)", within: .seconds(4)) {
                puppet.pushed.contains { $0.segment == next }
            }
        },
        .peer(
            "relay/stability",
            "The flag of stability that comes with a segment is passed on.",
            ["SWARM-012"],
            saboteurs: ["everything-is-stable"]
        ) { stage in
            var manner = Manner()
            manner.isStable = false
            _ = try stage.fed(manner)
            let puppet = try stage.guest("D")
            try puppet.beFed(
                after: stage.web.origin.newest(at: stage.now),
                Assignment(id: 0, count: 3, offset: 0, length: 1_500)
            )
            let piece = try given { try stage.wait("a piece", within: .seconds(10)) { puppet.pushed.first } }
            try require(
                piece["isFromStableSource"] != .boolean(true),
                expected: "isFromStableSource false",
                actual: piece.summary
            )
        },
        .peer(
            "relay/unstable-not-offered",
            "A segment that is not from a stable source is not offered.",
            ["PEER-080", "SWARM-012"],
            saboteurs: ["everything-is-stable", "has-everything"]
        ) { stage in
            var manner = Manner()
            manner.isStable = false
            _ = try stage.fed(manner)
            try stage.pass(.seconds(4))
            let puppet = try stage.guest("D")
            let newest = stage.web.origin.newest(at: stage.now) - 1
            let answer = try given {
                try puppet.response(to: puppet.ask(.hasChunk(uri: stage.segmentURL(newest), id: .null)))
            }
            try answer.require("result", is: .boolean(false))
        },
        .peer(
            "relay/second-piece-ignored",
            "A piece whose id is there already changes nothing.",
            ["SWARM-035"],
            saboteurs: ["later-piece-replaces"]
        ) { stage in
            let upstream = try stage.fed()
            let slice = upstream[0].feeding.slice ?? Assignment(id: 0, count: 2, offset: 0, length: 3_000)
            let number = stage.web.origin.newest(at: stage.now) + 2
            upstream[1].manner.pushes = { $0 != number }
            try given {
                try stage.wait(until: "that the first piece of \(number) is confirmed", within: .seconds(10)) {
                    upstream[0].feeding.position >= number && upstream[0].feeding.unconfirmed == nil
                }
            }
            let octets = stage.web.origin.octets(of: number)
            let id = upstream[0].push(number, slice) { members in
                members.removeAll { $0.name == "data" }
                let count = slice.range(in: octets.count).count
                members.append(AMFMember("data", .byteArray([UInt8](repeating: 0xee, count: count))))
            }
            try given { try upstream[0].confirm(of: id) }
            if let rest = upstream[1].feeding.slice { upstream[1].push(number, rest) }
            try stage.pass(.milliseconds(500))
            let puppet = try stage.guest("D")
            let all = Assignment(id: 0, count: 1, offset: 0, length: -1)
            let answer = try given {
                try puppet.response(to: puppet.ask(.getPiece(uri: stage.segmentURL(number), all)))
            }
            guard let content = answer["content"]?.octets else {
                throw Inconclusive(reason: "the peer does not give the segment away")
            }
            try requireEqual(content, octets, "the segment")
        },
        .peer(
            "relay/http-segment-untouched",
            "A piece of a segment that came over HTTP is ignored.",
            ["SWARM-034"],
            saboteurs: ["pushed-over-http-segments"]
        ) { stage in
            let (puppet, held) = try stage.questioner()
            let slice = Assignment(id: 0, count: 2, offset: 0, length: 3_000)
            let id = puppet.push(held[0], slice) { members in
                members.removeAll { $0.name == "data" }
                members.append(AMFMember("data", .byteArray([UInt8](repeating: 0xee, count: 3_000))))
            }
            try given { try puppet.confirm(of: id) }
            let all = Assignment(id: 0, count: 1, offset: 0, length: -1)
            let answer = try given {
                try puppet.response(to: puppet.ask(.getPiece(uri: stage.segmentURL(held[0]), all)))
            }
            try requireEqual(answer["content"]?.octets ?? [], stage.web.origin.octets(of: held[0]), "the segment")
        },
    ]

    /// Two upstream peers, and what the second one is asked for and does not answer.
    private static func unanswered(_ stage: Stage) throws -> (upstream: [Puppet], word: PeerWord) {
        let upstream = try stage.candidates(2)
        upstream[1].manner.answers.remove("getPiece")
        stage.web.name(upstream.map(\.id.description))
        try stage.begin()
        return (upstream, try given { try upstream[1].request("getPiece", within: .seconds(25)) })
    }
}
