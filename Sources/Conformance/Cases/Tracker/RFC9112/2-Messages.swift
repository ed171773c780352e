import RTMFP

/// RFC 9112 §2 to §5: how requests are taken apart.
enum HTTPMessageCases {
    static let all: [Case] = framing + lines + refusals

    private static let framing: [Case] = [
        .tracker(
            "http/answers-are-well-formed",
            "Status line, header fields and framing of every answer are as HTTP/1.1 has them.",
            ["RFC9112-4-01", "RFC9112-6.3-03"],
            saboteurs: ["status-line-without-reason", "lines-end-with-lf", "space-before-colon-answered"]
        ) { tracker in
            let resource = tracker.resource()
            let questions: [HTTPQuestion] = [
                .get("/get_peers", [("resourceID", resource), ("size", "3")]),
                .get("/get_total_count", [("resourceID", resource)]), .get("/no_such_path", []),
                .post("/remote_log", [("log", "x")]), HTTPQuestion("HEAD", "/get_peers?resourceID=x&size=1"),
                HTTPQuestion("OPTIONS", "/get_peers"), .get("/get_peers", []),
            ]
            for question in questions {
                let answer = try tracker.askAlone(question)
                try require(
                    answer.flaws.isEmpty,
                    expected: "an answer as in RFC 9112 §4",
                    actual: "\(answer.flaws.first ?? ""), in answer to \(question.summary)"
                )
            }
        },
        .tracker(
            "http/split-at-any-octet",
            "A request may come in pieces, broken at any octet.",
            ["RFC9112-2.2-03"],
            needs: [.peers],
            saboteurs: [
                "requests-must-come-whole", "content-must-come-with-head", "answers-kept-by-the-tracker",
                "disconnect-without-effect", "peer-id-must-come-first",
            ]
        ) { tracker in
            let resource = tracker.resource()
            let ids = try tracker.register(1, under: resource)
            let conversation = try tracker.connect()
            let question = HTTPQuestion.get("/get_peers", [("resourceID", resource), ("size", "9")])
            for octet in question.encoded(authority: tracker.site.authority) {
                conversation.say([octet], "one octet: \(shown([octet]))")
                tracker.pause(.milliseconds(1))
            }
            try requireSame(conversation.expectAnswer().peers(), ids, "the peer")
            let other = try tracker.connect(as: ids[0])
            let post = HTTPQuestion.post("/peer_disconnect", [("app", resource), ("peer_id", ids[0])])
            other.say(other.head(post), "the head of \(post.summary)")
            tracker.pause(.milliseconds(100))
            let content = post.body ?? []
            other.say(Array(content.prefix(9)), "a piece")
            tracker.pause(.milliseconds(20))
            other.say(Array(content.dropFirst(9)), "the rest")
            try other.expectAnswer(to: "POST").requireStatus(200)
            let isGone = try tracker.eventually { try tracker.peers(of: resource, size: 9).isEmpty }
            try require(isGone, expected: "the peer to be removed", actual: "it is still returned")
        },
        .tracker(
            "http/names-of-fields-in-any-case",
            "The names of header fields may be written in any case.",
            ["RFC9110-5.1-01"],
            saboteurs: ["field-names-compared-with-case", "one-request-a-connection"]
        ) { tracker in
            let conversation = try tracker.connectLastingly()
            let content = "log=x"
            conversation.say(
                "POST /remote_log HTTP/1.1\r\nhOST: \(tracker.site.authority)\r\n"
                    + "cONTENT-tYPE: application/x-www-form-urlencoded\r\ncONTENT-lENGTH: \(content.utf8.count)\r\n\r\n\(content)"
            )
            try conversation.expectAnswer(to: "POST").requireStatus(200)
            try conversation.ask(.get("/get_peers", [("resourceID", "x"), ("size", "1")])).requireStatus(200)
        },
    ]

    private static let lines: [Case] = [
        .tracker(
            "http/empty-line-before-request",
            "An empty line before a request is ignored.",
            ["RFC9112-2.2-02"],
            level: .should,
            saboteurs: ["empty-line-refused", "requests-must-come-whole"]
        ) { tracker in
            let conversation = try tracker.connect()
            conversation.say("\r\n")
            try conversation.ask(.get("/get_peers", [("resourceID", tracker.resource()), ("size", "1")])).requireStatus(
                200
            )
        },
        .tracker(
            "http/bare-lf",
            "Lines that end with LF alone are understood, or the request is refused.",
            ["RFC9112-2.2-01"],
            level: .observed,
            accepts: [
                .init("it is refused", "RFC 9112 §2.2: a recipient MAY recognize a single LF as a line terminator.")
            ],
            saboteurs: ["bare-lf-fails"]
        ) { tracker in
            let conversation = try tracker.connect()
            conversation.say("GET /get_peers?resourceID=x&size=1 HTTP/1.1\nHost: \(tracker.site.authority)\n\n")
            guard let answer = try conversation.nextAnswer() else { throw Settled(alternative: "it is refused") }
            if (400..<500).contains(answer.status) { throw Settled(alternative: "it is refused") }
            try answer.requireStatus(200)
        },
        .tracker(
            "http/absolute-form",
            "A request target in absolute form is accepted.",
            ["RFC9112-3.2.2-01"],
            level: .should,
            needs: [.peers],
            saboteurs: ["absolute-form-unknown"]
        ) { tracker in
            let resource = tracker.resource()
            let ids = try tracker.register(1, under: resource)
            let target = "http://\(tracker.site.authority)/get_peers?resourceID=\(resource)&size=9"
            try requireSame(tracker.ask(HTTPQuestion("GET", target)).peers(), ids, "the peer")
        },
        .tracker(
            "http/target-of-7900-octets",
            "A request line of 7900 octets is accepted.",
            ["RFC9112-3-02"],
            level: .should,
            saboteurs: ["long-targets-refused", "unknown-parameters-refused"]
        ) { tracker in
            let target = "/get_peers?resourceID=\(tracker.resource())&size=1&x="
            let rest = String(repeating: "y", count: 7900 - target.utf8.count - 13)
            try tracker.ask(HTTPQuestion("GET", target + rest)).requireStatus(200)
        },
    ]

    private static let refusals: [Case] = [
        refused(
            "host-missing",
            "A request of HTTP/1.1 without Host is refused with 400.",
            ["RFC9112-3.2-01"],
            ["host-not-required"],
            "GET /get_peers?resourceID=x&size=1 HTTP/1.1\r\n\r\n"
        ),
        refused(
            "host-twice",
            "A request with two Host fields is refused with 400.",
            ["RFC9112-3.2-01"],
            ["second-host-ignored"],
            "GET /get_peers?resourceID=x&size=1 HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"
        ),
        refused(
            "host-invalid",
            "A request whose Host field is no host is refused with 400.",
            ["RFC9112-3.2-02"],
            ["invalid-host-accepted"],
            "GET /get_peers?resourceID=x&size=1 HTTP/1.1\r\nHost: a b\r\n\r\n"
        ),
        refused(
            "space-before-colon",
            "A space between the name of a field and its colon is refused with 400.",
            ["RFC9112-5.1-01"],
            ["space-before-colon-accepted"],
            "GET /get_peers?resourceID=x&size=1 HTTP/1.1\r\nHost: x\r\nX-Odd : y\r\n\r\n"
        ),
        refused(
            "nonsense",
            "What is no request is refused with 400, or the connection ends.",
            ["RFC9112-3-01"],
            ["nonsense-answered"],
            "hello there\r\n\r\n",
            orEnd: true
        ),
        refused(
            "tls",
            "A client that begins TLS is refused, or the connection ends.",
            ["RFC9112-3-01"],
            ["nonsense-answered", "tls-crashes"],
            "\u{16}\u{3}\u{1}\u{0}\u{2}\u{1}\u{0}\u{0}\u{3}\u{3}\r\n\r\n",
            orEnd: true
        ),
        .tracker(
            "http/folded-field",
            "A field that is folded over two lines is refused with 400, or read as one.",
            ["RFC9112-5.2-01"],
            level: .should,
            saboteurs: ["folded-fields-fail"]
        ) { tracker in
            let conversation = try tracker.connect()
            conversation.say(
                "GET /get_peers?resourceID=x&size=1 HTTP/1.1\r\nHost: \(tracker.site.authority)\r\nX-Odd: a\r\n b\r\n\r\n"
            )
            guard let answer = try conversation.nextAnswer() else { return }
            try answer.requireStatus(200, 400)
        },
        .tracker(
            "http/no-injected-fields",
            "Line breaks in a parameter do not become lines of the answer's header.",
            ["RFC9110-5.5-01"],
            saboteurs: ["parameters-in-header"]
        ) { tracker in
            let bait = "x%0d%0aX-Injected:%20yes%0d%0a%0d%0ainjected"
            let targets = [
                "/get_peers?resourceID=\(bait)&size=1", "/get_total_count?resourceID=\(bait)", "/\(bait)",
                "/get_peers?\(bait)",
            ]
            for target in targets {
                let answer = try tracker.askAlone(HTTPQuestion("GET", target))
                try require(
                    answer.values("X-Injected").isEmpty && answer.flaws.isEmpty,
                    expected: "no field that the parameter has made",
                    actual: "\(answer.fields.last.map { "\($0.name): \($0.value)" } ?? answer.summary)"
                )
            }
        },
    ]

    /// Octets that have to be refused with 400.
    private static func refused(
        _ name: String,
        _ title: String,
        _ requirements: [String],
        _ saboteurs: [String],
        _ octets: String,
        orEnd: Bool = false
    ) -> Case {
        .tracker("http/\(name)", title, requirements, level: .should, saboteurs: saboteurs) { tracker in
            let conversation = try tracker.connect()
            conversation.say(octets)
            if orEnd { conversation.finish() }
            guard let answer = try conversation.nextAnswer() else {
                if orEnd { return }
                throw Unmet(expected: "status 400", actual: "the connection ended without an answer")
            }
            try require(
                orEnd
                    ? (400..<500).contains(answer.status) || answer.status == 501 || answer.status == 505
                    : answer.status == 400,
                expected: "status 400",
                actual: answer.summary
            )
        }
    }
}
