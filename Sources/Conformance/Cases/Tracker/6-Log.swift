/// tracker-protocol §6: `POST /remote_log`.
enum TrackerLogCases {
    static let all: [Case] = [
        accepted(
            "accepted",
            "A line is accepted with status 200 and no content.",
            ["TRK-038"],
            ["lines-of-players-refused", "posts-answered-with-text"]
        ) { .post("/remote_log", [("log", "1416000000000|1416000000000|0a1b2c3 P2PLoader will get from peers")]) },
        accepted(
            "without-the-field",
            "A request without the field is accepted.",
            ["TRK-039"],
            ["log-field-required", "posts-answered-with-text"],
            level: .should
        ) { .post("/remote_log", [("other", "x")]) },
        accepted(
            "utf-8",
            "A line may hold any text.",
            ["TRK-038"],
            ["lines-must-be-ascii", "posts-answered-with-text"]
        ) { .post("/remote_log", [("log", "größe 日本 🎬 & = + % \" ' < >")]) },
        accepted(
            "control-characters",
            "A line with control characters is accepted as any other; what becomes of them cannot be seen from outside.",
            ["TRK-038"],
            ["control-characters-crash", "posts-answered-with-text", "lines-must-be-ascii"]
        ) { .post("/remote_log", [("log", "one\r\ntwo\u{0}\u{1b}[2J\u{7}\u{85}\u{2028}three")]) },
        accepted(
            "ninety-kilobytes",
            "A line of 90 kB is accepted.",
            ["TRK-038"],
            ["bodies-above-64-kb-refused", "posts-answered-with-text"]
        ) { .post("/remote_log", [("log", String(repeating: "x", count: 90_000))]) },
        .tracker(
            "log/above-100-kb",
            "A request with more than 100 kB of content is rejected, and does no harm.",
            ["TRK-040"],
            level: .should,
            saboteurs: ["long-bodies-accepted", "long-bodies-crash", "long-bodies-fail"]
        ) { tracker in
            try tracker.requireRejection { conversation in
                conversation.say(.post("/remote_log", [("log", String(repeating: "x", count: 300_000))]))
            }
        },
    ]

    private static func accepted(
        _ name: String,
        _ title: String,
        _ requirements: [String],
        _ saboteurs: [String],
        level: Case.Level = .must,
        _ question: @escaping @Sendable () -> HTTPQuestion
    ) -> Case {
        .tracker("log/\(name)", title, requirements, level: level, saboteurs: saboteurs) { tracker in
            let answer = try tracker.ask(question()).requireStatus(200)
            try require(answer.body.isEmpty, expected: "no content", actual: answer.summary)
        }
    }
}

extension TrackerProbe {
    /// Fails unless what is said is rejected: with a status from 400 to 499, or by the end of the connection.
    func requireRejection(_ say: (HTTPConversation) throws -> Void) throws {
        let conversation = try connect()
        defer { conversation.close() }
        try say(conversation)
        guard let answer = try conversation.nextAnswer(to: "POST") else { return }
        try require(
            (400..<500).contains(answer.status),
            expected: "a status from 400 to 499, or the end of the connection",
            actual: answer.summary
        )
    }
}
