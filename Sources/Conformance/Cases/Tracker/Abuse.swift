import RTMFP

/// What no client says that means well.
enum TrackerAbuseCases {
    static let all: [Case] = [
        .tracker(
            "abuse/content-without-end",
            "Content that is announced with ten gigabytes is rejected, and does no harm.",
            ["TRK-040"],
            level: .should,
            saboteurs: ["long-bodies-accepted", "long-bodies-crash", "long-bodies-fail"]
        ) { tracker in
            try tracker.requireRejection { conversation in
                var question = HTTPQuestion("POST", "/remote_log")
                question.fields = [
                    ("Content-Type", "application/x-www-form-urlencoded"), ("Content-Length", "10000000000"),
                ]
                conversation.say(question)
                let piece = Array("log=".utf8) + [UInt8](repeating: 0x78, count: 65_532)
                for _ in 0..<16 {
                    conversation.say(piece, "64 kB of content")
                    if try conversation.isAnswered(within: .milliseconds(2)) { break }
                }
            }
        },
        .tracker(
            "abuse/chunks-without-end",
            "Chunks without end are rejected, and do no harm.",
            ["TRK-040"],
            level: .should,
            saboteurs: ["long-bodies-accepted", "long-bodies-crash", "long-bodies-fail"]
        ) { tracker in
            try tracker.requireRejection { conversation in
                var question = HTTPQuestion("POST", "/remote_log")
                question.fields = [
                    ("Content-Type", "application/x-www-form-urlencoded"), ("Transfer-Encoding", "chunked"),
                ]
                conversation.say(question)
                let chunk = Array("4000\r\n".utf8) + [UInt8](repeating: 0x78, count: 0x4000) + [0x0d, 0x0a]
                for _ in 0..<64 {
                    conversation.say(chunk, "a chunk of 16 kB")
                    if try conversation.isAnswered(within: .milliseconds(2)) { break }
                }
            }
        },
        survived(
            "many-fields",
            "A form of ten thousand fields does no harm.",
            ["many-fields-crash"]
        ) { _ in
            [.post("/remote_log", octets: Array((0..<10_000).map { "a\($0)=1" }.joined(separator: "&").utf8))]
        },
        survived(
            "form-makes-no-sense",
            "A form with broken escapes and separators does no harm.",
            ["odd-forms-crash"]
        ) { _ in
            ["&&&", "=", "===", "%", "log=%&log=%z", "log", "&=&=log&", "\u{0}\u{0}", "a[b][c]=d&a[__proto__]=x"].map {
                .post("/remote_log", octets: Array($0.utf8))
            }
        },
        survived(
            "deep-json",
            "JSON that is nested deeply does no harm.",
            ["deep-json-crashes", "json-bodies-fail"]
        ) { _ in
            let deep = String(repeating: "[", count: 20_000)
            return [.post("/peer_disconnect", octets: Array(deep.utf8), type: "application/json")]
        },
        survived(
            "odd-targets",
            "Targets that are empty, odd or long do no harm.",
            [
                "odd-targets-crash", "binary-names-fail", "empty-resource-fails", "missing-resource-fails",
                "odd-sizes-fail",
            ]
        ) { _ in
            [
                "*", "//", "/?", "/get_peers??", "/get_peers?&&", "/get_peers?resourceID", "/get_peers?size=1&size=2",
                "/get_peers#x", "/get_peers?resourceID[]=x&size[]=1", "/get_peers?resourceID[a]=x&size=1",
                "/get_peers?resourceID=__proto__&size=1", "/get_peers?resourceID=constructor&size=1",
                "/" + String(repeating: "a/", count: 1000), "/%", "/%00", "?", "/get_peers?resourceID=x&size=1;DROP",
                "/get_peers?resourceID=x%0d%0aDEL%20y&size=1", "/get_peers?resourceID=*&size=1",
            ].map { HTTPQuestion("GET", $0) }
        },
        survived(
            "odd-fields",
            "Header fields of requests that are odd do no harm.",
            ["odd-types-crash"]
        ) { _ in
            let types = [
                "", "x", "application/x-www-form-urlencoded; charset=nonsense", "multipart/form-data", "text/plain;;;",
            ]
            return types.map { HTTPQuestion.post("/remote_log", octets: Array("log=x".utf8), type: $0) }
                + [
                    HTTPQuestion(
                        "GET",
                        "/get_peers?resourceID=x&size=1",
                        fields: [("Range", "bytes=0-0"), ("Accept", "image/png")]
                    ),
                    HTTPQuestion(
                        "GET",
                        "/get_peers?resourceID=x&size=1",
                        fields: [("Upgrade", "h2c"), ("Connection", "Upgrade")]
                    ),
                ]
        },
    ]

    private static func survived(
        _ name: String,
        _ title: String,
        _ saboteurs: [String],
        _ questions: @escaping @Sendable (String) -> [HTTPQuestion]
    ) -> Case {
        .tracker("abuse/\(name)", title, ["TRK-034", "TRK-039"], level: .should, saboteurs: saboteurs) { tracker in
            for question in questions(tracker.resource()) {
                let conversation = try tracker.connect()
                defer { conversation.close() }
                conversation.say(question)
                // Ending the connection is a refusal too.
                try conversation.nextAnswer(to: question.method)?.requireNoFailure()
            }
        }
    }
}
