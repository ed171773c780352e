import Flash
import HLSP2P
import RTMFP

/// peer-protocol §6.3 to §6.9, swarm-algorithm §6.2 and §6.3: what a peer pushes to those whom it feeds.
enum PeerPushCases {
    static let all: [Case] = beginnings + content + pauses + others

    static let half = Assignment(id: 0, count: 2, offset: 0, length: 3_000)
    private static let rest = Assignment(id: 1, count: 2, offset: 3_000, length: -1)

    /// Waits for pieces of segments.
    static func pieces(
        _ count: Int,
        of puppet: Puppet,
        within patience: Interval = .seconds(10)
    ) throws -> [PeerWord] {
        try puppet.stage.wait("\(count) pushed pieces", within: patience, otherwise: { puppet.latest }) {
            puppet.pushed.count >= count ? Array(puppet.pushed.prefix(count)) : nil
        }
    }

    private static let beginnings: [Case] = [
        .peer(
            "push/awaits-the-confirm",
            "After goPushMode the pushing begins with the confirm of its answer.",
            ["PEER-093"],
            saboteurs: ["pushes-before-the-confirm"]
        ) { stage in
            let (puppet, held) = try stage.questioner()
            puppet.manner.confirms = false
            let id = puppet.ask(.goPushMode(uri: stage.segmentURL(held[0]), half))
            let answer = try given { try puppet.response(to: id) }
            try stage.require(no: "piece before the confirm", for: .seconds(5)) { puppet.pushed.first?.summary }
            puppet.manner.confirms = true
            puppet.confirm(answer)
            try given { _ = try pieces(1, of: puppet) }
        },
        .peer(
            "push/confirm-names-the-operation",
            "The confirm that begins the pushing is told by its operation.",
            ["PEER-093"],
            level: .observed,
            saboteurs: ["any-operation-confirms"]
        ) { stage in
            let (puppet, held) = try stage.questioner()
            puppet.manner.confirms = false
            let id = puppet.ask(.goPushMode(uri: stage.segmentURL(held[0]), half))
            let answer = try given { try puppet.response(to: id) }
            puppet.confirm(answer) { members in
                members.removeAll { $0.name == "__subtype" }
                members.append(AMFMember("__subtype", .string("hasChunk")))
            }
            try stage.require(no: "piece", for: .seconds(5)) { puppet.pushed.first?.summary }
        },
        .peer(
            "push/catches-up",
            "The pushing begins with all complete segments after the one named, in order.",
            ["PEER-094", "PEER-095"],
            saboteurs: ["pushes-the-named-one", "no-catching-up", "first-piece-skipped", "never-pushes"]
        ) { stage in
            let held = try stage.cached(4)
            let puppet = try stage.guest("P")
            let id = puppet.ask(.goPushMode(uri: stage.segmentURL(held[0]), half))
            try given { try puppet.response(to: id) }
            let numbers = try pieces(3, of: puppet).compactMap(\.segment)
            try require(
                numbers == Array(held[1...3]),
                expected: "pieces of \(held[1...3].map(String.init).joined(separator: ", "))",
                actual: "pieces of \(numbers.map(String.init).joined(separator: ", "))"
            )
        },
        .peer(
            "push/takes-over",
            "goPushMode2 begins after the segment that it names, with count -1 too.",
            ["PEER-094", "PEER-096"],
            saboteurs: [
                "pushes-the-named-one", "takeover-refused", "uncounted-refused", "offset-read-elsewhere",
                "first-piece-skipped", "never-pushes",
            ]
        ) { stage in
            let held = try stage.cached(3)
            let puppet = try stage.guest("P")
            let slice = Assignment(id: 1, count: -1, offset: 1_000, length: 2_000)
            let id = puppet.ask(.goPushMode2(uri: stage.segmentURL(held[0]), slice, externalID: .string("R")))
            try puppet.response(to: id).require("result", is: .boolean(true))
            let piece = try pieces(1, of: puppet)[0]
            try require(piece.segment == held[1], expected: "a piece of \(held[1])", actual: piece.summary)
            try piece.require("offset", is: .int(1_000))
        },
        .peer(
            "push/takeover-echo",
            "The answer to goPushMode2 repeats externalID exactly, within 10 s.",
            ["PEER-097", "PEER-098"],
            saboteurs: ["takeover-id-altered", "takeover-unanswered"]
        ) { stage in
            let (puppet, held) = try stage.questioner()
            let external = AMF3Value.string("P2PNetworkRepairer_142986720000031")
            let id = puppet.ask(.goPushMode2(uri: stage.segmentURL(held[0]), half, externalID: external))
            try puppet.response(to: id, within: .seconds(10)).require("externalID", is: external)
        },
        .peer(
            "push/answer-comes-first",
            "The answer to goPushMode2 comes before any piece.",
            ["PEER-099"],
            saboteurs: ["piece-before-the-answer"]
        ) { stage in
            let held = try stage.cached(3)
            let puppet = try stage.guest("P")
            let id = puppet.ask(.goPushMode2(uri: stage.segmentURL(held[0]), half, externalID: .string("R")))
            try given { try puppet.response(to: id) }
            try given { _ = try pieces(1, of: puppet) }
            let first = puppet.words.first { $0.answers(id) || $0.subtype == "pushPiece" && $0.kind == .push }
            try require(first?.answers(id) ?? false, expected: "the answer first", actual: first?.summary ?? "")
        },
        .peer(
            "push/waits-for-the-segment",
            "goPushMode2 may name a segment that the peer does not hold yet: pushing begins after it.",
            ["PEER-100"],
            saboteurs: ["pushes-at-once", "never-pushes", "takeover-refused"]
        ) { stage in
            let (puppet, _) = try stage.questioner()
            let future = stage.web.origin.newest(at: stage.now) + 2
            let id = puppet.ask(.goPushMode2(uri: stage.segmentURL(future), half, externalID: .string("R")))
            try puppet.response(to: id).require("result", is: .boolean(true))
            let piece = try pieces(1, of: puppet, within: .seconds(15))[0]
            try require(piece.segment == future + 1, expected: "a piece of \(future + 1)", actual: piece.summary)
        },
        .peer(
            "push/repeated-takeover",
            "A goPushMode2 that comes twice has nothing pushed twice.",
            ["PEER-078", "PEER-106"],
            saboteurs: ["repetition-acted-on"]
        ) { stage in
            let held = try stage.cached(3)
            let puppet = try stage.guest("P")
            let request = Request.goPushMode2(uri: stage.segmentURL(held[0]), half, externalID: .string("R"))
            let members = Puppet.request(request.subtype, request.members, id: 600)
            puppet.say(members)
            try given { try puppet.response(to: 600) }
            try given { _ = try pieces(2, of: puppet) }
            puppet.say(members)
            try stage.pass(.seconds(5))
            try requireEachOnce(puppet)
        },
    ]

    private static func requireEachOnce(_ puppet: Puppet) throws {
        // The same message again is a repetition, which is known of the original (Q-002).
        var ids: Set<Int> = []
        let numbers = puppet.pushed.filter { ids.insert($0.id ?? -1).inserted }.compactMap(\.segment)
        try require(
            zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 },
            expected: "each segment once, in order",
            actual: "pieces of \(numbers.map(String.init).joined(separator: ", "))"
        )
    }

    private static let content: [Case] = [
        slices("head", half),
        slices("rest", rest),
        slices("middle", Assignment(id: 2, count: 5, offset: 777, length: 1_111)),
        slices("all", Assignment(id: 0, count: 1, offset: 0, length: -1)),
        .peer(
            "push/order",
            "Segments are pushed in their order, each once.",
            ["PEER-106"],
            saboteurs: ["pieces-repeated"]
        ) { stage in
            let held = try stage.cached(3)
            let puppet = try stage.guest("P")
            try puppet.beFed(after: held[0], half)
            try stage.pass(.seconds(9))
            guard puppet.pushed.count > 2 else { throw Inconclusive(reason: "too little was pushed") }
            try requireEachOnce(puppet)
        },
        .peer(
            "push/empty-piece",
            "Of a segment that ends before the piece begins an empty piece is pushed.",
            ["PEER-107"],
            saboteurs: ["empty-pieces-left-out"]
        ) { stage in
            let (puppet, held) = try stage.questioner()
            let beyond = Assignment(id: 1, count: 2, offset: 1 << 20, length: 1_000)
            try puppet.beFed(after: stage.held.last ?? held[0], beyond)
            let piece = try pieces(1, of: puppet, within: .seconds(12))[0]
            try require(piece["data"]?.octets == [], expected: "no octets", actual: piece.summary)
            let size = piece.segment.map { stage.web.origin.octets(of: $0).count } ?? -2
            try piece.require("chunkSize", is: .int(size))
        },
        .peer(
            "push/last-used-time",
            "lastUsedTime is the time from the piece before to its confirm, -1 before the first.",
            ["PEER-108"],
            level: .should,
            saboteurs: ["last-used-time-constant"]
        ) { stage in
            let held = try stage.cached(4)
            let puppet = try stage.guest("P")
            puppet.manner.confirms = false
            let id = puppet.ask(.goPushMode2(uri: stage.segmentURL(held[0]), half, externalID: .string("R")))
            let answer = try given { try puppet.response(to: id) }
            puppet.confirm(answer)
            let first = try given { try pieces(1, of: puppet)[0] }
            try first.require("lastUsedTime", is: .int(-1))
            try stage.pass(.milliseconds(1_500))
            puppet.confirm(first)
            let second = try given { try pieces(2, of: puppet)[1] }
            puppet.confirm(second)
            // Which piece is meant may lag behind by what was queued (Q-056).
            let third = try given { try pieces(3, of: puppet)[2] }
            let told = [second, third].compactMap { $0["lastUsedTime"]?.whole }
            try require(
                told.contains { (1_300...1_900).contains($0) },
                expected: "lastUsedTime of some 1500 ms",
                actual: "lastUsedTime \(told.map(String.init).joined(separator: ", then "))"
            )
        },
        .peer(
            "push/stability",
            "A segment that came from the origin is from a stable source.",
            ["SWARM-012"],
            saboteurs: ["pushes-as-unstable"]
        ) { stage in
            let (puppet, held) = try stage.questioner()
            try puppet.beFed(after: held[0], half)
            let piece = try given { try pieces(1, of: puppet)[0] }
            try piece.require("isFromStableSource", is: .boolean(true))
        },
        .peer(
            "push/window",
            "The next piece comes when the one before was confirmed.",
            ["PEER-063"],
            level: .should,
            saboteurs: ["responses-do-not-wait"]
        ) { stage in
            let held = try stage.cached(4)
            let puppet = try stage.guest("P")
            try puppet.beFed(after: held[0], half)
            puppet.manner.confirms = false
            try given { try stage.wait(until: "a piece") { !puppet.pushed.isEmpty } }
            let count = puppet.pushed.count
            try stage.pass(.seconds(5))
            // The last one before may have been confirmed still.
            try require(
                puppet.pushed.count <= count + 1,
                expected: "no piece before the confirm",
                actual: "\(puppet.pushed.count - count) more pieces"
            )
        },
    ]

    private static func slices(_ name: String, _ slice: Assignment) -> Case {
        .peer(
            "push/slice-\(name)",
            "What is pushed is exactly the slice that was agreed on, of every segment.",
            ["PEER-103", "PEER-105", "SWARM-030"],
            saboteurs: [
                "pushed-octets-altered", "pushed-offset-altered", "pushed-id-altered", "never-pushes",
            ]
        ) { stage in
            let held = try stage.cached(3)
            let puppet = try stage.guest("P")
            try puppet.beFed(after: held[0], slice)
            for piece in try pieces(3, of: puppet, within: .seconds(15)) {
                try piece.require("offset", is: .int(slice.offset))
                try piece.require("id", is: .int(slice.id))
                guard let number = piece.segment else { throw Unmet(expected: "a uri", actual: piece.summary) }
                let octets = stage.web.origin.octets(of: number)
                try requireEqual(piece["data"]?.octets ?? [], Array(octets[slice.range(in: octets.count)]), "data")
            }
        }
    }
}
