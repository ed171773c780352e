import Flash
import RTMFP

/// tracker-protocol §8.1 to §8.3: how the rendezvous registers those who connect.
enum TrackerRegistrationCases {
    static let all: [Case] = listing + leaving + connecting

    private static let listing: [Case] = [
        .tracker(
            "registration/listed-before-connect-result",
            "A peer is registered before its `connect` is answered: a query right after it finds the peer.",
            ["RDV-001"],
            needs: [.sharedSessions],
            saboteurs: ["registered-late", "sessions-never-registered"]
        ) { tracker in
            let resource = tracker.resource()
            // Opened before, so that nothing but the query comes after the answer.
            _ = try tracker.peers(of: tracker.resource(), size: 1)
            _ = try given { try tracker.connectPeer(to: resource) }
            let peers = try tracker.getPeers(of: resource, size: 9).peers()
            try require(peers.count == 1, expected: "one peer right after connect", actual: "\(peers.count) peers")
        },
        .tracker(
            "registration/id-is-the-fingerprint",
            "The ID is the fingerprint of the peer's certificate, as 64 lower-case hexadecimal digits.",
            ["RDV-002"],
            needs: [.sharedSessions],
            saboteurs: ["registered-under-another-id", "sessions-never-registered"]
        ) { tracker in
            let resource = tracker.resource()
            let id = try given { try tracker.connectPeer(to: resource).id }
            _ = try tracker.eventually { try !tracker.peers(of: resource, size: 9).isEmpty }
            try requireSame(tracker.peers(of: resource, size: 9), [id], "the peer \(id.prefix(8))…")
        },
        .tracker(
            "registration/at-the-head",
            "Whoever connects comes to the head of the list.",
            ["RDV-001"],
            needs: [.sharedSessions, .registry],
            saboteurs: ["registered-at-the-tail", "registered-under-another-id", "sessions-never-registered"]
        ) { tracker in
            let resource = tracker.resource()
            let ids = try (0..<3).map { _ in try given { try tracker.connectPeer(to: resource).id } }
            _ = try tracker.eventually { try tracker.site.registry?.list(resource).count == 3 }
            let list = try tracker.site.registry?.list(resource) ?? []
            try require(
                list == ids.reversed(),
                expected: "the newest first: \(ids.reversed().map { $0.prefix(8) + "…" })",
                actual: "\(list.map { $0.prefix(8) + "…" })"
            )
        },
        .tracker(
            "registration/name-in-the-set",
            "The name of the resource is added to the set `cumulus_app`.",
            ["RDV-003"],
            needs: [.sharedSessions, .registry],
            saboteurs: ["names-not-kept", "sessions-never-registered"]
        ) { tracker in
            let resource = tracker.resource()
            _ = try given { try tracker.connectPeer(to: resource) }
            let isNamed = try tracker.eventually { try tracker.site.registry?.isNamed(resource) ?? false }
            try require(isNamed, expected: "the name in the set", actual: "it is not there")
        },
        .tracker(
            "registration/under-its-resource-alone",
            "A peer is registered under the resource that it names, and no other.",
            ["RDV-001", "TRK-005"],
            needs: [.sharedSessions],
            saboteurs: [
                "names-registered-in-ascii", "registered-under-another-id", "sessions-never-registered",
                "escapes-not-decoded", "names-not-utf-8",
            ]
        ) { tracker in
            let (one, other) = (tracker.resource(), tracker.resource("-größe 日本"))
            let first = try given { try tracker.connectPeer(to: one).id }
            let second = try given { try tracker.connectPeer(to: other).id }
            _ = try tracker.eventually {
                try tracker.count(of: one) > 0 && tracker.peers(of: other, size: 9).contains(second)
            }
            try requireSame(tracker.peers(of: one, size: 9), [first], "the peer of the first resource")
            try requireSame(tracker.peers(of: other, size: 9), [second], "the peer of the second resource")
        },
    ]

    private static let leaving: [Case] = [
        removed("removed-on-close", "A peer that closes its session is removed.") { session in
            try session.say([.sessionCloseRequest])
        },
        removed("removed-on-abrupt-close", "A peer that closes its session abruptly is removed.") { session in
            session.takeLeave()
        },
        .tracker(
            "registration/others-stay",
            "Those who stay connected stay registered.",
            ["RDV-004"],
            needs: [.sharedSessions],
            saboteurs: [
                "departure-empties-list", "registered-under-another-id", "sessions-never-registered",
                "departures-unnoticed",
            ]
        ) { tracker in
            let resource = tracker.resource()
            let stays = try given { try tracker.connectPeer(to: resource).id }
            let (_, connection) = try given { try tracker.connectPeer(to: resource) }
            connection.session.takeLeave()
            _ = try tracker.eventually { try tracker.count(of: resource) < 2 }
            try requireSame(tracker.peers(of: resource, size: 9), [stays], "the peer that stays")
        },
        .tracker(
            "registration/one-removed",
            "The end of a session removes one registration of its peer.",
            ["RDV-004"],
            needs: [.sharedSessions, .registry],
            saboteurs: [
                "departure-removes-every-registration", "departure-empties-list", "departures-unnoticed",
                "sessions-never-registered",
            ]
        ) { tracker in
            let resource = tracker.resource()
            let (id, connection) = try given { try tracker.connectPeer(to: resource) }
            try tracker.registerByHand(id, under: resource)
            _ = try tracker.eventually { try tracker.count(of: resource) == 2 }
            connection.session.takeLeave()
            _ = try tracker.eventually { try tracker.count(of: resource) == 1 }
            tracker.pause(.milliseconds(200))
            try requireSame(tracker.peers(of: resource, size: 9), [id], "one registration of the peer")
        },
    ]

    private static let connecting: [Case] = [
        .tracker(
            "registration/connect-without-resource",
            "A `connect` without a resource name is refused with NetConnection.Connect.Rejected.",
            ["RDV-008"],
            needs: [.sharedSessions],
            saboteurs: ["resource-not-required"]
        ) { tracker in
            let session = try given { try tracker.probe.openSomewhere() }
            let command = Command.connect(tracker.probe.target.uri, objectEncoding: 3, resource: nil)
            let (_, answer) = try session.connect(command)
            try require(
                answer.name == "_error" && answer.code == "NetConnection.Connect.Rejected",
                expected: "_error with NetConnection.Connect.Rejected",
                actual: "\(answer.name) with \(answer.code)"
            )
        },
        .tracker(
            "registration/connect-result",
            "A `connect` in AMF3 is answered with NetConnection.Connect.Success and objectEncoding 3.",
            ["RDV-009"],
            needs: [.sharedSessions],
            saboteurs: ["success-in-other-words", "encoding-0-for-everybody"]
        ) { tracker in
            let session = try given { try tracker.probe.openSomewhere() }
            let resource = tracker.resource()
            tracker.site.registry?.note(resource)
            let command = Command.connect(tracker.probe.target.uri, objectEncoding: 3, resource: resource)
            let (_, answer) = try session.connect(command)
            let encoding = answer.arguments.lazy.compactMap { $0["objectEncoding"]?.number }.first
            try require(
                answer.name == "_result" && answer.code == "NetConnection.Connect.Success" && encoding == 3,
                expected: "_result with NetConnection.Connect.Success and objectEncoding 3",
                actual: "\(answer.name) with \(answer.code), objectEncoding \(encoding.map { "\($0)" } ?? "missing")"
            )
        },
        .tracker(
            "registration/keepalive-periods",
            "After `setPeerInfo` the server advises of keepalive periods, of at least 5000 ms.",
            ["RDV-010"],
            level: .should,
            needs: [.sharedSessions],
            saboteurs: ["keepalives-not-advised", "keepalives-every-second"]
        ) { tracker in
            let (_, connection) = try given { try tracker.connectPeer(to: tracker.resource()) }
            try connection.send(Command("setPeerInfo", [.string("10.9.8.7:1234")]).message())
            let periods = try connection.expect("User Control 41") { () -> (UInt32, UInt32)? in
                for case .setKeepalive(let server, let peer) in connection.messages.compactMap({
                    try? UserControl(decoding: $0)
                }) {
                    return (server, peer)
                }
                return nil
            }
            try require(
                periods.0 >= 5000 && periods.1 >= 5000,
                expected: "at least 5000 ms",
                actual: "\(periods.0) and \(periods.1) ms"
            )
        },
        .tracker(
            "registration/unknown-method",
            "A call that nobody knows is answered with NetConnection.Call.Failed, and the connection stays.",
            ["RDV-013"],
            needs: [.sharedSessions],
            saboteurs: ["unknown-calls-in-other-words"]
        ) { tracker in
            let (_, connection) = try given { try tracker.connectPeer(to: tracker.resource()) }
            let answer = try connection.call("noSuchMethod", [.string("x")])
            try require(
                answer.name == "_error" && answer.code == "NetConnection.Call.Failed",
                expected: "_error with NetConnection.Call.Failed",
                actual: "\(answer.name) with \(answer.code)"
            )
            try connection.requireAlive("after another unknown method")
        },
        .tracker(
            "registration/no-debugging-calls",
            "The original's calls for debugging, which read files, are not offered.",
            ["RDV-014"],
            needs: [.sharedSessions],
            saboteurs: ["playlist-read-for-anybody"]
        ) { tracker in
            let (_, connection) = try given { try tracker.connectPeer(to: tracker.resource()) }
            let calls: [(String, [AMF0Value])] = [
                ("getPlaylist", [.string("index.m3u8")]), ("getPiece", [.string("1.ts"), .number(0), .number(10)]),
            ]
            for (name, arguments) in calls {
                let answer = try connection.call(name, arguments)
                try require(answer.name == "_error", expected: "an _error for \(name)", actual: answer.name)
            }
        },
        .tracker(
            "registration/participants",
            "`getParticipants` tells of the other clients of a resource, at most 20.",
            ["RDV-012"],
            level: .may,
            needs: [.sharedSessions],
            accepts: [
                .init(
                    "it is not offered",
                    "tracker-protocol §8.4: an alternative to the tracker that clients do not use."
                )
            ],
            saboteurs: ["participants-with-caller"]
        ) { tracker in
            let resource = tracker.resource()
            let others = try (0..<2).map { _ in try given { try tracker.connectPeer(to: resource).id } }
            _ = try given { try tracker.connectPeer(to: tracker.resource()) }
            let (_, connection) = try given { try tracker.connectPeer(to: resource) }
            let answer = try connection.call("getParticipants", [.string(resource)])
            if answer.name == "_error" { throw Settled(alternative: "it is not offered") }
            let elements = answer.arguments.lazy.compactMap(\.elements).first ?? []
            try require(
                elements.allSatisfy { $0["protocol"]?.string == "rtmfp" },
                expected: "objects with protocol rtmfp",
                actual: "\(elements)"
            )
            try requireSame(elements.compactMap { $0["farID"]?.string }, others, "the other clients of the resource")
        },
        .tracker(
            "registration/nobody-is-announced",
            "Clients are not told by `participantChanged` that others come.",
            ["RDV-015"],
            level: .may,
            needs: [.sharedSessions],
            accepts: [.init("they are told", "tracker-protocol §8.5: a client MUST ignore it.")],
            saboteurs: ["later-connects-refused"]
        ) { tracker in
            let resource = tracker.resource()
            let (_, first) = try given { try tracker.connectPeer(to: resource) }
            let other = try given { try tracker.probe.openSomewhere() }
            let (_, answer) = try other.connect(.connect(tracker.probe.target.uri, resource: resource))
            try require(answer.name == "_result", expected: "another client to be connected too", actual: answer.name)
            try first.requireAlive("after another client has connected")
            if first.commands.contains(where: { $0.name == "participantChanged" }) {
                throw Settled(alternative: "they are told")
            }
        },
    ]

    private static func removed(
        _ name: String,
        _ title: String,
        _ leave: @escaping @Sendable (ProbeSession) throws -> Void
    ) -> Case {
        .tracker(
            "registration/\(name)",
            title,
            ["RDV-004"],
            needs: [.sharedSessions],
            saboteurs: ["departures-unnoticed", "sessions-never-registered"]
        ) { tracker in
            let resource = tracker.resource()
            let (_, connection) = try given { try tracker.connectPeer(to: resource) }
            let isListed = try tracker.eventually { try tracker.count(of: resource) == 1 }
            try require(isListed, expected: "the peer in the list first", actual: "it is not there")
            try leave(connection.session)
            let isGone = try tracker.eventually { try tracker.peers(of: resource, size: 9).isEmpty }
            try require(isGone, expected: "an empty list within a second", actual: "the peer is still returned")
        }
    }
}
