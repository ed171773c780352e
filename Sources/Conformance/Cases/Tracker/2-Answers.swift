/// tracker-protocol §2: the form of answers.
enum TrackerAnswerCases {
    static let all: [Case] = [
        .tracker(
            "encoding/array-of-strings",
            "Peers come as an array of strings, each of 64 lower-case hexadecimal digits.",
            ["TRK-001"],
            needs: [.peers],
            saboteurs: ["peers-in-upper-case", "peers-cut-short", "peers-as-objects"]
        ) { tracker in
            let resource = tracker.resource()
            _ = try tracker.register(3, under: resource)
            for peer in try tracker.peers(of: resource, size: 3) {
                try require(
                    peer.utf8.count == 64 && peer.utf8.allSatisfy { "0123456789abcdef".utf8.contains($0) },
                    expected: "64 lower-case hexadecimal digits",
                    actual: "“\(peer)”"
                )
            }
        },
        .tracker(
            "encoding/json-is-valid",
            "The content is JSON, whether it tells of nobody, of one peer or of many.",
            ["TRK-001"],
            needs: [.peers],
            saboteurs: ["json-with-trailing-comma", "json-in-single-quotes", "bom-before-json"]
        ) { tracker in
            for count in [0, 1, 6] {
                let resource = tracker.resource()
                _ = try tracker.register(count, under: resource)
                let peers = try tracker.peers(of: resource, size: 9)
                try require(peers.count == count, expected: "\(count) strings", actual: "\(peers.count)")
            }
        },
        .tracker(
            "encoding/json-type-of-peers",
            "The answer to `/get_peers` is labelled `application/json`.",
            ["TRK-002"],
            saboteurs: ["peers-as-text", "no-content-type"]
        ) { tracker in
            let answer = try tracker.getPeers(of: tracker.resource(), size: 3).requireStatus(200)
            try require(
                answer.mediaType == "application/json",
                expected: "Content-Type application/json",
                actual: answer.values("Content-Type").first ?? "none"
            )
        },
        .tracker(
            "encoding/json-type-of-count",
            "The answer to `/get_total_count` is labelled `application/json`.",
            ["TRK-002"],
            saboteurs: ["count-as-text", "no-content-type", "unknown-count-is-404"]
        ) { tracker in
            let answer = try tracker.ask(.get("/get_total_count", [("resourceID", tracker.resource())]))
            try answer.requireStatus(200)
            try require(
                answer.mediaType == "application/json",
                expected: "Content-Type application/json",
                actual: answer.values("Content-Type").first ?? "none"
            )
        },
        uncached("peers", "/get_peers", [("size", "3")], ["caching-permitted", "peers-cached"]),
        uncached(
            "count",
            "/get_total_count",
            [],
            ["caching-permitted", "unknown-count-is-404", "unknown-count-is-null"]
        ),
        .tracker(
            "encoding/if-none-match",
            "A request with the ETag of the last answer is answered with 304 and no content, or as if it had none.",
            ["TRK-026"],
            level: .may,
            accepts: [
                .init("there is no ETag", "RFC 9110 §8.8.3: an origin server SHOULD send an ETag; it need not."),
                .init("200 again", "tracker-protocol §2: a matching If-None-Match may be answered with 304."),
            ],
            saboteurs: ["if-none-match-fails"]
        ) { tracker in
            let resource = tracker.resource()
            let first = try tracker.getPeers(of: resource, size: 3).requireStatus(200)
            let tag = first.values("ETag").first
            var question = HTTPQuestion.get("/get_peers", [("resourceID", resource), ("size", "3")])
            question.fields = [("If-None-Match", tag ?? "\"hlsp2p-check\"")]
            let second = try tracker.ask(question).requireStatus(200, 304)
            if second.status == 200 {
                try require(second.body == first.body, expected: "the same content", actual: second.summary)
                throw Settled(alternative: tag == nil ? "there is no ETag" : "200 again")
            }
        },
    ]

    private static func uncached(
        _ name: String,
        _ path: String,
        _ parameters: [(String, String)],
        _ saboteurs: [String]
    ) -> Case {
        .tracker(
            "encoding/no-caching-of-\(name)",
            "Caches are told not to reuse the answer to `\(path)`.",
            ["TRK-025"],
            level: .should,
            saboteurs: saboteurs
        ) { tracker in
            let answer = try tracker.ask(.get(path, [("resourceID", tracker.resource())] + parameters))
            try answer.requireStatus(200)
            let directives = answer.values("Cache-Control").flatMap { $0.lowercased().split(separator: ",") }
                .map { $0.filter { !$0.isWhitespace } }
            try require(
                !directives.filter { ["no-store", "no-cache", "max-age=0"].contains($0) }.isEmpty,
                expected: "Cache-Control: no-store, or no-cache",
                actual: "Cache-Control: \(answer.values("Cache-Control").first ?? "missing")"
            )
        }
    }
}
