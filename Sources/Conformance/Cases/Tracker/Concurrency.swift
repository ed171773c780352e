import RTMFP

/// Many clients at once, of whom some take their time.
enum TrackerConcurrencyCases {
    static let all: [Case] = [
        .tracker(
            "concurrency/many-connections",
            "Requests on many connections at a time are answered each for itself.",
            ["TRK-005"],
            needs: [.peers],
            saboteurs: ["latest-resource-for-everybody", "ten-connections-at-a-time", "twenty-connections-at-most"]
        ) { tracker in
            let resources = try (0..<4).map { count in
                let name = tracker.resource()
                return (name, try tracker.register(count, under: name))
            }
            let conversations = try (0..<24).map { _ in try tracker.connect() }
            for (index, conversation) in conversations.enumerated() {
                conversation.say(.get("/get_peers", [("resourceID", resources[index % 4].0), ("size", "9")]))
            }
            for (index, conversation) in conversations.enumerated().reversed() {
                try requireSame(
                    conversation.expectAnswer().peers(),
                    resources[index % 4].1,
                    "the peers of its resource"
                )
            }
        },
        .tracker(
            "concurrency/slow-client",
            "A client that takes its time with a request keeps nobody else waiting.",
            ["TRK-044"],
            saboteurs: ["slow-clients-are-waited-for", "requests-must-come-whole"]
        ) { tracker in
            let slow = try tracker.connect()
            let question = HTTPQuestion.get("/get_peers", [("resourceID", tracker.resource()), ("size", "3")])
            let octets = question.encoded(authority: tracker.site.authority)
            slow.say(Array(octets.prefix(10)), "the first 10 octets of \(question.summary)")
            for _ in 0..<5 {
                _ = try tracker.askAlone(.get("/get_peers", [("resourceID", "x"), ("size", "1")])).peers()
                tracker.pause(.milliseconds(50))
            }
            slow.say(Array(octets.dropFirst(10)), "the rest of it")
            _ = try slow.expectAnswer().peers()
        },
        .tracker(
            "concurrency/idle-connections",
            "Connections on which nothing is said keep nobody else waiting.",
            ["TRK-044"],
            saboteurs: ["ten-connections-at-a-time", "twenty-connections-at-most", "latest-resource-for-everybody"]
        ) { tracker in
            let idle = try (0..<50).map { _ in try tracker.connect() }
            _ = try tracker.askAlone(.get("/get_peers", [("resourceID", "x"), ("size", "1")])).peers()
            _ = try idle[0].ask(.get("/get_peers", [("resourceID", "x"), ("size", "1")])).peers()
        },
        .tracker(
            "concurrency/unread-answers",
            "A client that does not read its answers keeps nobody else waiting.",
            ["TRK-044"],
            saboteurs: ["long-pipelines-crash"]
        ) { tracker in
            let deaf = try tracker.connect()
            let question = HTTPQuestion.get("/get_peers", [("resourceID", "x"), ("size", "3")])
            let octets = question.encoded(authority: tracker.site.authority)
            deaf.say((0..<500).flatMap { _ in octets }, "500 requests whose answers are not read")
            _ = try tracker.askAlone(.get("/get_peers", [("resourceID", "x"), ("size", "1")])).peers()
        },
        .tracker(
            "concurrency/consistent-answers",
            "While peers come and go, no answer holds a peer twice, or more than `size` of them.",
            ["TRK-024", "TRK-008"],
            level: .should,
            needs: [.registry],
            saboteurs: [
                "list-read-in-two-steps", "size-ignored", "entry-doubled", "one-more-than-size",
                "one-request-a-connection", "last-entry-doubled",
            ]
        ) { tracker in
            let resource = tracker.resource()
            var ids = try (0..<6).map { _ in try tracker.registerByHand(tracker.peerID(), under: resource) }
            let conversations = try (0..<6).map { _ in try tracker.connectLastingly() }
            for round in 0..<20 {
                var sizes: [Int] = []
                for (index, conversation) in conversations.enumerated() {
                    // A list as long as the answer, or a little shorter, shows best whether it is read at once.
                    sizes.append(ids.count + index % 2)
                    let size = "\(ids.count + index % 2)"
                    conversation.say(.get("/get_peers", [("resourceID", resource), ("size", size)]))
                    // So that the change comes before the request, while it is carried out, or after it.
                    tracker.pause(.milliseconds(Double(round % 4)))
                    try tracker.change(&ids, of: resource)
                }
                for (conversation, size) in zip(conversations, sizes) {
                    let peers = try conversation.expectAnswer().peers()
                    try require(
                        peers.count <= size && Set(peers).count == peers.count,
                        expected: "at most \(size) peers, each once",
                        actual: "\(peers.count) entries, \(Set(peers).count) peers"
                    )
                }
            }
        },
        .tracker(
            "concurrency/nobody-at-first",
            "A peer that comes while a resource without peers is asked for does not make an answer longer than `size`.",
            ["TRK-024", "TRK-008"],
            level: .should,
            needs: [.registry],
            saboteurs: ["list-read-in-two-steps", "size-ignored", "one-more-than-size"]
        ) { tracker in
            for round in 0..<10 {
                let conversations = try (0..<4).map { _ in try tracker.connect() }
                for conversation in conversations {
                    let resource = tracker.resource()
                    conversation.say(.get("/get_peers", [("resourceID", resource), ("size", "1")]))
                    tracker.pause(.milliseconds(Double(round % 5)))
                    for _ in 0..<2 { try tracker.registerByHand(tracker.peerID(), under: resource) }
                }
                for conversation in conversations {
                    defer { conversation.close() }
                    let peers = try conversation.expectAnswer().peers()
                    try require(peers.count <= 1, expected: "at most 1 peer", actual: "\(peers.count)")
                }
            }
        },
        .tracker(
            "concurrency/same-peer-removed-at-once",
            "Requests to remove one peer that come at the same time remove that peer alone.",
            ["TRK-035", "TRK-032"],
            needs: [.peers],
            saboteurs: [
                "repeated-disconnect-removes-another", "disconnect-removes-all", "disconnect-removes-another",
                "disconnect-without-effect", "unknown-peer-is-404",
            ]
        ) { tracker in
            let resource = tracker.resource()
            let ids = try tracker.register(5, under: resource)
            let conversations = try (0..<8).map { _ in try tracker.connect(as: ids[2]) }
            for conversation in conversations {
                conversation.say(.post("/peer_disconnect", [("peer_id", ids[2]), ("app", resource)]))
            }
            for conversation in conversations { try conversation.expectAnswer(to: "POST").requireStatus(200) }
            _ = try tracker.eventually { try tracker.count(of: resource) < 5 }
            tracker.pause(.milliseconds(100))
            try requireSame(tracker.peers(of: resource, size: 9), ids.filter { $0 != ids[2] }, "the other peers")
        },
    ]
}

extension TrackerProbe {
    /// Has two peers come, or, once there are six, the two newest go.
    fileprivate func change(_ ids: inout [String], of resource: String) throws {
        let isShort = ids.count < 6
        for _ in 0..<2 {
            if isShort {
                ids.append(try registerByHand(peerID(), under: resource))
            } else {
                try site.registry?.unregister(ids.removeLast(), from: resource)
            }
        }
    }
}
