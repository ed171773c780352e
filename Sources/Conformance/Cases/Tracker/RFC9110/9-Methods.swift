import RTMFP

/// RFC 9110: methods, expectations, and what header fields say.
enum HTTPMethodCases {
    static let all: [Case] = [
        .tracker(
            "http/head",
            "HEAD is accepted where GET is, and answered without content.",
            ["TRK-044", "RFC9110-9.3.2-01"],
            saboteurs: ["head-with-content", "head-refused", "one-request-a-connection", "unknown-count-is-404"]
        ) { tracker in
            let resource = tracker.resource()
            let conversation = try tracker.connectLastingly()
            for target in ["/get_peers?resourceID=\(resource)&size=3", "/get_total_count?resourceID=\(resource)"] {
                try conversation.ask(HTTPQuestion("HEAD", target)).requireStatus(200)
                tracker.pause(.milliseconds(20))
                // Content would be taken for the next answer.
                let next = try conversation.ask(.get("/get_peers", [("resourceID", resource), ("size", "1")]))
                _ = try next.peers()
            }
        },
        .tracker(
            "http/head-tells-the-length",
            "If HEAD tells a length, it is that of the answer to GET.",
            ["RFC9110-8.6-01"],
            level: .should,
            saboteurs: ["head-of-length-0", "head-refused"]
        ) { tracker in
            let target = "/get_peers?resourceID=\(tracker.resource())&size=3"
            let get = try tracker.ask(HTTPQuestion("GET", target))
            let head = try tracker.ask(HTTPQuestion("HEAD", target))
            guard let length = head.values("Content-Length").first else { return }
            try require(length == "\(get.body.count)", expected: "Content-Length: \(get.body.count)", actual: length)
        },
        .tracker(
            "http/method-unknown",
            "A method that nobody knows is answered with 404, 405 or 501.",
            ["TRK-044", "RFC9110-9.1-01"],
            level: .should,
            saboteurs: ["unknown-methods-answered"]
        ) { tracker in
            try tracker.askAlone(HTTPQuestion("BREW", "/get_peers?resourceID=x&size=1")).requireStatus(
                400,
                404,
                405,
                501
            )
        },
        .tracker(
            "http/expect-continue",
            "A client that waits for 100 before it sends content gets that, or a final status.",
            ["RFC9110-10.1.1-01"],
            saboteurs: ["continue-not-sent", "content-must-come-with-head"]
        ) { tracker in
            let conversation = try tracker.connect()
            var question = HTTPQuestion.post("/remote_log", [("log", "x")])
            question.fields.append(("Expect", "100-continue"))
            conversation.say(conversation.head(question), "the head of \(question.summary)")
            try require(
                conversation.isAnswered(),
                expected: "100, or a final status, before the content",
                actual: "nothing"
            )
            conversation.say(question.body ?? [], "the content")
            try conversation.expectAnswer(to: "POST").requireStatus(200, 417)
        },
        .tracker(
            "http/date",
            "Answers tell the date.",
            ["RFC9110-6.6.1-01"],
            level: .should,
            saboteurs: ["no-date"]
        ) { tracker in
            let answer = try tracker.getPeers(of: tracker.resource(), size: 1)
            let date = answer.values("Date").first ?? ""
            // IMF-fixdate: Sun, 06 Nov 1994 08:49:37 GMT.
            try require(
                date.utf8.count == 29 && date.hasSuffix(" GMT"),
                expected: "a Date as in RFC 9110 §5.6.7",
                actual: date.isEmpty ? "none" : date
            )
        },
        .tracker(
            "http/large-header",
            "A header of 400 kB is answered, refused with a status from 400 to 499, or the connection ends.",
            ["RFC9110-5.4-01"],
            saboteurs: ["large-headers-fail", "large-headers-crash"]
        ) { tracker in
            let conversation = try tracker.connect()
            var question = HTTPQuestion.get("/get_peers", [("resourceID", "x"), ("size", "1")])
            question.fields = (0..<400).map { ("X-Field-\($0)", String(repeating: "x", count: 1000)) }
            conversation.say(question)
            guard let answer = try conversation.nextAnswer() else { return }
            try answer.requireNoFailure()
        },
        .tracker(
            "http/endless-header",
            "A header without an end is refused, or the connection ends, before it has taken 16 MB.",
            ["RFC9110-5.4-01"],
            level: .should,
            saboteurs: ["endless-headers-accepted", "large-headers-crash", "large-headers-fail"]
        ) { tracker in
            let conversation = try tracker.connect()
            conversation.say("GET /get_peers?resourceID=x&size=1 HTTP/1.1\r\nHost: x\r\n")
            let line = Array("X-Field: \(String(repeating: "x", count: 65_520))\r\n".utf8)
            for _ in 0..<256 {
                conversation.say(line, "a field of 64 kB")
                if try conversation.isAnswered(within: .milliseconds(2)) { break }
            }
            guard let answer = try conversation.nextAnswer() else { return }
            try answer.requireStatus(400, 413, 431)
        },
    ]
}
