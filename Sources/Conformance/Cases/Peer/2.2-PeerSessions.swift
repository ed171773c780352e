import Flash
import HLSP2P
import RTMFP

/// peer-protocol §2: sessions of four streams.
enum PeerSessionCases {
    static let all: [Case] = streams + closing + attempts + admission

    private static let streams: [Case] =
        [
            .peer(
                "session/private-stream-in-time",
                "The private stream for a far peer is published no later than the public one starts.",
                ["PEER-003"],
                needs: [],
                saboteurs: ["private-stream-late"]
            ) { stage in
                try stage.begin()
                let puppet = try stage.puppet("P")
                puppet.seek()
                try given {
                    try stage.wait(until: "Play.Start of the public stream", within: .seconds(8)) {
                        puppet.publicHeard?.startedAt != nil
                    }
                }
                // The puppet has asked for the private stream at that very moment, and does so only once.
                try stage.wait(until: "Play.Start of the private stream") { puppet.privateHeard?.startedAt != nil }
            },
            .peer(
                "session/start-on-both-sides",
                "Two peers that begin at the same time have one session, in which each name is played once.",
                ["PEER-006", "PEER-007"],
                saboteurs: ["plays-twice"]
            ) { stage in
                let puppet = try stage.candidates(1)[0]
                stage.web.name([puppet.id.description])
                try stage.begin()
                try given {
                    try stage.wait(until: "that the tracker is asked", within: .seconds(10)) { !stage.queries.isEmpty }
                }
                puppet.seek()
                try given { try stage.wait(until: "that the streams are up", within: .seconds(8)) { puppet.isReady } }
                try stage.pass(.seconds(2))
                let open = puppet.sessions.filter { $0.closedAt == nil }.map(\.handle)
                try require(open.count == 1, expected: "one session", actual: "\(open.count) sessions")
                let names = puppet.subscriptions.filter { $0.direction == .served && $0.control.session == open[0] }
                    .compactMap(\.name)
                try require(
                    Set(names).count == names.count,
                    expected: "each name played once",
                    actual: "plays of \(names.map(stage.called).joined(separator: ", "))"
                )
            },
            .peer(
                "session/streams-stay-open",
                "All four streams stay open.",
                ["PEER-008"],
                needs: [],
                saboteurs: ["public-subscription-dropped"]
            ) { stage in
                try stage.begin()
                let puppet = try stage.guest("P")
                try stage.require(no: "closed stream", for: .seconds(5)) {
                    puppet.subscriptions.first { !$0.isOpen }.map { "\(stage.called($0.name ?? "?")) was closed" }
                }
                try puppet.ping()
            },
            .peer(
                "session/nothing-before-it-is-ready",
                "Nothing is asked before both private streams are up.",
                ["PEER-010"],
                saboteurs: ["ready-too-early"]
            ) { stage in
                var manner = Manner()
                manner.servesPrivate = false
                let upstream = try stage.candidates(2, manner)
                stage.web.name(upstream.map(\.id.description))
                try stage.begin()
                try given {
                    try stage.wait(until: "that the peer plays the private streams", within: .seconds(10)) {
                        upstream.allSatisfy { $0.privateServed != nil && $0.privateHeard?.startedAt != nil }
                    }
                }
                // The second segment is wanted by now; only the streams are missing.
                try given {
                    try stage.wait(until: "a request for the first segment", within: .seconds(10)) {
                        !stage.segmentRequests.isEmpty
                    }
                }
                try stage.require(no: "request before the private stream has started", for: .seconds(4)) {
                    upstream.lazy.compactMap { $0.words.first { $0.isRequest }?.summary }.first
                }
            },
            .peer(
                "session/answers-early-requests",
                "What is asked as soon as the private stream has started is answered.",
                ["PEER-011"],
                level: .should,
                needs: [],
                saboteurs: ["early-answers-lost"]
            ) { stage in
                try stage.begin()
                var manner = Manner.idle
                manner.playsPrivate = false
                let puppet = try stage.puppet("P", manner)
                puppet.seek()
                try given {
                    try stage.wait(until: "that the peer plays the private stream", within: .seconds(8)) {
                        puppet.privateServed?.returns.isEmpty == false && puppet.publicHeard?.startedAt != nil
                    }
                }
                let id = puppet.ask(.ping(pingID: .int(1), externalID: .null))
                try stage.pass(.milliseconds(200))
                puppet.play(puppet.id.description)
                try puppet.response(to: id)
            },
            .peer(
                "session/words-on-the-private-stream-only",
                "Messages travel on the private stream alone: nothing on the public one, nothing on control flows.",
                ["PEER-019", "PEER-020"],
                needs: [],
                saboteurs: ["words-on-the-public-stream"]
            ) { stage in
                try stage.begin()
                let puppet = try stage.guest("P")
                puppet.ask(.ping(pingID: .int(1), externalID: .null))
                try stage.pass(.seconds(1))
                let strays = puppet.subscriptions.filter { $0 !== puppet.privateHeard }.flatMap(\.words)
                try require(
                    strays.isEmpty,
                    expected: "no message on another stream than the private one",
                    actual: strays.first?.summary ?? ""
                )
                let onControl = puppet.subscriptions.flatMap(\.furtherOnControl)
                try require(
                    onControl.isEmpty,
                    expected: "nothing on a control flow after play",
                    actual: onControl.first.map { "\($0.type)" } ?? ""
                )
                try puppet.ping()
            },
            .peer(
                "session/stream-id-is-not-zero",
                "Subscriptions have a stream ID other than 0.",
                ["PEER-021"],
                needs: [],
                saboteurs: ["stream-id-zero"]
            ) { stage in
                try stage.begin()
                let puppet = try stage.puppet("P")
                puppet.seek()
                let served = try given {
                    try stage.wait("that the peer subscribes", within: .seconds(8)) {
                        puppet.subscriptions.first { $0.direction == .served && $0.name != nil }
                    }
                }
                try require(
                    served.streamID.map { $0 != 0 } ?? false,
                    expected: "a stream ID other than 0",
                    actual: "metadata \(hex(served.metadata))"
                )
            },
            .peer(
                "session/return-flow-belongs",
                "Return flows are associated with the subscriber's control flow, and repeat its stream ID.",
                ["PEER-023"],
                needs: [],
                saboteurs: ["return-flow-not-associated", "return-flow-of-another-stream", "stream-id-zero"]
            ) { stage in
                try stage.begin()
                let puppet = try stage.puppet("P")
                puppet.seek()
                try given { try stage.wait(until: "a session", within: .seconds(8)) { puppet.session != nil } }
                let heard = try stage.wait("a return flow of the subscription", within: .seconds(5)) {
                    puppet.publicHeard.flatMap { $0.returns.isEmpty ? nil : $0 }
                }
                let metadata = heard.returns[0].received?.metadata ?? []
                let streamID = (try? FlowMetadata(decoding: metadata))?.streamID
                try require(
                    streamID == heard.streamID,
                    expected: "stream ID \(heard.streamID ?? 0)",
                    actual: "metadata \(hex(metadata))"
                )
            },
            .peer(
                "session/name-is-an-amf0-string",
                "The name in play is an AMF0 string.",
                ["PEER-024"],
                needs: [],
                saboteurs: ["play-name-in-amf3"]
            ) { stage in
                try stage.begin()
                let puppet = try stage.puppet("P")
                puppet.seek()
                let served = try given {
                    try stage.wait("that the peer subscribes", within: .seconds(8)) {
                        puppet.subscriptions.first { $0.direction == .served && $0.play != nil }
                    }
                }
                guard let play = served.play, let command = try? Command(decoding: play) else { return }
                let isPlain = if case .string? = command.arguments.first { true } else { false }
                try require(isPlain, expected: "the name as an AMF0 string", actual: hex(play.payload, limit: 48))
            },
            .peer(
                "session/start-is-told-once",
                "An accepted subscription gets NetStream.Play.Start, exactly once.",
                ["PEER-027", "PEER-128"],
                needs: [],
                saboteurs: ["play-start-twice", "play-start-missing"]
            ) { stage in
                try stage.begin()
                let puppet = try stage.puppet("P")
                puppet.seek()
                try stage.wait(until: "Play.Start of the public stream", within: .seconds(8)) {
                    puppet.publicHeard?.startedAt != nil
                }
                try stage.pass(.seconds(1))
                for heard in [puppet.publicHeard, puppet.privateHeard].compactMap(\.self) {
                    try require(
                        heard.starts == 1,
                        expected: "one Play.Start of \(stage.called(heard.name ?? ""))",
                        actual: "\(heard.starts) of them"
                    )
                }
            },
            .peer(
                "session/stream-begin",
                "A stream begins with StreamBegin.",
                ["PEER-028"],
                level: .should,
                needs: [],
                saboteurs: ["stream-begin-missing"]
            ) { stage in
                try stage.begin()
                let puppet = try stage.guest("P")
                for heard in [puppet.publicHeard, puppet.privateHeard].compactMap(\.self) {
                    try require(
                        heard.begunAt != nil,
                        expected: "StreamBegin of \(stage.called(heard.name ?? ""))",
                        actual: "none among \(heard.preliminaries.map(\.description).joined(separator: ", "))"
                    )
                }
            },
            .peer(
                "session/second-return-flow",
                "Messages on a second return flow of a subscription are taken.",
                ["PEER-029"],
                needs: [],
                saboteurs: ["second-return-flow-rejected"]
            ) { stage in
                try stage.begin()
                let puppet = try stage.guest("P")
                guard let served = puppet.privateServed, let flow = puppet.openReturn(served) else {
                    throw Inconclusive(reason: "no second flow could be opened")
                }
                try given { try puppet.ping() }
                served.returns.insert((flow, nil), at: 0)
                try puppet.ping(8)
            },
            .peer(
                "session/only-the-fingerprint-is-asked-for",
                "A session with a peer is asked for by the fingerprint alone, at the rendezvous.",
                ["PEER-127"],
                saboteurs: ["fingerprint-and-more"]
            ) { stage in
                let upstream = try stage.candidates(2)
                stage.web.name(upstream.map(\.id.description))
                try stage.begin()
                let hello = try given {
                    try stage.wait("an IHello for a puppet at the rendezvous", within: .seconds(10)) {
                        stage.rendezvous.hellos.discriminators.first { hello in
                            upstream.contains { hello.containsSequence($0.id.octets) }
                        }
                    }
                }
                let exact = upstream.map { EndpointDiscriminator(fingerprint: $0.id.octets).encoded }
                try require(exact.contains(hello), expected: "21 0f and the fingerprint", actual: hex(hello))
            },
        ] + plays

    /// Forms of `play` that must be accepted.
    private static let plays: [Case] =
        ([
            ("stream-id-1", "Stream ID 1 is as good as any.", "PEER-022", 1, .plain, []),
            ("stream-id-2000001", "Stream ID 2000001 is as good as any.", "PEER-022", 2_000_001, .plain, []),
            ("stream-id-16777215", "Stream ID 16777215 is as good as any.", "PEER-022", 16_777_215, .plain, []),
            ("play-as-type-20", "play may come as type 20.", "PEER-025", 5, .plain, []),
            ("play-as-type-17", "play may come as type 17.", "PEER-025", 5, .extended, []),
            (
                "play-with-more-arguments", "Further arguments of play are ignored.", "PEER-026", 5, .plain,
                [.number(-2_000), .boolean(true)]
            ),
        ] as [(String, String, String, UInt32, Command.Form, [AMF0Value])]).map {
            name,
            title,
            row,
            streamID,
            form,
            arguments in
            .peer("session/\(name)", title, [row], needs: [], saboteurs: ["\(name)-refused"]) { stage in
                try stage.begin()
                var manner = Manner.idle
                manner.playsPublic = false
                manner.playsPrivate = false
                let puppet = try stage.puppet("P", manner)
                puppet.seek()
                try given {
                    try stage.wait(until: "a session", within: .seconds(8)) { puppet.session != nil }
                    // In another form than the one that the case is about.
                    let other = puppet.play(stage.subjectName, streamID: 9, form: form == .plain ? .extended : .plain)
                    try stage.wait(until: "Play.Start of the public stream", within: .seconds(5)) {
                        other?.startedAt != nil
                    }
                }
                let heard = puppet.play(puppet.id.description, streamID: streamID, form: form, arguments: arguments)
                try stage.wait(until: "Play.Start of the private stream") { heard?.startedAt != nil }
            }
        }

    private enum Stream: String, CaseIterable {
        case publicSubscription = "public-subscription"
        case privateSubscription = "private-subscription"
        case publicStream = "public-stream"
        case privateStream = "private-stream"

        var words: String {
            switch self {
            case .publicSubscription: "the far peer's subscription to the public stream"
            case .privateSubscription: "the far peer's subscription to the private stream"
            case .publicStream: "the far peer's public stream"
            case .privateStream: "the far peer's private stream"
            }
        }

        func of(_ puppet: Puppet) -> Subscription? {
            switch self {
            case .publicSubscription: puppet.publicHeard
            case .privateSubscription: puppet.privateHeard
            case .publicStream: puppet.publicServed
            case .privateStream: puppet.privateServed
            }
        }
    }

    private static let closing: [Case] = Stream.allCases.map { stream in
        .peer(
            "session/ends-with-the-\(stream.rawValue)",
            "The end of \(stream.words) is the end of the session: all streams are closed.",
            ["PEER-009"],
            needs: [],
            saboteurs: ["closed-stream-ignored"]
        ) { stage in
            try stage.begin()
            let puppet = try stage.guest("P")
            // What is asked at the beginning is over by then.
            try stage.pass(.seconds(1))
            guard let victim = stream.of(puppet) else { throw Inconclusive(reason: "there is no such stream") }
            let others = puppet.subscriptions.filter { $0 !== victim && $0.direction == .served }
            puppet.leave(victim)
            try stage.wait(until: "that the peer gives up its subscriptions", within: .seconds(5)) {
                others.allSatisfy { !$0.isOpen }
            }
        }
    }
}

extension [UInt8] {
    /// Whether the octets of `other` are in it, one after the other.
    func containsSequence(_ other: [UInt8]) -> Bool {
        guard !other.isEmpty, other.count <= count else { return false }
        return (0...(count - other.count)).contains { self[$0..<($0 + other.count)].elementsEqual(other) }
    }
}
