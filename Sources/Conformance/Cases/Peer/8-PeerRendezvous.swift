import Flash
import HLSP2P
import RTMFP

/// tracker-protocol §3.3, §5 and §8.1: what a peer says to rendezvous and tracker.
enum PeerRendezvousCases {
    static let all: [Case] = rendezvous + queries + answers + entries

    private static let rendezvous: [Case] = [
        .peer(
            "rendezvous/connect-names-the-resource",
            "connect goes to the URL without its last part, which is the first argument after the command object.",
            ["RDV-016", "SWARM-061"],
            saboteurs: ["resource-in-the-url", "resource-not-named"]
        ) { stage in
            try stage.start()
            let connect = try given {
                try stage.wait("connect", within: stage.patience) {
                    stage.rendezvous.said.first { $0.command.name == "connect" }?.command
                }
            }
            try require(
                connect.arguments.first?.string == stage.resource,
                expected: "connect with “\(stage.resource)” after the command object",
                actual: "\(connect.arguments.count) arguments: \(connect.arguments.first?.string ?? "no string")"
            )
            let url = connect.object["tcUrl"]?.string ?? ""
            try require(
                url == stage.connectURL || url == stage.connectURL + "/",
                expected: "tcUrl \(stage.connectURL)",
                actual: "tcUrl \(url)"
            )
        },
        .peer(
            "rendezvous/set-peer-info",
            "setPeerInfo follows the success of connect.",
            ["RDV-017"],
            saboteurs: ["no-peer-info"]
        ) { stage in
            try stage.begin()
            try stage.wait(until: "setPeerInfo", within: .seconds(5)) {
                stage.rendezvous.said.contains { $0.command.name == "setPeerInfo" }
            }
        },
        .peer(
            "rendezvous/new-identity-each-time",
            "A peer that comes again has another peer ID.",
            ["RDV-018"],
            saboteurs: ["same-identity-again"]
        ) { stage in
            try stage.begin()
            let first = stage.subjectName
            let count = stage.rendezvous.registry.registrations.count
            stage.dismiss()
            try stage.pass(.seconds(1))
            try given {
                try stage.start()
                try stage.wait(until: "that the peer registers again", within: stage.patience) {
                    stage.rendezvous.registry.registrations.count > count
                }
            }
            try require(stage.subjectName != first, expected: "another peer ID", actual: "the same again")
        },
        .peer(
            "rendezvous/unknown-command-ignored",
            "A command of the server that is not known is ignored.",
            ["RDV-019"],
            saboteurs: ["dies-of-unknown-command"]
        ) { stage in
            try stage.begin()
            guard let guest = stage.rendezvous.guests.last(where: { $0.id == stage.subjectID }) else {
                throw Inconclusive(reason: "the peer has no session with the rendezvous")
            }
            let command = Command("participantChanged", [.string(String(repeating: "ab", count: 32))])
            stage.rendezvous.say(command, to: guest.session, at: stage.now)
            try stage.require(no: "end of the connection", for: .seconds(3)) {
                stage.rendezvous.gone.contains { $0.session == guest.session } ? "the peer has closed it" : nil
            }
            let puppet = try stage.puppet("P")
            puppet.seek()
            try stage.wait(until: "a session with the peer afterwards", within: .seconds(8)) { puppet.session != nil }
        },
        .peer(
            "rendezvous/mute",
            "A peer whose rendezvous does not answer within 15 s goes on over HTTP.",
            ["SWARM-019"],
            saboteurs: ["waits-for-the-rendezvous", "refusal-ignored", "no-segment-after-first", "peer-mute"]
        ) { stage in
            stage.rendezvous.manner = .mute
            try stage.start()
            try stage.wait(until: "requests for four segments", within: .seconds(35)) {
                Set(stage.segmentRequests.map(\.number)).count >= 4
            }
        },
        .peer(
            "rendezvous/refusing",
            "A peer that the rendezvous refuses goes on over HTTP.",
            ["SWARM-020"],
            saboteurs: ["refusal-ignored", "no-segment-after-first", "peer-mute"]
        ) { stage in
            stage.rendezvous.manner = .refusing
            try stage.start()
            try stage.wait(until: "requests for four segments", within: .seconds(30)) {
                Set(stage.segmentRequests.map(\.number)).count >= 4
            }
        },
    ]

    private static let queries: [Case] =
        [1, 2, 3].map { count in
            .peer(
                "tracker/query-for-\(count)",
                "The tracker is asked for trunc(1.5 × \(count)) peers of the resource.",
                ["TRK-047"],
                saboteurs: ["query-for-two-more", "query-for-another-resource"]
            ) { stage in
                stage.peerCount = count
                try stage.begin()
                let query = try given {
                    try stage.wait("a query of the tracker", within: .seconds(10)) {
                        stage.queries.first?.request.query
                    }
                }
                try require(
                    query.text("resourceID") == stage.resource,
                    expected: "resourceID=\(stage.resource)",
                    actual: "resourceID=\(query.text("resourceID") ?? "nothing")"
                )
                try require(
                    query.text("size") == "\(count * 3 / 2)",
                    expected: "size=\(count * 3 / 2)",
                    actual: "size=\(query.text("size") ?? "nothing")"
                )
            }
        } + [
            .peer(
                "tracker/public-stream-comes-first",
                "The tracker is asked only when the public stream can be played.",
                ["TRK-050"],
                level: .should,
                saboteurs: ["publishes-late"]
            ) { stage in
                try stage.begin()
                let puppet = try stage.puppet("P")
                try given {
                    try stage.wait(until: "a query of the tracker", within: .seconds(10)) { !stage.queries.isEmpty }
                }
                puppet.seek()
                try given { try stage.wait(until: "a session", within: .seconds(8)) { puppet.session != nil } }
                try stage.wait(until: "Play.Start of the public stream") { puppet.publicHeard?.startedAt != nil }
            },
            .peer(
                "tracker/departure-is-told",
                "Who leaves tells the tracker: POST /peer_disconnect with peer_id and app.",
                ["TRK-051"],
                level: .should,
                saboteurs: ["leaves-without-a-word", "departs-as-somebody-else"]
            ) { stage in
                try stage.begin()
                let name = stage.subjectName
                stage.dismiss()
                let said = try stage.wait("POST /peer_disconnect", within: .seconds(3)) {
                    stage.web.asked.first { $0.request.path == StageWeb.departurePath }
                }
                let form = FormFields(said.request.body)
                try require(
                    form.text("peer_id") == name && form.text("app") == stage.resource,
                    expected: "the peer’s own ID, and app=\(stage.resource)",
                    actual: String(decoding: said.request.body.prefix(200), as: UTF8.self)
                )
            },
        ]

    /// Answers of the tracker that are none.
    private static let answers: [Case] = [
        ("empty", "An empty answer", 200, ""),
        ("html", "An answer in HTML", 200, "<html><body>Bad gateway</body></html>"),
        ("object", "An object instead of an array", 200, #"{"peers":[]}"#),
        ("number", "A number instead of an array", 200, "42"),
        ("null", "null instead of an array", 200, "null"),
        ("cut", "An array that is cut off", 200, #"["0123456789abcdef"#),
        ("status-404", "Status 404", 404, "[]"),
        ("status-500", "Status 500", 500, "[]"),
    ].map { (name: String, what: String, status: Int, text: String) in
        .peer(
            "tracker/answer-\(name)",
            "\(what) counts as an empty list: the stream goes on.",
            ["TRK-048"],
            saboteurs: ["senseless-answer-hangs", "no-segment-after-first"]
        ) { stage in
            stage.web.reply { request in
                guard request.path == StageWeb.trackerPath else { return .right }
                return .response(HTTPResponse(status, "application/json", text))
            }
            try stage.begin()
            try stage.wait(until: "requests for four segments", within: .seconds(45)) {
                Set(stage.segmentRequests.map(\.number)).count >= 4
            }
        }
    }

    private static let someID = String(repeating: "5a", count: 32)

    /// Entries that name nobody, among one that does.
    private static let entries: [Case] =
        [
            ("null", "null", "null,null"),
            ("numbers", "numbers", "7,-1"),
            ("short", "IDs of 63 digits", "\"\(someID.dropLast())\""),
            ("long", "IDs of 65 digits", "\"\(someID)0\""),
            ("not-hexadecimal", "IDs with other letters", "\"\(someID.dropLast())g\""),
            ("objects", "objects", #"{"id":7}"#),
            ("empty-string", "empty strings", "\"\""),
        ].map { name, what, entries in
            .peer(
                "tracker/ignores-\(name)",
                "Entries of the tracker that are \(what) are ignored; the others are connected to.",
                ["TRK-049"],
                saboteurs: ["takes-anything-for-an-id", "never-connects"]
            ) { stage in
                let puppet = try stage.candidates(1)[0]
                let id = puppet.id.description
                stage.web.trackerSays("[\(entries),\"\(id)\"]")
                try stage.begin()
                try stage.wait(until: "a subscription to the puppet", within: .seconds(12)) {
                    puppet.publicServed != nil
                }
                try stage.pass(.seconds(3))
                try requireNobodyElse(stage, [puppet])
            }
        } + [
            .peer(
                "tracker/ignores-duplicates",
                "An ID that is named twice is connected to once.",
                ["TRK-049"],
                saboteurs: ["never-connects"]
            ) { stage in
                let puppet = try stage.candidates(1)[0]
                stage.web.name([puppet.id.description, puppet.id.description])
                try stage.begin()
                try stage.wait(until: "a subscription to the puppet", within: .seconds(12)) {
                    puppet.publicServed != nil
                }
                try stage.pass(.seconds(3))
                let plays = puppet.subscriptions.count { $0.direction == .served && $0.name == puppet.id.description }
                try require(plays == 1, expected: "one subscription to the public stream", actual: "\(plays)")
            },
            .peer(
                "tracker/ignores-itself",
                "The peer's own ID is ignored.",
                ["SWARM-023", "TRK-049"],
                saboteurs: ["connects-to-itself"]
            ) { stage in
                try stage.begin()
                // It does not know yet that it is registered, and asks the tracker only then.
                stage.web.name([stage.subjectName])
                try given {
                    try stage.wait(until: "a query of the tracker", within: .seconds(10)) { !stage.queries.isEmpty }
                }
                try stage.pass(.seconds(3))
                try requireNobodyElse(stage, [])
            },
            .peer(
                "tracker/ignores-more-than-asked-for",
                "Of more peers than were asked for, no more are connected to.",
                ["TRK-049"],
                level: .observed,
                saboteurs: ["connects-to-all"]
            ) { stage in
                let puppets = try stage.candidates(6, .idle)
                stage.web.name(puppets.map(\.id.description))
                try stage.begin()
                try given {
                    try stage.wait(until: "a subscription", within: .seconds(12)) {
                        puppets.contains { $0.publicServed != nil }
                    }
                }
                try stage.pass(.seconds(3))
                let count = puppets.count { $0.publicServed != nil }
                try require(count <= 3, expected: "3 peers at most", actual: "\(count) peers")
            },
        ]

    /// Fails if anybody but these was asked for at the rendezvous.
    private static func requireNobodyElse(_ stage: Stage, _ puppets: [Puppet]) throws {
        let known = puppets.map { EndpointDiscriminator(fingerprint: $0.id.octets).encoded }
        let stray = stage.rendezvous.hellos.discriminators.first { hello in
            hello.starts(with: [0x21, 0x0f]) && !known.contains(hello)
        }
        if let stray { throw Unmet(expected: "nobody else is asked for", actual: "an IHello for \(hex(stray))") }
    }
}
