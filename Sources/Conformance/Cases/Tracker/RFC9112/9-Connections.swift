import RTMFP

/// RFC 9112 §9, and what there is of HTTP/1.0: connections that stay and connections that end.
enum HTTPConnectionCases {
    static let all: [Case] = [
        .tracker(
            "http/keep-alive",
            "Several requests may follow each other on one connection.",
            ["RFC9112-9.3-01"],
            level: .should,
            needs: [.peers],
            saboteurs: ["one-request-a-connection", "head-refused", "head-with-content"]
        ) { tracker in
            let resource = tracker.resource()
            let ids = try tracker.register(1, under: resource)
            let conversation = try tracker.connect()
            for _ in 0..<3 {
                let peers = try conversation.ask(.get("/get_peers", [("resourceID", resource), ("size", "9")])).peers()
                try requireSame(peers, ids, "the peer")
                let count = try conversation.ask(.get("/get_total_count", [("resourceID", resource)])).count()
                try require(count == 1, expected: "1", actual: "\(count)")
                try conversation.ask(.post("/remote_log", [("log", "x")])).requireStatus(200)
                let head = HTTPQuestion("HEAD", "/get_total_count?resourceID=\(resource)")
                try conversation.ask(head).requireStatus(200)
            }
        },
        .tracker(
            "http/pipelined",
            "Requests that are sent before the answers to earlier ones have come are answered in their order.",
            ["RFC9112-9.3.2-01"],
            needs: [.peers],
            saboteurs: ["pipelined-answers-reversed", "pipelined-requests-lost", "one-request-a-connection"]
        ) { tracker in
            let (one, other) = (tracker.resource(), tracker.resource())
            let first = try tracker.register(1, under: one)
            _ = try tracker.register(2, under: other)
            let conversation = try tracker.connectLastingly()
            let questions: [HTTPQuestion] = [
                .get("/get_peers", [("resourceID", one), ("size", "9")]),
                .get("/get_total_count", [("resourceID", other)]),
                .post("/remote_log", [("log", "x")]), .get("/get_total_count", [("resourceID", one)]),
                .get("/get_peers", [("resourceID", other), ("size", "9")]),
            ]
            let octets = questions.flatMap { $0.encoded(authority: tracker.site.authority) }
            conversation.say(octets, "\(questions.count) requests at once")
            try requireSame(conversation.expectAnswer().peers(), first, "the peer of the first resource")
            let two = try conversation.expectAnswer().count()
            try conversation.expectAnswer(to: "POST").requireStatus(200)
            let count = try conversation.expectAnswer().count()
            let peers = try conversation.expectAnswer().peers()
            try require(
                two == 2 && count == 1 && peers.count == 2,
                expected: "2, then 1, then two peers",
                actual: "\(two), then \(count), then \(peers.count) peers"
            )
        },
        .tracker(
            "http/connection-close",
            "After an answer to a request with `Connection: close` the connection is closed.",
            ["RFC9112-9.6-01"],
            saboteurs: ["open-after-connection-close"]
        ) { tracker in
            let conversation = try tracker.connect()
            var question = HTTPQuestion.get("/get_peers", [("resourceID", tracker.resource()), ("size", "1")])
            question.fields = [("Connection", "close")]
            try conversation.ask(question).requireStatus(200)
            let ends = try conversation.ends()
            try require(ends, expected: "the end of the connection", actual: "it stays open")
        },
        .tracker(
            "http/upgrade-ignored",
            "Who offers another protocol is answered in this one, and next time too, unless the connection ends.",
            ["RFC9110-7.8-01"],
            saboteurs: ["silent-after-upgrade", "upgrade-refused"]
        ) { tracker in
            let conversation = try tracker.connect()
            var question = HTTPQuestion.get("/get_peers", [("resourceID", tracker.resource()), ("size", "1")])
            question.fields = [("Connection", "Upgrade"), ("Upgrade", "hlsp2p-check/1")]
            let answer = try conversation.ask(question).requireStatus(200)
            _ = try answer.peers()
            conversation.say(.get("/get_total_count", [("resourceID", tracker.resource())]))
            let count = try conversation.nextAnswer()?.count()
            try require(count ?? 0 == 0, expected: "0, or the end of the connection", actual: "\(count ?? 0)")
        },
        .tracker(
            "http/http-1-0",
            "A request of HTTP/1.0 without Host is answered, not in chunks, and the connection is closed.",
            ["RFC9112-6.1-01"],
            saboteurs: ["chunks-to-http-1.0", "open-after-http-1.0", "http-1.0-refused"]
        ) { tracker in
            let conversation = try tracker.connect()
            conversation.say("GET /get_peers?resourceID=\(tracker.resource())&size=3 HTTP/1.0\r\n\r\n")
            let answer = try conversation.expectAnswer()
            _ = try answer.peers()
            try require(
                answer.values("Transfer-Encoding").isEmpty,
                expected: "no transfer coding",
                actual: answer.values("Transfer-Encoding").joined(separator: ", ")
            )
            let ends = try conversation.ends()
            try require(ends, expected: "the end of the connection", actual: "it stays open")
        },
        .tracker(
            "http/sending-finished",
            "A client that has finished sending after its request still gets the answer.",
            ["RFC9112-9.6-02"],
            level: .observed,
            saboteurs: ["half-closed-is-closed"]
        ) { tracker in
            let conversation = try tracker.connect()
            conversation.say(.get("/get_peers", [("resourceID", tracker.resource()), ("size", "3")]))
            conversation.finish()
            _ = try conversation.expectAnswer().peers()
        },
        .tracker(
            "http/broken-off",
            "Requests that break off at any place do no harm.",
            ["RFC9112-8-01"],
            saboteurs: ["broken-requests-crash"]
        ) { tracker in
            let question = HTTPQuestion.post("/peer_disconnect", [("app", tracker.resource()), ("peer_id", "x")])
            let octets = question.encoded(authority: tracker.site.authority)
            for count in [0, 1, 10, 40, octets.count - 20, octets.count - 1] {
                let conversation = try tracker.connect()
                conversation.say(Array(octets.prefix(count)), "the first \(count) octets of \(question.summary)")
                if count % 2 == 0 { conversation.finish() }
                tracker.pause(.milliseconds(5))
                conversation.close()
            }
        },
    ]
}
