import Flash
import HLSP2P
import RTMFP

/// peer-protocol §6.6 to §6.9: pauses, stops, and who else is served.
extension PeerPushCases {
    static let pauses: [Case] = [
        .peer(
            "push/pause",
            "After pausePush nothing is pushed any more.",
            ["PEER-112"],
            saboteurs: ["pause-ignored"]
        ) { stage in
            let (puppet, _) = try fed(stage)
            puppet.ask(.pausePush)
            try puppet.ping(8)
            // What was queued before may still come.
            let count = puppet.pushed.count + 1
            try stage.pass(.seconds(7))
            try require(
                puppet.pushed.count <= count,
                expected: "no piece after the pause",
                actual: puppet.pushed.last?.summary ?? ""
            )
        },
        .peer(
            "push/resume",
            "After resumePush the same slice goes on, with what is newer than the segment named.",
            ["PEER-112", "PEER-113"],
            saboteurs: ["resume-ignored", "resumes-from-the-start", "resumes-with-another-slice"]
        ) { stage in
            let (puppet, held) = try stage.questioner()
            try puppet.beFed(after: held[0], half)
            try given { _ = try pieces(2, of: puppet) }
            puppet.ask(.pausePush)
            try stage.pass(.seconds(5))
            let count = puppet.pushed.count
            let position = puppet.pushed.compactMap(\.segment).max() ?? 0
            // Older than what was pushed last: nothing is repeated.
            puppet.ask(.resumePush(uri: stage.segmentURL(held[0])))
            let piece = try stage.wait("a piece after resumePush", within: .seconds(6)) {
                puppet.pushed.count > count ? puppet.pushed[count] : nil
            }
            try require((piece.segment ?? 0) > position, expected: "a segment after \(position)", actual: piece.summary)
            try piece.require("offset", is: .int(half.offset))
            let octets = stage.web.origin.octets(of: piece.segment ?? 0)
            try requireEqual(piece["data"]?.octets ?? [], Array(octets[half.range(in: octets.count)]), "data")
        },
        .peer(
            "push/resume-skips",
            "resumePush that names a newer segment goes on after that one.",
            ["PEER-113"],
            saboteurs: ["resume-ignored", "resume-does-not-skip", "resumes-from-the-start"]
        ) { stage in
            let (puppet, held) = try fed(stage)
            puppet.ask(.pausePush)
            try puppet.ping(8)
            try stage.pass(.seconds(7))
            let count = puppet.pushed.count
            guard let newest = stage.held.dropLast().last else { throw Inconclusive(reason: "nothing was loaded") }
            puppet.ask(.resumePush(uri: stage.segmentURL(newest)))
            let piece = try stage.wait("a piece after resumePush", within: .seconds(6)) {
                puppet.pushed.count > count ? puppet.pushed[count] : nil
            }
            try require((piece.segment ?? 0) > newest, expected: "a segment after \(newest)", actual: piece.summary)
        },
        .peer(
            "push/resume-in-the-future",
            "resumePush that names a segment which is not there yet waits for it.",
            ["PEER-114"],
            saboteurs: ["resume-ignored", "resume-does-not-skip", "resumes-from-the-start"]
        ) { stage in
            let (puppet, _) = try fed(stage)
            puppet.ask(.pausePush)
            try puppet.ping(8)
            try stage.pass(.seconds(1))
            let count = puppet.pushed.count
            let future = stage.web.origin.newest(at: stage.now) + 2
            puppet.ask(.resumePush(uri: stage.segmentURL(future)))
            let piece = try stage.wait("a piece after \(future)", within: .seconds(15)) {
                puppet.pushed.count > count ? puppet.pushed[count] : nil
            }
            try require((piece.segment ?? 0) > future, expected: "a segment after \(future)", actual: piece.summary)
        },
        .peer(
            "push/stop",
            "After stopPush, which is answered, nothing is pushed any more.",
            ["PEER-115"],
            saboteurs: ["stop-ignored", "stop-push-unanswered"]
        ) { stage in
            let (puppet, _) = try fed(stage)
            let id = puppet.ask(.stopPush(externalID: .string("")))
            try puppet.response(to: id)
            let count = puppet.pushed.count
            try stage.pass(.seconds(7))
            try require(
                puppet.pushed.count == count,
                expected: "no piece after stopPush",
                actual: puppet.pushed.last?.summary ?? ""
            )
        },
    ]

    static let others: [Case] = [
        .peer(
            "push/nobody-else",
            "Who has not asked for it gets nothing pushed.",
            ["SWARM-029"],
            saboteurs: ["pushes-to-everybody"]
        ) { stage in
            let (puppet, held) = try stage.questioner()
            let bystander = try stage.guest("B")
            let slice = half
            let id = bystander.ask(.getPiece(uri: stage.segmentURL(held[0]), slice))
            try given { try bystander.response(to: id) }
            try puppet.beFed(after: held[0], half)
            try given { _ = try pieces(2, of: puppet) }
            try stage.pass(.seconds(4))
            try require(bystander.pushed.isEmpty, expected: "no piece", actual: bystander.pushed.first?.summary ?? "")
        },
        .peer(
            "push/others-go-on",
            "Others are served while one waits for the segment that it goes on with.",
            ["SWARM-032"],
            saboteurs: ["one-waits-all-wait", "never-pushes"]
        ) { stage in
            let (waiting, held) = try stage.questioner()
            let other = try stage.guest("O")
            try waiting.beFed(after: stage.web.origin.newest(at: stage.now) + 500, half)
            try other.beFed(after: stage.held.last ?? held[0], half)
            _ = try pieces(2, of: other, within: .seconds(12))
        },
        .peer(
            "push/skipped-segment",
            "A segment that cannot be had is skipped, and those who are fed are told.",
            ["PEER-110", "SWARM-033"],
            level: .should,
            saboteurs: ["skips-silently", "stuck-behind-a-missing-segment"]
        ) { stage in
            let (puppet, _) = try fed(stage)
            let missing = stage.web.origin.newest(at: stage.now) + 2
            stage.web.reply { request in
                StageOrigin.number(of: request.path) == missing ? .response(HTTPResponse(404)) : .right
            }
            try stage.wait(until: "pushPieceError of \(missing)", within: .seconds(20)) {
                puppet.pushErrors.contains { $0.segment == missing }
            }
            try stage.wait(until: "a piece of a later segment", within: .seconds(10)) {
                puppet.pushed.contains { ($0.segment ?? 0) > missing }
            }
        },
        .peer(
            "cdn/segment-missing",
            "A segment that the origin does not have is skipped.",
            ["SWARM-022"],
            saboteurs: ["stuck-behind-a-missing-segment"]
        ) { stage in
            let held = try stage.cached()
            let missing = (held.last ?? 0) + 2
            stage.web.reply { request in
                StageOrigin.number(of: request.path) == missing ? .response(HTTPResponse(404)) : .right
            }
            try stage.wait(until: "a request for a later segment", within: .seconds(20)) {
                stage.segmentRequests.contains { $0.number > missing }
            }
        },
    ]

    /// A puppet that is pushed the first half of each segment, and the segments that the peer held before.
    private static func fed(_ stage: Stage) throws -> (puppet: Puppet, held: [Int]) {
        let (puppet, held) = try stage.questioner()
        try puppet.beFed(after: held[0], half)
        try given { _ = try pieces(1, of: puppet) }
        return (puppet, held)
    }
}
