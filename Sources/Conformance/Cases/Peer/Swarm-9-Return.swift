import Flash
import HLSP2P
import RTMFP

/// swarm-algorithm §5.2, §9 and §10: the CDN, the way back, and clean-up.
extension SwarmStallCases {
    /// A stage on which the peer plays from the CDN, and puppets have come that could feed it.
    private static func exiled(_ stage: Stage, spares count: Int = 3, _ manner: Manner = Manner()) throws -> [Puppet] {
        let spares = try stage.candidates(count, manner)
        _ = try stage.cached()
        for spare in spares { try stage.meet(spare) }
        return spares
    }

    static let cdn: [Case] = [
        .peer(
            "cdn/waits-before-the-return",
            "The way back into the swarm is not tried within 30 s after the failure.",
            ["SWARM-055"],
            level: .should,
            saboteurs: ["returns-at-once"]
        ) { stage in
            let spares = try exiled(stage)
            // The failure is not older than the second segment.
            let since = stage.segmentRequests.dropFirst().first?.at ?? stage.now
            try stage.require(no: "request", for: (since + .seconds(26)) - stage.now) {
                spares.lazy.compactMap { $0.words.first { $0.isRequest }?.summary }.first
            }
        },
        .peer(
            "cdn/returns",
            "Where enough peers are there, the way back into the swarm is found.",
            ["SWARM-056", "PEER-096"],
            level: .should,
            saboteurs: ["never-returns"]
        ) { stage in
            let spares = try exiled(stage)
            try stage.wait(until: "that two puppets push", within: .seconds(75)) {
                spares.count { $0.feeding.isOn } >= 2
            }
        },
        .peer(
            "cdn/goes-on-during-the-return",
            "Segments come over HTTP as long as the way back is not found.",
            ["SWARM-057"],
            saboteurs: ["stops-during-the-return"]
        ) { stage in
            var manner = Manner()
            manner.answers.remove("goPushMode2")
            let spares = try exiled(stage, manner)
            try given {
                try stage.wait(until: "goPushMode2", within: .seconds(75)) {
                    spares.contains { !$0.requests("goPushMode2").isEmpty }
                }
            }
            let mark = stage.web.asked.count
            try stage.wait(until: "two segments over HTTP", within: .seconds(8)) {
                stage.web.asked.dropFirst(mark).count { $0.segment != nil } >= 2
            }
        },
        .peer(
            "cdn/failed-return-stops",
            "When the way back is not found, those who push already are stopped.",
            ["SWARM-058"],
            saboteurs: ["stays-without-stopping"]
        ) { stage in
            let spares = try exiled(stage)
            let asked = try given {
                for spare in spares { spare.manner.answers.remove("goPushMode2") }
                return try stage.wait("goPushMode2 to two puppets", within: .seconds(75)) { () -> [Puppet]? in
                    let asked = spares.filter { !$0.requests("goPushMode2").isEmpty }
                    return asked.count >= 2 ? asked : nil
                }
            }
            // One accepts, the others stay silent.
            asked[0].answer(asked[0].requests("goPushMode2")[0])
            try asked[0].request("stopPush", within: .seconds(25))
        },
        .peer(
            "cdn/unstable-during-the-return",
            "Segments that are loaded while the way back is sought are not offered.",
            ["SWARM-013"],
            saboteurs: ["has-everything", "everything-loaded-is-stable"]
        ) { stage in
            var manner = Manner()
            manner.answers.remove("goPushMode2")
            let spares = try exiled(stage, manner)
            try given {
                try stage.wait(until: "goPushMode2", within: .seconds(75)) {
                    spares.contains { !$0.requests("goPushMode2").isEmpty }
                }
            }
            let mark = stage.web.asked.count
            let number = try given {
                try stage.wait("a segment over HTTP", within: .seconds(6)) {
                    stage.web.asked.dropFirst(mark).lazy.compactMap(\.segment).first
                }
            }
            try stage.pass(.milliseconds(300))
            let id = spares[2].ask(.hasChunk(uri: stage.segmentURL(number), id: .null))
            try given { try spares[2].response(to: id) }.require("result", is: .boolean(false))
        },
        .peer(
            "cdn/source-servers",
            "Source servers are asked in turn, for the same path.",
            ["SWARM-021"],
            level: .should,
            saboteurs: ["one-server-for-all"]
        ) { stage in
            let other = stage.authority.replacing("127.0.0.1", with: "localhost").replacing("stage.", with: "other.")
            stage.sourceServers = [stage.authority, other]
            try stage.begin()
            try given {
                try stage.wait(until: "requests for five segments", within: .seconds(30)) {
                    stage.segmentRequests.count >= 5
                }
            }
            let hosts = Set(stage.web.asked.filter { $0.segment != nil }.compactMap { $0.request.field("Host") })
            try require(hosts == [stage.authority, other], expected: "both servers", actual: "\(hosts.sorted())")
        },
        .peer(
            "cdn/silent-source",
            "A source that is silent is asked again, a few times, before the segment is skipped.",
            ["SWARM-060"],
            level: .should,
            saboteurs: ["patient-for-too-long"]
        ) { stage in
            let held = try stage.cached()
            let number = (held.last ?? 0) + 1
            stage.web.reply { StageOrigin.number(of: $0.path) == number ? .silence : .right }
            try given {
                try stage.wait(until: "segment \(number)", within: .seconds(10)) { stage.requested(number) != nil }
            }
            try stage.wait(until: "another request for \(number)", within: .seconds(6)) {
                stage.segmentRequests.count { $0.number == number } >= 2
            }
        },
        .peer(
            "session/idle-is-closed",
            "A session without any relation is closed after more than a minute.",
            ["SWARM-059"],
            level: .should,
            saboteurs: ["idle-is-kept"]
        ) { stage in
            try stage.begin()
            let puppet = try stage.guest("P")
            try stage.wait(until: "close, or the end of the streams", within: .seconds(150)) {
                !puppet.requests("close").isEmpty || puppet.subscriptions.contains { !$0.isOpen }
            }
        },
    ]
}
