/// tracker-protocol §3.1: which peers a tracker tells of.
enum TrackerSelectionCases {
    static let all: [Case] = [
        .tracker(
            "selection/all-when-fewer",
            "Of a resource with fewer peers than `size`, all are returned.",
            ["TRK-006"],
            needs: [.peers],
            saboteurs: ["oldest-left-out", "newest-left-out"]
        ) { tracker in
            let resource = tracker.resource()
            let ids = try tracker.register(3, under: resource)
            for size in [4, 10, 100] {
                try requireSame(tracker.peers(of: resource, size: size), ids, "all peers, for size \(size)")
            }
        },
        .tracker(
            "selection/all-for-a-million",
            "A `size` of a million is a size: all peers are returned.",
            ["TRK-006"],
            needs: [.peers],
            saboteurs: ["large-sizes-are-nobody", "large-sizes-refused"]
        ) { tracker in
            let resource = tracker.resource()
            let ids = try tracker.register(2, under: resource)
            try requireSame(tracker.peers(of: resource, size: 1_000_000), ids, "all peers")
        },
        .tracker(
            "selection/exactly-size",
            "Of a resource with at least `size` peers, exactly `size` are returned.",
            ["TRK-007"],
            needs: [.peers],
            saboteurs: ["one-less-than-size", "one-more-than-size", "never-more-than-three", "size-ignored"]
        ) { tracker in
            let resource = tracker.resource()
            let ids = try tracker.register(6, under: resource)
            for size in 1...ids.count {
                let peers = try tracker.peers(of: resource, size: size)
                try require(peers.count == size, expected: "\(size) peers of 6", actual: "\(peers.count)")
            }
        },
        .tracker(
            "selection/never-more-than-size",
            "Never are more than `size` peers returned.",
            ["TRK-008"],
            needs: [.peers],
            saboteurs: ["one-more-than-size", "size-ignored"]
        ) { tracker in
            let resource = tracker.resource()
            _ = try tracker.register(5, under: resource)
            for size in [1, 2, 3, 4] {
                for _ in 0..<5 {
                    let peers = try tracker.peers(of: resource, size: size)
                    try require(peers.count <= size, expected: "at most \(size) peers", actual: "\(peers.count)")
                }
            }
        },
        .tracker(
            "selection/nobody-for-size-0",
            "For size 0 the array is empty.",
            ["TRK-015"],
            needs: [.peers],
            saboteurs: ["size-0-is-one", "size-0-is-all", "size-ignored"]
        ) { tracker in
            let resource = tracker.resource()
            _ = try tracker.register(2, under: resource)
            let peers = try tracker.peers(of: resource, size: 0)
            try require(peers.isEmpty, expected: "an empty array", actual: "\(peers.count) peers")
        },
        .tracker(
            "selection/as-many-as-there-are",
            "With `size` equal to the number of registered peers, each is returned exactly once.",
            ["TRK-012"],
            level: .should,
            needs: [.peers],
            saboteurs: ["last-entry-doubled", "one-less-than-size", "never-more-than-three"]
        ) { tracker in
            let resource = tracker.resource()
            let ids = try tracker.register(4, under: resource)
            for _ in 0..<8 {
                try requireSame(tracker.peers(of: resource, size: 4), ids, "each peer once")
            }
        },
        .tracker(
            "selection/the-only-one",
            "With one registered peer and size 1, that peer is returned.",
            ["TRK-013"],
            needs: [.peers],
            saboteurs: ["window-starts-beyond-the-only-one"]
        ) { tracker in
            let resource = tracker.resource()
            let ids = try tracker.register(1, under: resource)
            for _ in 0..<4 {
                try requireSame(tracker.peers(of: resource, size: 1), ids, "the only peer")
            }
        },
        .tracker(
            "selection/no-duplicates",
            "No peer is returned twice in one answer.",
            ["TRK-009"],
            level: .should,
            needs: [.peers],
            saboteurs: ["entry-doubled", "last-entry-doubled"]
        ) { tracker in
            let resource = tracker.resource()
            _ = try tracker.register(5, under: resource)
            for size in [2, 3, 4, 5, 6] {
                for _ in 0..<5 {
                    let peers = try tracker.peers(of: resource, size: size)
                    try require(
                        Set(peers).count == peers.count,
                        expected: "each peer once at most",
                        actual: "\(peers.count) entries, \(Set(peers).count) peers"
                    )
                }
            }
        },
        .tracker(
            "selection/nothing-invented",
            "Every peer that is returned is registered.",
            ["TRK-005"],
            needs: [.peers],
            saboteurs: ["peer-invented", "departed-peers-returned"]
        ) { tracker in
            let resource = tracker.resource()
            let ids = try tracker.register(4, under: resource)
            // What was told once must not be told for ever.
            _ = try tracker.peers(of: resource, size: 8)
            try tracker.unregister(ids[0], from: resource)
            _ = try tracker.eventually { try tracker.count(of: resource) == 3 }
            for size in [1, 2, 9] {
                let strangers = Set(try tracker.peers(of: resource, size: size)).subtracting(ids.dropFirst())
                try require(
                    strangers.isEmpty,
                    expected: "only peers that are registered",
                    actual: "\(strangers.sorted().joined(separator: ", ")) besides"
                )
            }
        },
        .tracker(
            "selection/nothing-from-another-resource",
            "No peer of another resource is returned, however similar the name.",
            ["TRK-005"],
            needs: [.peers],
            saboteurs: ["names-compared-as-prefixes", "window-starts-beyond-the-only-one"]
        ) { tracker in
            let resource = tracker.resource()
            let others = [tracker.resource(), resource + "x", String(resource.dropLast())]
            let ids = try tracker.register(1, under: resource)
            for other in others { _ = try tracker.register(1, under: other) }
            for size in [1, 2, 10] {
                try requireSame(tracker.peers(of: resource, size: size), ids, "the peer of this resource")
            }
        },
        .tracker(
            "selection/five-of-ten-at-least",
            "Queries of size 1 over 10 peers find at least 5 of them in 1000 queries.",
            ["TRK-010"],
            level: .should,
            needs: [.peers],
            saboteurs: ["always-the-newest", "always-the-oldest", "answers-kept-by-the-tracker", "peer-invented"]
        ) { tracker in
            let resource = tracker.resource()
            let ids = try tracker.register(10, under: resource)
            // Uniform answers need eight queries on average.
            var found: Set<String> = []
            for _ in 0..<1000 where found.count < 5 {
                found.formUnion(try tracker.peers(of: resource, size: 1).filter(ids.contains))
            }
            try require(found.count >= 5, expected: "5 peers or more", actual: "only \(found.count) in 1000 queries")
        },
        .tracker(
            "selection/everybody-is-found",
            "Queries of size 3 over 6 peers find every one of them in 300 queries.",
            ["TRK-010"],
            level: .should,
            needs: [.peers],
            saboteurs: ["always-the-newest", "always-the-oldest", "oldest-never-found", "answers-kept-by-the-tracker"]
        ) { tracker in
            let resource = tracker.resource()
            let ids = try tracker.register(6, under: resource)
            // Where each query finds a peer with a probability of 0.4 or more, as the original does, one is missed in
            // 300 queries with a probability below 10^-65.
            var found: Set<String> = []
            for _ in 0..<300 where found.count < ids.count {
                found.formUnion(try tracker.peers(of: resource, size: 3).filter(ids.contains))
            }
            try require(found.count == ids.count, expected: "all 6 peers", actual: "only \(found.count) in 300 queries")
        },
        .tracker(
            "selection/the-newest-for-size-1",
            "Size 1 finds the newest peer too.",
            ["TRK-011"],
            level: .may,
            needs: [.peers],
            accepts: [
                .init(
                    "the newest is never found",
                    "tracker-protocol §3.1, Q-068: the original's window never starts at the newest entry; the "
                        + "distribution is free."
                )
            ],
            saboteurs: ["peer-invented", "one-more-than-size", "size-ignored"]
        ) { tracker in
            let resource = tracker.resource()
            let ids = try tracker.register(2, under: resource)
            // A fair choice misses one of two in a hundred queries with a probability of 2^-100.
            var found: Set<String> = []
            for _ in 0..<100 where found.count < 2 {
                let peers = try tracker.peers(of: resource, size: 1)
                try require(
                    peers.count == 1 && ids.contains(peers[0]),
                    expected: "one of the two peers",
                    actual: "\(peers)"
                )
                found.formUnion(peers)
            }
            if !found.contains(ids[0]) { throw Settled(alternative: "the newest is never found") }
        },
        .tracker(
            "selection/unknown-resource",
            "Of a resource that nobody knows, the array is empty.",
            ["TRK-014"],
            saboteurs: ["unknown-resource-is-404", "unknown-resource-is-null"]
        ) { tracker in
            for size in [1, 3, 100] {
                let peers = try tracker.peers(of: tracker.resource(), size: size)
                try require(peers.isEmpty, expected: "an empty array", actual: "\(peers.count) peers")
            }
        },
        .tracker(
            "selection/nobody-left",
            "Of a resource whose last peer has gone, the array is empty.",
            ["TRK-014", "TRK-005"],
            needs: [.peers],
            saboteurs: ["departed-peers-returned", "answers-kept-by-the-tracker"]
        ) { tracker in
            let resource = tracker.resource()
            let ids = try tracker.register(1, under: resource)
            try requireSame(tracker.peers(of: resource, size: 3), ids, "the only peer")
            try tracker.unregister(ids[0], from: resource)
            let isGone = try tracker.eventually { try tracker.peers(of: resource, size: 3).isEmpty }
            try require(isGone, expected: "an empty array once the peer has gone", actual: "the peer is still returned")
        },
        .tracker(
            "selection/the-latest-at-once",
            "A peer that has come between two queries is in the second answer.",
            ["TRK-006"],
            needs: [.peers],
            saboteurs: ["answers-kept-by-the-tracker"]
        ) { tracker in
            let resource = tracker.resource()
            let first = try tracker.register(1, under: resource)
            try requireSame(tracker.peers(of: resource, size: 9), first, "the first peer")
            let second = try tracker.register(1, under: resource)
            try requireSame(tracker.peers(of: resource, size: 9), second + first, "both peers")
        },
    ]
}
