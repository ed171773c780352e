import HLSP2P

/// tracker-protocol §3.2: parameters that are missing or make no sense.
enum TrackerEdgeCases {
    static let all: [Case] = sizes + resources

    private static let sizes: [Case] = [
        refused(
            "size-missing",
            "A missing `size` is answered with 400 or an empty array.",
            ["TRK-017"],
            ["missing-size-is-null", "missing-size-is-all", "null-entries-for-odd-sizes", "odd-sizes-fail"],
            [nil]
        ),
        refused(
            "size-empty",
            "An empty `size` is answered with 400 or an empty array.",
            ["TRK-017"],
            ["missing-size-is-all", "null-entries-for-odd-sizes", "odd-sizes-fail"],
            [""]
        ),
        refused(
            "size-text",
            "A `size` that is no number is answered with 400 or an empty array.",
            ["TRK-017"],
            ["null-entries-for-odd-sizes", "odd-sizes-fail"],
            ["many", "NaN", "x3", "null"]
        ),
        refused(
            "size-negative",
            "A negative `size` is answered with 400 or an empty array.",
            ["TRK-018"],
            ["negative-size-counts-from-the-end", "negative-size-is-positive", "odd-sizes-fail"],
            ["-1", "-2", "-1000000", "-99999999999999999999"]
        ),
        leading(
            "size-fractional",
            "2.9",
            2,
            ["sizes-rounded-up", "odd-sizes-fail", "one-less-than-size", "one-more-than-size", "size-ignored"]
        ),
        leading(
            "size-with-a-unit",
            "3x",
            3,
            ["odd-sizes-fail", "one-less-than-size", "one-more-than-size", "size-ignored"]
        ),
        leading(
            "size-with-an-exponent",
            "1e2",
            1,
            ["odd-sizes-fail", "sizes-rounded-up", "one-more-than-size", "size-ignored"]
        ),
        .tracker(
            "encoding/size-beyond-integers",
            "A `size` beyond what integers hold is answered with all peers, 400 or an empty array.",
            ["TRK-017"],
            level: .should,
            needs: [.peers],
            saboteurs: ["sizes-beyond-integers-fail"]
        ) { tracker in
            let resource = tracker.resource()
            let ids = try tracker.register(2, under: resource)
            for size in ["2147483648", "9223372036854775808", "99999999999999999999999999"] {
                let answer = try tracker.ask(.get("/get_peers", [("resourceID", resource), ("size", size)]))
                if answer.status == 400 { continue }
                let peers = try answer.peers()
                if !peers.isEmpty { try requireSame(peers, ids, "all peers for size \(size), or 400, or none") }
            }
        },
        .tracker(
            "encoding/no-null-entries",
            "Whatever `size` says, no entry is null.",
            ["TRK-016"],
            needs: [.peers],
            saboteurs: ["null-entries-for-odd-sizes", "missing-size-is-null"]
        ) { tracker in
            let resource = tracker.resource()
            _ = try tracker.register(2, under: resource)
            for size in [nil, "", "many", "-1", "0", "1", "2.5", "3"] {
                let parameters = [("resourceID", resource)] + (size.map { [("size", $0)] } ?? [])
                let answer = try tracker.ask(.get("/get_peers", parameters))
                guard answer.status == 200, case .array(let entries) = try? JSONText(parsing: answer.body) else {
                    continue
                }
                try require(
                    !entries.contains(.null),
                    expected: "no null entry",
                    actual: "\(answer.summary), for size \(size ?? "missing")"
                )
            }
        },
    ]

    private static let resources: [Case] = [
        .tracker(
            "encoding/resource-missing",
            "A missing `resourceID` is answered with 400 or an empty array.",
            ["TRK-019"],
            level: .should,
            saboteurs: ["missing-resource-fails"]
        ) { tracker in
            try tracker.ask(.get("/get_peers", [("size", "3")])).requireRefusalOrNobody()
        },
        .tracker(
            "encoding/resource-empty",
            "An empty `resourceID` is answered with an empty array or 400.",
            ["TRK-014"],
            level: .should,
            saboteurs: ["empty-resource-fails"]
        ) { tracker in
            try tracker.ask(.get("/get_peers", [("resourceID", ""), ("size", "3")])).requireRefusalOrNobody()
        },
        .tracker(
            "encoding/resource-twice",
            "With `resourceID` given twice, the first counts, or the answer is 400.",
            ["TRK-022"],
            level: .should,
            needs: [.peers],
            saboteurs: ["resource-twice-fails", "resource-twice-is-null", "resource-twice-is-the-last"]
        ) { tracker in
            let (first, second) = (tracker.resource(), tracker.resource())
            let ids = try tracker.register(1, under: first)
            _ = try tracker.register(1, under: second)
            let answer = try tracker.ask(
                .get("/get_peers", [("resourceID", first), ("resourceID", second), ("size", "9")])
            )
            if answer.status != 400 { try requireSame(answer.peers(), ids, "the peer of the first resource, or 400") }
        },
        .tracker(
            "encoding/resource-is-another-key",
            "No other key of the registry is exposed: for `cumulus_app` the answer is an empty array or 400.",
            ["TRK-021"],
            level: .should,
            saboteurs: ["other-keys-exposed", "other-keys-fail"]
        ) { tracker in
            try tracker.ask(.get("/get_peers", [("resourceID", "cumulus_app"), ("size", "3")])).requireRefusalOrNobody()
        },
        .tracker(
            "encoding/resource-is-no-list",
            "A key of the registry that is no list is a resource without peers.",
            ["TRK-021", "TRK-029"],
            level: .should,
            needs: [.registry],
            saboteurs: ["wrong-type-fails", "wrong-type-is-null", "nobody-counted-as-one"]
        ) { tracker in
            let name = tracker.resource()
            try tracker.site.registry?.makeText(name)
            try tracker.getPeers(of: name, size: 3).requireRefusalOrNobody()
            let count = try tracker.ask(.get("/get_total_count", [("resourceID", name)]))
            if count.status != 400 { try require(count.count() == 0, expected: "0", actual: count.summary) }
        },
        .tracker(
            "encoding/resource-long",
            "A resource name of 4000 octets is answered with an empty array or refused.",
            ["TRK-014"],
            level: .should,
            saboteurs: ["long-names-fail"]
        ) { tracker in
            let name = String(repeating: "x", count: 4000)
            let answer = try tracker.getPeers(of: name, size: 3)
            if answer.status == 414 { return }
            try answer.requireRefusalOrNobody()
        },
        .tracker(
            "encoding/resource-binary",
            "A resource name that is no text, or holds control characters, is answered with an empty array or 400.",
            ["TRK-014"],
            level: .should,
            saboteurs: ["binary-names-fail"]
        ) { tracker in
            for name in ["%00", "%ff%fe%fd", "%c3%28", "a%00b", "%0d%0a", "%ed%a0%80", "%1b%5b2J"] {
                let answer = try tracker.ask(HTTPQuestion("GET", "/get_peers?resourceID=\(name)&size=3"))
                try answer.requireRefusalOrNobody()
            }
        },
        .tracker(
            "encoding/escapes-broken",
            "Broken escapes in a query are answered with an empty array or 400.",
            ["TRK-014"],
            level: .should,
            saboteurs: ["broken-escapes-fail"]
        ) { tracker in
            for name in ["%", "%z1", "%1", "abc%", "%%%"] {
                let answer = try tracker.ask(HTTPQuestion("GET", "/get_peers?resourceID=\(name)&size=3"))
                try answer.requireRefusalOrNobody()
            }
        },
    ]

    /// Sizes for which nobody is to be told of; nil stands for none.
    private static func refused(
        _ name: String,
        _ title: String,
        _ requirements: [String],
        _ saboteurs: [String],
        _ sizes: [String?]
    ) -> Case {
        .tracker(
            "encoding/\(name)",
            title,
            requirements,
            level: .should,
            needs: [.peers],
            saboteurs: saboteurs
        ) { tracker in
            let resource = tracker.resource()
            _ = try tracker.register(2, under: resource)
            for size in sizes {
                let parameters = [("resourceID", resource)] + (size.map { [("size", $0)] } ?? [])
                try tracker.ask(.get("/get_peers", parameters)).requireRefusalOrNobody()
            }
        }
    }

    /// A size that begins with an integer and goes on with something else.
    private static func leading(_ name: String, _ size: String, _ value: Int, _ saboteurs: [String]) -> Case {
        .tracker(
            "encoding/\(name)",
            "A `size` of “\(size)” is read as \(value), the integer that it begins with.",
            ["TRK-020"],
            level: .may,
            needs: [.peers],
            accepts: [
                .init(
                    "it is taken for no number",
                    "tracker-protocol §3.2: a size that is not numeric is answered with 400 or an empty array."
                )
            ],
            saboteurs: saboteurs
        ) { tracker in
            let resource = tracker.resource()
            _ = try tracker.register(5, under: resource)
            let answer = try tracker.ask(.get("/get_peers", [("resourceID", resource), ("size", size)]))
            if answer.status == 400 { throw Settled(alternative: "it is taken for no number") }
            let peers = try answer.peers()
            if peers.isEmpty { throw Settled(alternative: "it is taken for no number") }
            try require(peers.count == value, expected: "\(value) peers, none or 400", actual: "\(peers.count)")
        }
    }
}
