/// tracker-protocol §2: who may read the answers.
enum TrackerCORSCases {
    static let all: [Case] = [
        open("peers", "The answer to `/get_peers` may be read by pages of any origin.", ["no-cors", "origin-echoed"]) {
            .get("/get_peers", [("resourceID", $0), ("size", "3")])
        },
        open(
            "count",
            "The answer to `/get_total_count` may be read by pages of any origin.",
            ["no-cors", "no-cors-on-count"]
        ) {
            .get("/get_total_count", [("resourceID", $0)])
        },
        open(
            "disconnect",
            "The answer to `/peer_disconnect` may be read by pages of any origin.",
            ["no-cors", "no-cors-on-post"]
        ) {
            .post("/peer_disconnect", [("peer_id", String(repeating: "0", count: 64)), ("app", $0)])
        },
        open("log", "The answer to `/remote_log` may be read by pages of any origin.", ["no-cors", "no-cors-on-post"]) {
            _ in
            .post("/remote_log", [("log", "1416000000000| P2PLoader hlsp2p-check")])
        },
        open("head", "The answer to HEAD may be read by pages of any origin.", ["no-cors", "no-cors-on-head"]) {
            HTTPQuestion("HEAD", "/get_peers?resourceID=\($0)&size=3")
        },
        open(
            "errors",
            "Refusals of a route's parameters may be read by pages of any origin.",
            ["no-cors", "no-cors-on-errors"]
        ) { _ in .get("/get_peers", []) },
        open(
            "not-found",
            "An answer of 404 may be read by pages of any origin.",
            ["no-cors", "no-cors-on-404", "no-cors-on-errors"],
            level: .should
        ) { _ in HTTPQuestion("GET", "/no_such_path") },
        .tracker(
            "cors/options",
            "OPTIONS on a route is answered with success, for any origin.",
            ["TRK-003"],
            level: .observed,
            saboteurs: ["no-cors", "options-fails", "status-line-without-reason"]
        ) { tracker in
            var question = HTTPQuestion("OPTIONS", "/get_peers")
            question.fields = [("Origin", "http://example.com"), ("Access-Control-Request-Method", "GET")]
            let answer = try tracker.ask(question)
            try answer.requireStatus(200, 204)
            try answer.requireAnyOrigin()
        },
        .tracker(
            "cors/cross-domain-policy",
            "The cross-domain policy may be read by pages of any origin.",
            ["TRK-042"],
            level: .observed,
            accepts: [
                .init(
                    "static files lack the field",
                    "tracker-protocol §2, Q-065: the original sets the field after the rule for static files."
                ),
                .init("there is no such file", "tracker-protocol §7: clients other than Flash do not need it."),
            ],
            saboteurs: ["origin-echoed", "policy-fails"]
        ) { tracker in
            var question = HTTPQuestion("GET", "/crossdomain.xml")
            question.fields = [("Origin", "http://example.com")]
            let answer = try tracker.ask(question)
            if answer.status == 404 { throw Settled(alternative: "there is no such file") }
            try answer.requireStatus(200)
            if answer.values("Access-Control-Allow-Origin").isEmpty {
                throw Settled(alternative: "static files lack the field")
            }
            try answer.requireAnyOrigin()
        },
    ]

    private static func open(
        _ name: String,
        _ title: String,
        _ saboteurs: [String],
        level: Case.Level = .must,
        _ question: @escaping @Sendable (String) -> HTTPQuestion
    ) -> Case {
        .tracker("cors/\(name)", title, ["TRK-003"], level: level, saboteurs: saboteurs) { tracker in
            var question = question(tracker.resource())
            try tracker.ask(question).requireAnyOrigin()
            question.fields.append(("Origin", "http://example.com"))
            try tracker.ask(question).requireAnyOrigin()
        }
    }
}

extension HTTPAnswer {
    /// Fails unless pages of any origin may read the answer: the field has to be there once, or browsers refuse it.
    fileprivate func requireAnyOrigin() throws {
        let values = values("Access-Control-Allow-Origin")
        try require(
            values == ["*"],
            expected: "Access-Control-Allow-Origin: * in the answer of status \(status)",
            actual: values.isEmpty ? "no such field" : values.joined(separator: " and ")
        )
    }
}
