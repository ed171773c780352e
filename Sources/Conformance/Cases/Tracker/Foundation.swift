/// What all other cases about trackers build on.
enum TrackerFoundation {
    static let all: [Case] = [
        .tracker(
            "foundation/get-peers-answers",
            "`GET /get_peers` with valid parameters is answered with status 200 and a JSON array.",
            ["TRK-001"],
            saboteurs: ["peers-in-an-object", "get-peers-not-found"],
            setting: .cold
        ) { tracker in
            _ = try tracker.askAlone(.get("/get_peers", [("resourceID", tracker.resource()), ("size", "3")])).peers()
            // Whoever says the same whatever it is asked is no tracker.
            let other = try tracker.askAlone(.get("/get_peers_of_nobody", [("resourceID", "x")]))
            try require(other.status != 200, expected: "no such answer under another path", actual: other.summary)
        },
        .tracker(
            "foundation/get-total-count-answers",
            "`GET /get_total_count` is answered with status 200 and a bare JSON number.",
            ["TRK-027"],
            saboteurs: ["count-in-quotes", "count-in-an-array"],
            setting: .cold
        ) { tracker in
            _ = try tracker.askAlone(.get("/get_total_count", [("resourceID", tracker.resource())])).count()
        },
        .tracker(
            "foundation/registered-peer-is-listed",
            "A peer that is registered under a resource is listed.",
            ["TRK-006", "TRK-005"],
            needs: [.peers],
            saboteurs: ["nobody-listed", "peers-in-an-object"],
            setting: .cold
        ) { tracker in
            let resource = tracker.resource()
            let ids = try tracker.register(1, under: resource)
            try requireSame(tracker.peers(of: resource, size: 5), ids, "the peer that is registered")
        },
        .tracker(
            "foundation/hand-written-peer-is-listed",
            "A peer that the checker has written into the registry, as the original's rendezvous does, is listed.",
            ["TRK-045"],
            needs: [.registry],
            saboteurs: ["nobody-listed", "peers-in-an-object", "hand-written-peers-unseen"],
            setting: .cold
        ) { tracker in
            let resource = tracker.resource()
            let id = try tracker.registerByHand(tracker.peerID(), under: resource)
            try requireSame(tracker.peers(of: resource, size: 5), [id], "the peer that is in the list")
        },
    ]
}
