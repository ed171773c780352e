import RTMFP

/// RFC 9112 §6 and §7: where content ends. Who gets that wrong lets strangers slip requests in.
enum HTTPContentCases {
    static let all: [Case] = lengths + chunks

    private static let lengths: [Case] = [
        refused(
            "lengths-in-conflict",
            "A request with two different lengths is refused with 400, or the connection ends.",
            ["conflicting-lengths-accepted"],
            "Content-Length: 5\r\nContent-Length: 6\r\n"
        ),
        refused(
            "length-makes-no-sense",
            "A request whose length is no number is refused with 400, or the connection ends.",
            ["odd-lengths-accepted"],
            "Content-Length: five\r\n"
        ),
        refused(
            "length-negative",
            "A request whose length is negative is refused with 400, or the connection ends.",
            ["odd-lengths-accepted"],
            "Content-Length: -5\r\n"
        ),
        .tracker(
            "http/length-and-chunked",
            "A request with a length and chunked content is refused, or read as chunked and the connection closed.",
            ["RFC9112-6.1-02"],
            saboteurs: ["length-before-chunked", "open-after-length-and-chunked"]
        ) { tracker in
            let conversation = try tracker.connect()
            conversation.say(
                tracker.post("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n") + "5\r\nlog=x\r\n0\r\n\r\n"
            )
            guard let answer = try conversation.nextAnswer(to: "POST") else { return }
            try answer.requireStatus(200, 400)
            let ends = try conversation.ends()
            try require(
                ends,
                expected: "the end of the connection after the answer",
                actual: "it stays open, or says more"
            )
        },
        .tracker(
            "http/get-with-content",
            "The content of a GET is no request: what comes after it is answered.",
            ["RFC9112-6.3-03"],
            saboteurs: ["content-of-get-is-a-request"]
        ) { tracker in
            let resource = tracker.resource()
            let conversation = try tracker.connect()
            var question = HTTPQuestion.get("/get_peers", [("resourceID", resource), ("size", "1")])
            question.body = Array("DELETE /no_such_path HTTP/1.1\r\nHost: x\r\n\r\n".utf8)
            let first = try conversation.ask(question)
            // Refusing such a request, and closing, is as safe.
            if first.status == 400 || !first.keepsConnection { return }
            try first.requireStatus(200)
            guard
                let second = try given({ () -> HTTPAnswer? in
                    conversation.say(.get("/get_peers", [("resourceID", resource), ("size", "1")]))
                    return try conversation.nextAnswer()
                })
            else { return }
            _ = try second.peers()
        },
        .tracker(
            "http/slow-content",
            "A request whose content takes a second is answered when it is whole.",
            ["RFC9112-6.3-03"],
            saboteurs: ["content-must-come-with-head"]
        ) { tracker in
            let conversation = try tracker.connect()
            let question = HTTPQuestion.post("/remote_log", [("log", String(repeating: "x", count: 400))])
            conversation.say(conversation.head(question), "the head of \(question.summary)")
            let content = question.body ?? []
            for start in stride(from: 0, to: content.count, by: 81) {
                try conversation.wait(.milliseconds(200))
                conversation.say(Array(content[start..<min(start + 81, content.count)]), "81 octets")
            }
            try conversation.expectAnswer(to: "POST").requireStatus(200)
        },
    ]

    private static let chunks: [Case] = [
        .tracker(
            "http/chunked-content",
            "Content may come in chunks.",
            ["RFC9112-7.1-01"],
            needs: [.peers],
            saboteurs: ["chunked-refused", "first-chunk-alone", "disconnect-without-effect", "peer-id-must-come-first"]
        ) { tracker in
            let resource = tracker.resource()
            let ids = try tracker.register(1, under: resource)
            let form = Array(formEncoded([("app", resource), ("peer_id", ids[0])]).utf8)
            let conversation = try tracker.connect(as: ids[0])
            conversation.say(tracker.post("Transfer-Encoding: chunked\r\n", path: "/peer_disconnect"))
            for piece in [form.prefix(1), form[1..<20], form.dropFirst(20)] {
                conversation.say(
                    Array("\(String(piece.count, radix: 16, uppercase: true));x=y\r\n".utf8) + piece + [0x0d, 0x0a],
                    "a chunk of \(piece.count) octets"
                )
            }
            conversation.say("0\r\nX-Trailer: x\r\n\r\n")
            try conversation.expectAnswer(to: "POST").requireStatus(200)
            let isGone = try tracker.eventually { try tracker.peers(of: resource, size: 9).isEmpty }
            try require(isGone, expected: "the peer to be removed", actual: "it is still returned")
        },
        refused(
            "chunk-size-makes-no-sense",
            "Chunked content whose chunk size is no number is refused with 400, or the connection ends.",
            ["odd-chunks-accepted"],
            "Transfer-Encoding: chunked\r\n",
            "zz\r\nlog=x\r\n0\r\n\r\n"
        ),
        refused(
            "transfer-coding-unknown",
            "Content in a transfer coding that is not chunked in the end is refused, or the connection ends.",
            ["unknown-codings-accepted"],
            "Transfer-Encoding: gzip\r\n",
            "log=x",
            statuses: [400, 411, 415, 501]
        ),
    ]

    /// A POST whose content has no end that can be found.
    private static func refused(
        _ name: String,
        _ title: String,
        _ saboteurs: [String],
        _ fields: String,
        _ content: String = "log=x",
        statuses: [Int] = [400]
    ) -> Case {
        .tracker("http/\(name)", title, ["RFC9112-6.3-01"], saboteurs: saboteurs) { tracker in
            let conversation = try tracker.connect()
            conversation.say(tracker.post(fields) + content)
            conversation.finish()
            guard let answer = try conversation.nextAnswer(to: "POST") else { return }
            try require(
                statuses.contains(answer.status),
                expected: "status \(statuses.map(String.init).joined(separator: " or ")), or the end of the connection",
                actual: answer.summary
            )
            let ends = try conversation.ends()
            try require(ends, expected: "the end of the connection after it", actual: "it stays open, or says more")
        }
    }
}

extension TrackerProbe {
    /// The head of a POST of a form, with fields that frame its content.
    fileprivate func post(_ fields: String, path: String = "/remote_log") -> String {
        "POST \(path) HTTP/1.1\r\nHost: \(site.authority)\r\nContent-Type: application/x-www-form-urlencoded\r\n\(fields)\r\n"
    }
}
