import Flash
import HLSP2P
import RTMFP

/// peer-protocol §5: windows, confirms and timeouts.
enum PeerWindowCases {
    static let all: [Case] = responses + confirms + requests + timeouts

    private static func puppet(_ stage: Stage, confirms: Bool = true) throws -> Puppet {
        try stage.begin()
        var manner = Manner.idle
        manner.confirms = confirms
        let puppet = try stage.guest("P", manner)
        try given { try puppet.ping(1) }
        return puppet
    }

    private static func ask(_ puppet: Puppet) -> Int {
        puppet.ask(.hasChunk(uri: "http://h/hlsp2p-check/none.ts", id: .string("Q")))
    }

    private static let responses: [Case] = [
        .peer(
            "window/one-response-at-a-time",
            "One response at most waits for its confirm.",
            ["PEER-063"],
            level: .should,
            needs: [],
            saboteurs: ["responses-do-not-wait"]
        ) { stage in
            let puppet = try puppet(stage, confirms: false)
            let first = ask(puppet)
            try given { try puppet.response(to: first) }
            let second = ask(puppet)
            try puppet.ping(8)
            let early = puppet.words.first { $0.answers(second) }
            try require(
                early == nil,
                expected: "the second answer after the first confirm",
                actual: early?.summary ?? ""
            )
        },
        .peer(
            "window/goes-on-after-a-late-confirm",
            "The next response goes out when the one before is confirmed, be it late.",
            ["PEER-064"],
            needs: [],
            saboteurs: ["window-sticks"]
        ) { stage in
            let puppet = try puppet(stage, confirms: false)
            let first = ask(puppet)
            let answer = try given { try puppet.response(to: first) }
            let second = ask(puppet)
            try stage.pass(.seconds(10))
            puppet.confirm(answer)
            try puppet.response(to: second)
        },
        .peer(
            "window/stray-confirm-ignored",
            "A confirm of what does not wait for one is ignored.",
            ["PEER-065"],
            needs: [],
            saboteurs: ["any-confirm-counts", "stray-confirm-repeats"]
        ) { stage in
            let puppet = try puppet(stage, confirms: false)
            let first = ask(puppet)
            let answer = try given { try puppet.response(to: first) }
            let second = ask(puppet)
            puppet.confirm(answer) { members in
                members.removeAll { $0.name == "__resp_msg_id" }
                members.append(AMFMember("__resp_msg_id", .int(9_999)))
            }
            try puppet.ping(8)
            let more = puppet.words.filter { $0.answers(first) || $0.answers(second) }
            try require(
                more.count == 1,
                expected: "nothing because of a confirm of 9999",
                actual: more.last?.summary ?? ""
            )
        },
        .peer(
            "window/ping-does-not-wait",
            "A ping is answered at once, also while a response is not confirmed.",
            ["PEER-071"],
            needs: [],
            saboteurs: ["ping-waits"]
        ) { stage in
            let puppet = try puppet(stage, confirms: false)
            let first = ask(puppet)
            try given { try puppet.response(to: first) }
            try puppet.ping(8)
        },
        .peer(
            "window/speed-test-waits",
            "The answer to speedTest keeps its place behind what is not confirmed.",
            ["PEER-118"],
            level: .should,
            needs: [],
            saboteurs: ["responses-do-not-wait"]
        ) { stage in
            let puppet = try puppet(stage, confirms: false)
            let first = ask(puppet)
            let answer = try given { try puppet.response(to: first) }
            let test = puppet.ask(.speedTest(start: stage.milliseconds, id: "DefaultP2PNetwork1"))
            try given { try puppet.ping(8) }
            let early = puppet.words.first { $0.answers(test) }
            try require(early == nil, expected: "no answer before the confirm", actual: early?.summary ?? "")
            puppet.confirm(answer)
            try given { try puppet.response(to: test) }
        },
    ]

    private static let confirms: [Case] =
        [
            .peer(
                "confirm/of-a-push",
                "A piece is confirmed within a second, also one that nobody wants.",
                ["PEER-066", "PEER-109"],
                needs: [],
                saboteurs: ["nothing-confirmed", "unwanted-piece-unconfirmed"]
            ) { stage in
                let puppet = try puppet(stage)
                let id = puppet.push(90, Assignment(id: 0, count: 2, offset: 0, length: 1_000))
                try puppet.confirm(of: id, within: .seconds(1.5))
            },
            .peer(
                "confirm/of-answers",
                "The answers to hasChunk, getPiece and goPushMode are confirmed.",
                ["PEER-066"],
                saboteurs: ["nothing-confirmed", "answers-unconfirmed"]
            ) { stage in
                let upstream = try stage.candidates(2)
                stage.web.name(upstream.map(\.id.description))
                try stage.begin()
                for puppet in upstream {
                    try given { try puppet.request("hasChunk", within: .seconds(20)) }
                    try stage.wait(until: "a confirm of the answer to hasChunk") {
                        puppet.words.contains { $0.isConfirm && $0.subtype == "hasChunk" }
                    }
                }
            },
            .peer(
                "confirm/not-of-push-errors",
                "pushPieceError is not confirmed, and does no harm.",
                ["PEER-067", "PEER-111"],
                needs: [],
                saboteurs: ["everything-confirmed", "dies-of-push-errors"]
            ) { stage in
                let puppet = try puppet(stage)
                let id = puppet.push("pushPieceError", [AMFMember("uri", .string(stage.segmentURL(90)))])
                try puppet.ping(8)
                try requireNoConfirm(of: id, by: puppet)
            },
            .peer(
                "confirm/not-without-care",
                "A push without __care_confirm is not confirmed.",
                ["PEER-067"],
                needs: [],
                saboteurs: ["everything-confirmed"]
            ) { stage in
                let puppet = try puppet(stage)
                let id = puppet.makeID()
                let uri = AMFMember("uri", AMF3Value.string(stage.segmentURL(90)))
                puppet.say(Puppet.response("pushPieceError", to: -1, wantsConfirm: false, [uri], id: id))
                try puppet.ping(8)
                try requireNoConfirm(of: id, by: puppet)
            },
            .peer(
                "confirm/repeats-the-operation",
                "A confirm has the operation and the number of what it confirms.",
                ["PEER-068"],
                needs: [],
                saboteurs: [
                    "confirm-of-another-operation", "confirm-of-another-number", "nothing-confirmed",
                    "unwanted-piece-unconfirmed",
                ]
            ) { stage in
                let puppet = try puppet(stage)
                let id = puppet.push(90, Assignment(id: 0, count: 2, offset: 0, length: 1_000))
                let confirm = try puppet.confirm(of: id)
                try confirm.require("__subtype", is: .string("pushPiece"))
            },
            .peer(
                "confirm/repeats-the-opacity",
                "__opacity of a response comes back as __respOpacity.",
                ["PEER-059"],
                needs: [],
                saboteurs: [
                    "opacity-lost", "nothing-confirmed", "unwanted-piece-unconfirmed", "confirm-of-another-number",
                ]
            ) { stage in
                let puppet = try puppet(stage)
                let id = puppet.push(90, Assignment(id: 0, count: 2, offset: 0, length: 1_000)) { members in
                    members.append(AMFMember("__opacity", .string("opaque")))
                }
                try puppet.confirm(of: id).require("__respOpacity", is: .string("opaque"))
            },
            .peer(
                "confirm/overtakes-the-window",
                "A confirm goes out at once, ahead of responses that wait.",
                ["PEER-069"],
                level: .should,
                needs: [],
                saboteurs: [
                    "confirm-waits", "nothing-confirmed", "unwanted-piece-unconfirmed", "confirm-of-another-number",
                ]
            ) { stage in
                let puppet = try puppet(stage, confirms: false)
                let first = ask(puppet)
                try given { try puppet.response(to: first) }
                _ = ask(puppet)
                let id = puppet.push(90, Assignment(id: 0, count: 2, offset: 0, length: 1_000))
                try puppet.confirm(of: id)
            },
            .peer(
                "confirm/of-an-answer-to-nothing",
                "An answer to nothing is confirmed if it wants to be, and nothing more.",
                ["PEER-070"],
                level: .should,
                needs: [],
                saboteurs: ["stray-answer-unconfirmed", "nothing-confirmed", "confirm-of-another-number"]
            ) { stage in
                let puppet = try puppet(stage)
                let id = puppet.makeID()
                let members: Puppet.Members = [
                    AMFMember("uri", .string(stage.segmentURL(90))), AMFMember("result", .boolean(true)),
                    AMFMember("id", .null), AMFMember("avgChunkSize", .int(5_000)), AMFMember("calFrom", .int(3)),
                    AMFMember("outPeerNumber", .int(0)),
                ]
                puppet.say(Puppet.response("hasChunk", to: 77_777, wantsConfirm: true, members, id: id))
                try puppet.confirm(of: id)
            },
        ] + silent

    /// Requests that are not answered.
    private static let silent: [Case] =
        [
            ("pause-push", Request.pausePush), ("resume-push", Request.resumePush(uri: "http://h/hlsp2p-check/100.ts")),
        ].map { name, request in
            .peer(
                "window/no-answer-to-\(name)",
                "\(request.subtype) is not answered.",
                ["PEER-072"],
                needs: [],
                saboteurs: ["\(name)-answered"]
            ) { stage in
                let puppet = try puppet(stage)
                let id = puppet.ask(request)
                try puppet.ping(8)
                let answer = puppet.words.first { $0.answers(id) }
                try require(answer == nil, expected: "no answer", actual: answer?.summary ?? "")
            }
        } + [
            .peer(
                "session/close-is-minded",
                "close ends the streams with the sender, without an answer.",
                ["PEER-119", "PEER-072"],
                needs: [],
                saboteurs: ["close-ignored", "close-answered"]
            ) { stage in
                let puppet = try puppet(stage)
                let served = puppet.subscriptions.filter { $0.direction == .served }
                let id = puppet.ask(.close)
                try stage.wait(until: "that the peer gives up its subscriptions", within: .seconds(5)) {
                    served.allSatisfy { !$0.isOpen }
                }
                let answer = puppet.words.first { $0.answers(id) }
                try require(answer == nil, expected: "no answer", actual: answer?.summary ?? "")
            },
            .peer(
                "session/welcome-after-close",
                "Who has closed in order may come again.",
                ["PEER-120"],
                level: .should,
                needs: [],
                saboteurs: ["closed-peer-refused"]
            ) { stage in
                let puppet = try puppet(stage)
                puppet.ask(.close)
                try stage.pass(.seconds(1))
                for subscription in puppet.subscriptions where subscription.isOpen { puppet.leave(subscription) }
                try stage.pass(.seconds(1))
                puppet.subscriptions.removeAll()
                puppet.nextID = 0
                puppet.seek()
                try stage.wait(until: "that the streams are up again", within: .seconds(8)) { puppet.isReady }
                try given { try puppet.ping(8) }
            },
        ]

    private static let requests: [Case] = [
        .peer(
            "window/old-timers-are-over",
            "What was not confirmed in a session that has ended does no harm to the next one.",
            ["PEER-077"],
            needs: [],
            saboteurs: ["old-timer-strikes", "closed-peer-refused"]
        ) { stage in
            let puppet = try puppet(stage, confirms: false)
            let id = ask(puppet)
            try given { try puppet.response(to: id) }
            puppet.ask(.close)
            try stage.pass(.seconds(1))
            for subscription in puppet.subscriptions where subscription.isOpen { puppet.leave(subscription) }
            try stage.pass(.seconds(1))
            puppet.subscriptions.removeAll()
            puppet.nextID = 0
            puppet.manner.confirms = true
            puppet.seek()
            try stage.wait(until: "that the streams are up again", within: .seconds(8)) { puppet.isReady }
            for number in 0..<12 {
                try stage.pass(.seconds(3))
                try puppet.ping(100 + number)
            }
        },
        .peer(
            "window/one-request-at-a-time",
            "One windowed request at most is not answered.",
            ["PEER-061"],
            level: .should,
            saboteurs: ["requests-do-not-wait"]
        ) { stage in
            let puppet = try unanswered(stage)
            try stage.pass(.seconds(9))
            let requests = puppet.words.filter { $0.isRequest && windowed.contains($0.subtype) }
            let later = requests.last {
                $0.subtype != "hasChunk" && $0.subtype != "getPiece" && $0.subtype != "goPushMode"
            }
            try require(later == nil, expected: "nothing after goPushMode", actual: later?.summary ?? "")
        },
        .peer(
            "window/not-asked-again-after-a-ping",
            "The answer to a ping does not have an unanswered request sent again (Q-001).",
            ["PEER-062"],
            saboteurs: ["asked-again-with-a-ping"]
        ) { stage in
            let puppet = try unanswered(stage)
            try stage.pass(.seconds(9))
            let asked = puppet.requests("goPushMode")
            guard puppet.requests("ping").count > 0 else {
                throw Inconclusive(reason: "the peer has not pinged in the meantime")
            }
            try require(asked.count == 1, expected: "goPushMode once", actual: "\(asked.count) times")
        },
    ]

    private static let windowed: Set<String> = [
        "hasChunk", "getPiece", "goPushMode", "goPushMode2", "stopPush", "speedTest",
    ]

    /// A puppet that answers all but `goPushMode`, and is therefore asked what is the matter.
    private static func unanswered(_ stage: Stage) throws -> Puppet {
        let upstream = try stage.candidates(2)
        upstream[0].manner.answers.remove("goPushMode")
        stage.web.name(upstream.map(\.id.description))
        try stage.begin()
        try given { try upstream[0].request("goPushMode", within: .seconds(30)) }
        return upstream[0]
    }

    private static let timeouts: [Case] = [
        .peer(
            "window/unanswered-request-ends-the-session",
            "A session whose request is not answered within 30 s is closed.",
            ["PEER-075"],
            level: .should,
            saboteurs: ["waits-for-ever"]
        ) { stage in
            let puppet = try stage.candidates(1)[0]
            puppet.manner.answers.remove("hasChunk")
            stage.web.name([puppet.id.description])
            try stage.begin()
            try given { try puppet.request("hasChunk", within: .seconds(25)) }
            try stage.wait(until: "that the peer gives up its subscriptions", within: .seconds(40)) {
                puppet.subscriptions.filter { $0.direction == .served }.allSatisfy { !$0.isOpen }
            }
        },
        .peer(
            "window/unconfirmed-response-ends-the-session",
            "A session whose response is not confirmed within 30 s is closed.",
            ["PEER-076"],
            level: .should,
            needs: [],
            saboteurs: ["waits-for-ever"]
        ) { stage in
            let puppet = try puppet(stage, confirms: false)
            let id = ask(puppet)
            try given { try puppet.response(to: id) }
            try stage.wait(until: "that the peer gives up its subscriptions", within: .seconds(40)) {
                puppet.subscriptions.filter { $0.direction == .served }.allSatisfy { !$0.isOpen }
            }
        },
    ]

    private static func requireNoConfirm(of id: Int, by puppet: Puppet) throws {
        let confirm = puppet.words.first { $0.kind == .confirm(of: id) }
        try require(confirm == nil, expected: "no confirm", actual: confirm?.summary ?? "")
    }
}
