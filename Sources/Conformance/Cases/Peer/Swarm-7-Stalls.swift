import Flash
import HLSP2P
import RTMFP

/// swarm-algorithm §4.4 and §7 to §9: playlists from peers, stalls, repair, the CDN and the way back.
enum SwarmStallCases {
    static let all: [Case] = playlists + stalls + repairs + cdn

    /// A stage on which two puppets feed the peer, and one of them withholds its pieces from now on; gives the first
    /// segment of which a piece is missing.
    private static func withheld(
        _ stage: Stage,
        _ change: (Puppet) -> Void = { _ in }
    ) throws -> (culprit: Puppet, other: Puppet, number: Int) {
        let upstream = try stage.fed()
        try stage.pass(.seconds(2))
        let number = withhold(upstream[1])
        change(upstream[1])
        return (upstream[1], upstream[0], number)
    }

    /// Has a puppet push nothing any more; gives the first segment that it leaves out.
    private static func withhold(_ puppet: Puppet) -> Int {
        puppet.manner.pushes = { _ in false }
        return puppet.feeding.position + 1
    }

    private static let stalls: [Case] = [
        .peer(
            "stall/pings",
            "A peer whose piece is missing after 4 s is pinged.",
            ["SWARM-036"],
            level: .should,
            saboteurs: ["no-stall-ping", "patient-for-too-long"]
        ) { stage in
            let (culprit, _, _) = try withheld(stage)
            let count = culprit.requests("ping").count
            let ping = try culprit.request("ping", within: .seconds(9), after: count)
            try require((ping["externalID"] ?? .null) == .null, expected: "externalID null", actual: ping.summary)
        },
        .peer(
            "stall/http-in-the-end",
            "A segment that peers do not deliver comes over HTTP, 17 s after it was asked for at the latest.",
            ["SWARM-037"],
            saboteurs: ["stalls-for-ever", "stalls-at-last"]
        ) { stage in
            let (_, _, number) = try withheld(stage)
            try stage.wait(until: "segment \(number) over HTTP", within: .seconds(23)) {
                stage.requested(number) != nil
            }
        },
        .peer(
            "stall/mute-peer-fails",
            "A peer that does not answer the ping within 4 s has failed.",
            ["SWARM-038"],
            level: .should,
            saboteurs: ["mute-peer-kept", "patient-for-too-long", "stalls-for-ever"]
        ) { stage in
            let (culprit, _, number) = try withheld(stage) { $0.manner.answers = [] }
            try stage.wait(until: "segment \(number) over HTTP, and the end of the session", within: .seconds(13)) {
                stage.requested(number) != nil
                    && culprit.subscriptions.contains { $0.direction == .served && !$0.isOpen }
            }
        },
        .peer(
            "stall/slow-peer-fails",
            "A peer whose lastUsedTime is a target duration or more has failed when a segment stalls.",
            ["SWARM-039"],
            level: .should,
            saboteurs: ["slow-peer-kept", "patient-for-too-long", "stalls-for-ever"]
        ) { stage in
            let upstream = try stage.fed()
            upstream[1].manner.lastUsedTime = 2_500
            try stage.pass(.seconds(5))
            let number = withhold(upstream[1])
            try stage.wait(until: "segment \(number) over HTTP after the ping’s answer", within: .seconds(11.5)) {
                stage.requested(number) != nil
            }
        },
        .peer(
            "stall/speed-test",
            "Peers that answer the ping get a speedTest 4 s later.",
            ["SWARM-040"],
            level: .should,
            saboteurs: ["no-speed-test", "patient-for-too-long", "no-stall-ping"]
        ) { stage in
            let (culprit, _, _) = try withheld(stage)
            let word = try culprit.request("speedTest", within: .seconds(14))
            try require(word["start_time"]?.isDate ?? false, expected: "start_time as a Date", actual: word.summary)
        },
        .peer(
            "stall/others-are-paused",
            "The other peers are paused while the pieces of a failed one find somebody else.",
            ["SWARM-041"],
            level: .should,
            saboteurs: ["nobody-paused", "mute-peer-kept", "patient-for-too-long"]
        ) { stage in
            let (_, other, _) = try withheld(stage) { $0.manner.answers = [] }
            try other.request("pausePush", within: .seconds(13))
        },
        .peer(
            "stall/lost-peer",
            "When an upstream peer is gone, segments are completed over HTTP at once.",
            ["SWARM-043"],
            saboteurs: ["stalls-for-ever"]
        ) { stage in
            let upstream = try stage.fed()
            try stage.pass(.seconds(2))
            upstream[1].hangUp()
            let number = stage.web.origin.newest(at: stage.now) + 1
            try stage.wait(until: "a segment over HTTP", within: .seconds(8)) {
                stage.segmentRequests.contains { $0.number >= number }
            }
        },
        .peer(
            "stall/announced-by-an-error",
            "A segment that a peer says it will not deliver is repaired without a ping.",
            ["SWARM-037", "PEER-111"],
            level: .should,
            saboteurs: ["push-errors-ignored", "stalls-for-ever", "patient-for-too-long", "dies-of-push-errors"]
        ) { stage in
            let (culprit, _, number) = try withheld(stage)
            culprit.push("pushPieceError", [AMFMember("uri", .string(stage.segmentURL(number)))])
            // T is 4 s; without the notice nothing comes over HTTP before stage 2, at 8 s.
            try stage.wait(until: "segment \(number) over HTTP", within: .seconds(8)) {
                stage.requested(number) != nil
            }
        },
    ]
}
