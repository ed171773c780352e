import RTMFP

/// tracker-protocol §5: `POST /peer_disconnect`.
enum TrackerDisconnectCases {
    static let all: [Case] = effects + forms + refusals

    private static let effects: [Case] = [
        .tracker(
            "disconnect/removes-the-peer",
            "The peer is not returned any more.",
            ["TRK-031", "TRK-030"],
            needs: [.peers],
            saboteurs: ["disconnect-without-effect", "answers-kept-by-the-tracker"]
        ) { tracker in
            let resource = tracker.resource()
            let ids = try tracker.register(2, under: resource)
            try requireSame(tracker.peers(of: resource, size: 9), ids, "both peers")
            try tracker.disconnect(ids[0], from: resource).requireStatus(200)
            let isGone = try tracker.eventually { try !tracker.peers(of: resource, size: 9).contains(ids[0]) }
            try require(isGone, expected: "a list without the peer within a second", actual: "it is still returned")
        },
        .tracker(
            "disconnect/others-stay",
            "Other peers of the resource stay.",
            ["TRK-032"],
            needs: [.peers],
            saboteurs: ["disconnect-removes-another", "disconnect-removes-all", "disconnect-without-effect"]
        ) { tracker in
            let resource = tracker.resource()
            let ids = try tracker.register(4, under: resource)
            try tracker.disconnect(ids[2], from: resource)
            _ = try tracker.eventually { try tracker.peers(of: resource, size: 9).count < 4 }
            let left = ids.filter { $0 != ids[2] }
            try requireSame(tracker.peers(of: resource, size: 9), left, "the other peers")
        },
        .tracker(
            "disconnect/other-resources-stay",
            "Peers of other resources stay.",
            ["TRK-032"],
            needs: [.peers],
            saboteurs: ["disconnect-ignores-app", "unknown-peer-is-404"]
        ) { tracker in
            let (one, other) = (tracker.resource(), tracker.resource())
            _ = try tracker.register(1, under: one)
            let ids = try tracker.register(1, under: other)
            try tracker.disconnect(ids[0], from: one).requireStatus(200)
            tracker.pause(.milliseconds(200))
            try requireSame(tracker.peers(of: other, size: 9), ids, "the peer of the other resource")
        },
        .tracker(
            "disconnect/removes-one-registration",
            "Of several registrations of a peer, one is removed.",
            ["TRK-031"],
            needs: [.registry],
            saboteurs: ["disconnect-removes-every-registration", "disconnect-without-effect", "disconnect-removes-all"]
        ) { tracker in
            let resource = tracker.resource()
            let id = tracker.peerID()
            for _ in 0..<3 { try tracker.registerByHand(id, under: resource) }
            try tracker.disconnect(id, from: resource)
            let falls = try tracker.eventually { try tracker.site.registry?.list(resource) == [id, id] }
            let left = try tracker.site.registry?.list(resource).count ?? 0
            try require(falls, expected: "2 registrations of 3", actual: "\(left)")
        },
        .tracker(
            "disconnect/repeated",
            "A repeated request changes nothing more.",
            ["TRK-035"],
            needs: [.peers],
            saboteurs: [
                "repeated-disconnect-removes-another", "disconnect-removes-all", "disconnect-without-effect",
                "unknown-peer-is-404",
            ]
        ) { tracker in
            let resource = tracker.resource()
            let ids = try tracker.register(3, under: resource)
            try tracker.disconnect(ids[0], from: resource)
            _ = try tracker.eventually { try tracker.count(of: resource) < 3 }
            for _ in 0..<3 { try tracker.disconnect(ids[0], from: resource).requireStatus(200) }
            tracker.pause(.milliseconds(200))
            try requireSame(tracker.peers(of: resource, size: 9), Array(ids.dropFirst()), "the other peers")
        },
        .tracker(
            "disconnect/only-plausible-callers",
            "Only the peer's own host may have it removed.",
            ["TRK-036"],
            level: .should,
            needs: [.sharedSessions],
            accepts: [
                .init(
                    "any host can remove any peer",
                    "Q-062: the original's request is not authenticated; a tracker SHOULD check the source address."
                )
            ],
            saboteurs: ["strange-callers-fail"]
        ) { tracker in
            guard let other = tracker.otherHost else {
                throw Lacking(reason: "there is one address to ask from: it takes a tracker on 127.0.0.0/8")
            }
            let resource = tracker.resource()
            let id = try given { try tracker.connectPeer(to: resource).id }
            try given { try requireSame(tracker.peers(of: resource, size: 9), [id], "the peer") }
            let question = HTTPQuestion.post("/peer_disconnect", [("peer_id", id), ("app", resource)])
            try tracker.askAlone(question, from: other).requireStatus(200, 403)
            tracker.pause(.milliseconds(200))
            let peers = try tracker.peers(of: resource, size: 9)
            if peers.isEmpty { throw Settled(alternative: "any host can remove any peer") }
            try requireSame(peers, [id], "the peer")
        },
    ]

    private static let forms: [Case] = [
        accepted(
            "accepted",
            "A request with both fields is answered with status 200.",
            ["TRK-030"],
            ["unknown-peer-is-404", "unknown-app-is-404"]
        ) {
            .post("/peer_disconnect", [("peer_id", $0), ("app", $1)])
        },
        removed("fields-in-any-order", "The order of the fields does not matter.", ["peer-id-must-come-first"]) {
            .post("/peer_disconnect", [("app", $1), ("peer_id", $0)])
        },
        removed("fields-escaped", "Values are decoded as those of forms are.", ["form-escapes-not-decoded"]) {
            id,
            app in
            let form = "peer_id=\(percentEncoded(id, everything: true))&app=\(percentEncoded(app, everything: true))"
            return .post("/peer_disconnect", octets: Array(form.utf8))
        },
        removed("form-with-charset", "The type of the form may name a character set.", ["form-type-compared-whole"]) {
            id,
            app in
            .post(
                "/peer_disconnect",
                octets: Array(formEncoded([("peer_id", id), ("app", app)]).utf8),
                type: "application/x-www-form-urlencoded; charset=UTF-8"
            )
        },
        .tracker(
            "disconnect/json-body",
            "The fields may come as a JSON object too.",
            ["TRK-030"],
            level: .observed,
            needs: [.peers],
            accepts: [
                .init(
                    "forms alone are understood",
                    "tracker-protocol §5: the original's body parser accepts JSON as well; no client sends it."
                )
            ],
            saboteurs: ["json-bodies-fail"]
        ) { tracker in
            let resource = tracker.resource()
            let ids = try tracker.register(1, under: resource)
            let json = Array("{\"peer_id\": \"\(ids[0])\", \"app\": \"\(resource)\"}".utf8)
            let question = HTTPQuestion.post("/peer_disconnect", octets: json, type: "application/json")
            let answer = try tracker.ask(question, as: ids[0])
            try answer.requireNoFailure()
            let isGone = try tracker.eventually { try tracker.peers(of: resource, size: 9).isEmpty }
            if answer.status != 200 || !isGone { throw Settled(alternative: "forms alone are understood") }
        },
        removed("unknown-fields", "Unknown fields are ignored.", ["unknown-fields-refused", "peer-id-must-come-first"])
        {
            .post("/peer_disconnect", [("reason", "unload"), ("peer_id", $0), ("x", ""), ("app", $1)])
        },
        .tracker(
            "disconnect/empty-body",
            "The answer has no content.",
            ["TRK-037"],
            level: .should,
            saboteurs: ["posts-answered-with-text", "unknown-peer-is-404", "unknown-app-is-404"]
        ) { tracker in
            let answer = try tracker.disconnect(tracker.peerID(), from: tracker.resource()).requireStatus(200)
            try require(answer.body.isEmpty, expected: "no content", actual: answer.summary)
        },
    ]

    private static let refusals: [Case] = [
        accepted(
            "unknown-peer",
            "An unknown peer ID is answered with status 200.",
            ["TRK-033"],
            ["unknown-peer-is-404", "unknown-app-is-404"]
        ) { _, app in .post("/peer_disconnect", [("peer_id", String(repeating: "ab", count: 32)), ("app", app)]) },
        accepted(
            "unknown-app",
            "An unknown resource is answered with status 200.",
            ["TRK-033"],
            ["unknown-app-is-404", "unknown-peer-is-404"]
        ) { id, app in .post("/peer_disconnect", [("peer_id", id), ("app", app + "-other")]) },
        survived(
            "app-is-no-list",
            "A request that names a key that is no list does no harm.",
            ["disconnect-from-other-keys-crashes"]
        ) { _ in [.post("/peer_disconnect", [("peer_id", String(repeating: "0", count: 64)), ("app", "cumulus_app")])]
        },
        survived(
            "fields-missing",
            "A request without its fields does no harm.",
            ["missing-fields-crash"]
        ) { resource in
            [
                .post("/peer_disconnect", []), .post("/peer_disconnect", [("app", resource)]),
                .post("/peer_disconnect", [("peer_id", String(repeating: "0", count: 64))]),
                HTTPQuestion("POST", "/peer_disconnect", fields: [("Content-Length", "0")]),
            ]
        },
        survived(
            "fields-make-no-sense",
            "A request whose fields are empty, long, binary or come twice does no harm.",
            ["odd-peer-ids-crash"]
        ) { resource in
            let ids = ["", "x", String(repeating: "f", count: 5000), "%00", "\u{0}\r\n", "-1"]
            return ids.map { .post("/peer_disconnect", [("peer_id", $0), ("app", resource), ("app", "x")]) }
                + [.post("/peer_disconnect", octets: Array("peer_id=%ff%fe&app=%00".utf8))]
        },
        survived(
            "json-makes-no-sense",
            "JSON that is none, or holds other things than strings, does no harm.",
            ["odd-json-crashes", "json-bodies-fail"]
        ) { _ in
            ["", "{", "[1]", "null", "{\"peer_id\": 7, \"app\": {\"a\": []}}", "\"x\"", "{\"peer_id\": null}"].map {
                .post("/peer_disconnect", octets: Array($0.utf8), type: "application/json")
            }
        },
        .tracker(
            "disconnect/non-list-of-the-registry-stays",
            "A request that names a key that is no list leaves it as it is, and the tracker answers as before.",
            ["TRK-034"],
            needs: [.registry],
            saboteurs: ["wrong-type-fails-disconnect"]
        ) { tracker in
            let name = tracker.resource()
            try tracker.site.registry?.makeText(name)
            try tracker.disconnect(tracker.peerID(), from: name).requireNoFailure()
        },
    ]

    /// A request, of a peer ID and a resource, that is answered with status 200.
    private static func accepted(
        _ name: String,
        _ title: String,
        _ requirements: [String],
        _ saboteurs: [String],
        _ question: @escaping @Sendable (String, String) -> HTTPQuestion
    ) -> Case {
        .tracker("disconnect/\(name)", title, requirements, saboteurs: saboteurs) { tracker in
            try tracker.ask(question(tracker.peerID(), tracker.resource())).requireStatus(200)
        }
    }

    /// A request that removes a peer, in one of the forms that requests may have.
    private static func removed(
        _ name: String,
        _ title: String,
        _ saboteurs: [String],
        level: Case.Level = .must,
        _ question: @escaping @Sendable (String, String) -> HTTPQuestion
    ) -> Case {
        .tracker(
            "disconnect/\(name)",
            title,
            ["TRK-030", "TRK-031"],
            level: level,
            needs: [.peers],
            saboteurs: saboteurs + ["disconnect-without-effect"]
        ) { tracker in
            let resource = tracker.resource()
            let ids = try tracker.register(1, under: resource)
            try tracker.ask(question(ids[0], resource), as: ids[0]).requireStatus(200)
            let isGone = try tracker.eventually { try tracker.peers(of: resource, size: 9).isEmpty }
            try require(isGone, expected: "an empty list within a second", actual: "the peer is still returned")
        }
    }

    /// Requests that may be refused, after which the tracker goes on.
    private static func survived(
        _ name: String,
        _ title: String,
        _ saboteurs: [String],
        _ questions: @escaping @Sendable (String) -> [HTTPQuestion]
    ) -> Case {
        .tracker("disconnect/\(name)", title, ["TRK-034"], saboteurs: saboteurs) { tracker in
            for question in questions(tracker.resource()) {
                try tracker.ask(question).requireNoFailure()
            }
        }
    }
}

extension TrackerProbe {
    /// Another address of this machine's from which the tracker can be reached; nil if there is none for sure.
    fileprivate var otherHost: SocketAddress? {
        switch site.address.ip {
        case .v4(let ip) where ip >> 24 == 127: SocketAddress(.v4(0x7f00_0000 | 0x00ab_cdef), port: 0)
        case .v4(let ip) where ip >> 24 == 10: SocketAddress(.v4(0xc612_0000 + 40_000), port: 0)
        default: nil
        }
    }
}
