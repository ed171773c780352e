import Flash
import HLSP2P
import RTMFP

/// swarm-algorithm §8: pieces that nobody delivers find somebody else.
extension SwarmStallCases {
    /// A stage on which an upstream peer is gone, and others could take its place.
    private static func orphaned(
        _ stage: Stage,
        _ change: ([Puppet]) -> Void = { _ in }
    ) throws -> (left: Puppet, spares: [Puppet]) {
        let upstream = try stage.candidates(2)
        let spares = try stage.candidates(1)
        stage.web.name(upstream.map(\.id.description))
        try stage.begin()
        try stage.feeding(upstream)
        change(spares)
        try given {
            for spare in spares { try stage.meet(spare) }
            try stage.pass(.seconds(5))
        }
        stage.web.name((upstream + spares).map(\.id.description))
        upstream[1].hangUp()
        return (upstream[0], spares)
    }

    static let repairs: [Case] = [
        .peer(
            "repair/rounds",
            "A candidate is asked ping, hasChunk and goPushMode2, each with an ID of its own.",
            ["SWARM-044"],
            level: .should,
            saboteurs: ["one-id-for-all-rounds", "candidate-not-pinged", "no-repair"]
        ) { stage in
            let (_, spares) = try orphaned(stage)
            let push = try spares[0].request("goPushMode2", within: .seconds(25))
            let words = spares[0].words.filter { $0.isRequest && $0.at <= push.at }
            let chunk = words.last { $0.subtype == "hasChunk" }
            let ping = words.last { $0.subtype == "ping" }
            guard let chunk, let ping else {
                throw Unmet(
                    expected: "ping and hasChunk before goPushMode2",
                    actual: words.map(\.subtype).joined(separator: ", ")
                )
            }
            try require(ping.at <= chunk.at, expected: "ping before hasChunk", actual: "hasChunk before ping")
            let ids = [ping["externalID"], chunk["id"], push["externalID"]].map { $0?.characters ?? "" }
            try require(
                Set(ids).count == 3 && !ids.contains(""),
                expected: "three different IDs",
                actual: ids.joined(separator: ", ")
            )
        },
        .peer(
            "repair/same-slice",
            "The successor gets the id, the offset and the length of the failed peer.",
            ["SWARM-050", "SWARM-003"],
            level: .should,
            saboteurs: ["successor-gets-another-slice", "no-repair"]
        ) { stage in
            let upstream = try stage.candidates(2)
            let spare = try stage.candidates(1)[0]
            stage.web.name(upstream.map(\.id.description))
            try stage.begin()
            try stage.feeding(upstream)
            try stage.meet(spare)
            try stage.pass(.seconds(5))
            guard let slice = upstream[1].feeding.slice else { throw Inconclusive(reason: "nothing was agreed on") }
            upstream[1].hangUp()
            let push = try spare.request("goPushMode2", within: .seconds(25))
            try push.require("id", is: .int(slice.id))
            try push.require("chunkOffset", is: .int(slice.offset))
            try push.require("chunkLen", is: .int(slice.length))
        },
        .peer(
            "repair/goes-on-from-peers",
            "After a repair segments come from peers again.",
            ["SWARM-051"],
            saboteurs: ["pushed-pieces-ignored"]
        ) { stage in
            let (_, spares) = try orphaned(stage)
            try given {
                try stage.wait(until: "that the spare pushes", within: .seconds(25)) { spares[0].feeding.isOn }
            }
            try stage.pass(.seconds(6))
            let mark = stage.web.asked.count
            try stage.pass(.seconds(24))
            let loaded = stage.web.asked.dropFirst(mark).compactMap(\.segment)
            try require(loaded.isEmpty, expected: "no segment over HTTP", actual: "segments \(loaded) over HTTP")
        },
        .peer(
            "repair/resumes",
            "Peers that were paused are resumed after a repair, with the newest complete segment.",
            ["SWARM-051"],
            saboteurs: ["nobody-resumed", "no-repair"]
        ) { stage in
            let upstream = try stage.candidates(2)
            let spare = try stage.candidates(1)[0]
            stage.web.name(upstream.map(\.id.description))
            try stage.begin()
            try stage.feeding(upstream)
            try stage.meet(spare)
            try stage.pass(.seconds(5))
            upstream[1].manner.pushes = { _ in false }
            upstream[1].manner.answers = []
            try given { try upstream[0].request("pausePush", within: .seconds(16)) }
            let word = try upstream[0].request("resumePush", within: .seconds(25))
            try require(word.segment != nil, expected: "resumePush of a segment", actual: word.summary)
        },
        .peer(
            "repair/silent-takeover",
            "A goPushMode2 that is not answered does not end all repair.",
            ["SWARM-046", "SWARM-045"],
            saboteurs: ["waits-for-a-takeover-for-ever"]
        ) { stage in
            let (_, spares) = try orphaned(stage) { $0[0].manner.answers.remove("goPushMode2") }
            try given { try spares[0].request("goPushMode2", within: .seconds(25)) }
            let queries = stage.queries.count
            let pings = spares[0].requests("ping").count
            // Ten seconds for the round; then others are sought, or it gives up and plays from the CDN.
            try stage.wait(until: "another attempt, or the CDN", within: .seconds(45)) {
                stage.queries.count > queries || spares[0].requests("ping").count > pings
                    || spares[0].requests("goPushMode2").count > 1
            }
        },
        .peer(
            "repair/queries-in-measure",
            "The tracker is asked once in 10 s at most.",
            ["SWARM-048"],
            level: .should,
            saboteurs: ["asks-the-tracker-all-the-time"]
        ) { stage in
            let upstream = try stage.fed()
            try stage.pass(.seconds(2))
            upstream[1].hangUp()
            try stage.pass(.seconds(40))
            let times = stage.queries.map(\.at)
            guard times.count > 1 else { throw Inconclusive(reason: "the tracker was not asked again") }
            let shortest = zip(times.dropFirst(), times).map { ($0 - $1).seconds }.min() ?? 0
            // CHK-009: a tenth and 100 ms for the accuracy of timers.
            try require(shortest >= 8.9, expected: "10 s between queries", actual: "\(shortest) s")
        },
        .peer(
            "repair/gives-up",
            "A repair asks for no more peers 30 s after it began.",
            ["SWARM-049"],
            level: .should,
            saboteurs: ["seeks-for-ever"]
        ) { stage in
            let upstream = try stage.fed()
            try stage.pass(.seconds(2))
            // Whoever is back in CDN mode asks again 30 s later, for another reason.
            let lost = stage.now
            upstream[1].hangUp()
            try stage.pass(.seconds(64))
            let late = stage.queries.filter { $0.at > lost + .seconds(45) }
            try require(late.isEmpty, expected: "no query after 45 s", actual: "\(late.count) queries")
        },
        .peer(
            "repair/failure-leads-to-the-cdn",
            "When a repair fails, those who still push are stopped, and segments come from the CDN.",
            ["SWARM-052"],
            saboteurs: ["failed-repair-stays", "seeks-for-ever", "stays-without-stopping"]
        ) { stage in
            let upstream = try stage.fed()
            try stage.pass(.seconds(2))
            // The repair fails when the newest segment is complete: nobody must begin another.
            upstream[0].manner.pushes = { _ in false }
            upstream[1].hangUp()
            try upstream[0].request("stopPush", within: .seconds(60))
            let mark = stage.web.asked.count
            try stage.wait(until: "segments over HTTP", within: .seconds(10)) {
                stage.web.asked.dropFirst(mark).contains { $0.segment != nil }
            }
        },
        .peer(
            "repair/http-fails-as-well",
            "A segment that cannot be completed over HTTP either is skipped.",
            ["SWARM-053"],
            saboteurs: ["stuck-behind-a-missing-segment"]
        ) { stage in
            let upstream = try stage.fed()
            try stage.pass(.seconds(2))
            let number = stage.web.origin.newest(at: stage.now) + 2
            stage.web.reply { StageOrigin.number(of: $0.path) == number ? .response(HTTPResponse(404)) : .right }
            upstream[1].hangUp()
            try given {
                try stage.wait(until: "segment \(number) over HTTP", within: .seconds(15)) {
                    stage.requested(number) != nil
                }
            }
            try stage.wait(until: "a later segment over HTTP", within: .seconds(15)) {
                stage.segmentRequests.contains { $0.number > number }
            }
        },
        .peer(
            "repair/repaired-is-unstable",
            "A segment that was completed over HTTP is not offered.",
            ["SWARM-011", "PEER-080"],
            saboteurs: ["repaired-is-stable", "has-everything"]
        ) { stage in
            let upstream = try stage.fed()
            try stage.pass(.seconds(2))
            upstream[1].hangUp()
            let number = stage.web.origin.newest(at: stage.now) + 1
            try given {
                try stage.wait(until: "segment \(number) over HTTP", within: .seconds(10)) {
                    stage.requested(number) != nil
                }
                try stage.pass(.milliseconds(500))
            }
            let puppet = try stage.guest("D")
            let answer = try given {
                try puppet.response(to: puppet.ask(.hasChunk(uri: stage.segmentURL(number), id: .null)))
            }
            try answer.require("result", is: .boolean(false))
        },
    ]
}
