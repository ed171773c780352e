import HLSP2P

/// tracker-protocol §4: `GET /get_total_count`.
enum TrackerCountCases {
    static let all: [Case] = [
        .tracker(
            "count/equals-the-list",
            "The count is the number of registered peers, as the list shows it.",
            ["TRK-027"],
            needs: [.peers],
            saboteurs: [
                "nobody-counted-as-one", "count-at-most-two", "counts-kept-by-the-tracker",
                "answers-kept-by-the-tracker", "newest-left-out", "oldest-left-out", "unknown-count-is-404",
                "unknown-count-is-null",
            ]
        ) { tracker in
            let resource = tracker.resource()
            var expected = 0
            for step in [0, 1, 2] {
                expected += try tracker.register(step, under: resource).count
                let count = try tracker.count(of: resource)
                let listed = try tracker.peers(of: resource, size: 40).count
                try require(
                    count == expected && listed == expected,
                    expected: "\(expected), and as many in the list",
                    actual: "\(count), and \(listed) in the list"
                )
            }
        },
        .tracker(
            "count/follows-departures",
            "The count falls when a peer goes.",
            ["TRK-027"],
            needs: [.peers],
            saboteurs: ["counts-kept-by-the-tracker"]
        ) { tracker in
            let resource = tracker.resource()
            let ids = try tracker.register(2, under: resource)
            let before = try tracker.count(of: resource)
            try tracker.unregister(ids[1], from: resource)
            let falls = try tracker.eventually { try tracker.count(of: resource) == before - 1 }
            try require(before == 2 && falls, expected: "2, then 1", actual: "\(before), and it does not fall to 1")
        },
        .tracker(
            "count/zero-for-unknown-resource",
            "The count of a resource that nobody knows is 0.",
            ["TRK-028"],
            saboteurs: ["unknown-count-is-404", "unknown-count-is-null", "nobody-counted-as-one"]
        ) { tracker in
            let count = try tracker.count(of: tracker.resource())
            try require(count == 0, expected: "0", actual: "\(count)")
        },
        .tracker(
            "count/bare-number",
            "The count is written as digits: no quotes, no fraction, no exponent.",
            ["TRK-027"],
            needs: [.peers],
            saboteurs: ["count-with-fraction", "count-at-most-two"]
        ) { tracker in
            let resource = tracker.resource()
            _ = try tracker.register(7, under: resource)
            let json = try tracker.ask(.get("/get_total_count", [("resourceID", resource)])).json()
            try require(json == .number("7"), expected: "7", actual: "\(json)")
        },
        .tracker(
            "count/json-for-other-keys",
            "For `cumulus_app`, which is no list, the answer is valid JSON: 0; or 400.",
            ["TRK-029", "TRK-021"],
            level: .should,
            saboteurs: ["other-keys-counted", "other-keys-fail", "count-of-other-keys-empty"]
        ) { tracker in
            let answer = try tracker.ask(.get("/get_total_count", [("resourceID", "cumulus_app")]))
            if answer.status == 400 { return }
            try require(answer.count() == 0, expected: "0", actual: answer.summary)
        },
        .tracker(
            "count/json-without-resource",
            "Without `resourceID` the answer is 0 or 400.",
            ["TRK-029"],
            level: .should,
            saboteurs: ["missing-resource-fails"]
        ) { tracker in
            let answer = try tracker.ask(.get("/get_total_count", []))
            if answer.status == 400 { return }
            try require(answer.count() == 0, expected: "0", actual: answer.summary)
        },
        .tracker(
            "count/per-resource",
            "Each resource is counted by itself.",
            ["TRK-027"],
            needs: [.peers],
            saboteurs: ["all-resources-counted", "count-at-most-two"]
        ) { tracker in
            let (one, other) = (tracker.resource(), tracker.resource())
            _ = try tracker.register(1, under: one)
            _ = try tracker.register(8, under: other)
            let counts = try [tracker.count(of: one), tracker.count(of: other)]
            try require(counts == [1, 8], expected: "1 and 8", actual: "\(counts[0]) and \(counts[1])")
        },
    ]
}
