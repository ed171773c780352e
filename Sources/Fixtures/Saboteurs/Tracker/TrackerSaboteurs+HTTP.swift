import HLSP2P
import RTMFP

extension TrackerSaboteur {
    /// One that does something with what comes on a connection, where a text is in it.
    private static func at(_ name: String, _ text: String, _ hearing: TrackerFault.Hearing) -> TrackerSaboteur {
        TrackerSaboteur(name) { fault in
            fault.incoming = { octets, _ in octets.holds(text) ? hearing : .pass(octets) }
        }
    }

    /// One that takes one text for another in what comes.
    private static func reads(_ name: String, _ text: String, as other: String) -> TrackerSaboteur {
        TrackerSaboteur(name) { $0.replaces(text, with: other) }
    }

    private static let failure = TrackerFault.Hearing.answer(
        "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    )
    private static let refusal = TrackerFault.Hearing.answer(
        "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    )
    private static let success = TrackerFault.Hearing.answer(
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n[]"
    )

    static let messages: [TrackerSaboteur] = [
        TrackerSaboteur("status-line-without-reason") { $0.replacesSent("204 No Content", with: "204") },
        TrackerSaboteur("lines-end-with-lf") { $0.replacesSent("\r\n", with: "\n") { $0.contains(" 204 ") } },
        TrackerSaboteur("space-before-colon-answered") {
            $0.replacesSent("Allow:", with: "Allow :") { $0.contains(" 204 ") }
        },
        TrackerSaboteur("requests-must-come-whole") { fault in
            fault.incoming = { octets, memory in
                defer { memory["pieces"] += 1 }
                return memory["pieces"] == 0 && !octets.holds("\r\n\r\n") ? .end : .pass(octets)
            }
        },
        TrackerSaboteur("content-must-come-with-head") { fault in
            fault.incoming = { octets, _ in
                let isAlone = octets.starts(with: "POST ".utf8) && octets.suffix(4).elementsEqual("\r\n\r\n".utf8)
                let isEmpty = octets.holds("Content-Length: 0\r\n") || octets.holds("Content-Length: 10000000000")
                return isAlone && !isEmpty && octets.holds("Content-Length") ? .end : .pass(octets)
            }
        },
        at("field-names-compared-with-case", "cONTENT-lENGTH", .end),
        TrackerSaboteur("empty-line-refused") { fault in
            fault.incoming = { octets, _ in octets == Array("\r\n".utf8) ? refusal : .pass(octets) }
        },
        at("bare-lf-fails", "HTTP/1.1\nHost", failure),
        TrackerSaboteur("absolute-form-unknown") { fault in
            fault.answers(404) { request, _ in request.target.hasPrefix("http://") }
        },
        TrackerSaboteur("long-targets-refused") { fault in
            fault.answers(414) { request, _ in request.target.utf8.count > 5000 }
        },
        reads("host-not-required", "HTTP/1.1\r\n\r\n", as: "HTTP/1.1\r\nHost: x\r\n\r\n"),
        reads("second-host-ignored", "Host: a\r\nHost: b\r\n", as: "Host: a\r\n"),
        reads("invalid-host-accepted", "Host: a b\r\n", as: "Host: a\r\n"),
        reads("space-before-colon-accepted", "X-Odd :", as: "X-Odd:"),
        TrackerSaboteur("nonsense-answered") { fault in
            fault.incoming = { octets, _ in
                octets.holds("hello there") || octets.first == 0x16 ? success : .pass(octets)
            }
        },
        TrackerSaboteur("tls-crashes") { fault in
            fault.incoming = { octets, _ in octets.first == 0x16 ? .crash : .pass(octets) }
        },
        at("folded-fields-fail", "X-Odd: a\r\n b", failure),
        TrackerSaboteur("parameters-in-header") { fault in
            fault.incoming = { octets, memory in
                memory["bait"] = octets.holds("X-Injected") ? 1 : 0
                return .pass(octets)
            }
            fault.outgoing = { octets, memory in
                guard memory["bait"] == 1 else { return octets }
                return replacing("\r\nDate:", with: "\r\nX-Injected: yes\r\nDate:", in: octets)
            }
        },
    ]

    static let content: [TrackerSaboteur] = [
        reads(
            "conflicting-lengths-accepted",
            "Content-Length: 5\r\nContent-Length: 6\r\n",
            as: "Content-Length: 5\r\n"
        ),
        TrackerSaboteur("odd-lengths-accepted") { fault in
            fault.incoming = { octets, _ in
                let first = replacing("Content-Length: five", with: "Content-Length: 5", in: octets)
                return .pass(replacing("Content-Length: -5", with: "Content-Length: 5", in: first))
            }
        },
        reads(
            "length-before-chunked",
            "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
            as: "Content-Length: 4\r\n"
        ),
        reads(
            "open-after-length-and-chunked",
            "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
            as: "Transfer-Encoding: chunked\r\n"
        ),
        TrackerSaboteur("content-of-get-is-a-request") { fault in
            fault.incoming = { octets, _ in
                guard octets.holds("DELETE /no_such_path"), octets.starts(with: "GET ".utf8) else {
                    return .pass(octets)
                }
                return .pass(replacing("Content-Length:", with: "X-Length:", in: octets))
            }
        },
        TrackerSaboteur("chunked-refused") { fault in
            fault.incoming = { octets, _ in
                octets.holds("Transfer-Encoding: chunked") && !octets.holds("Content-Length") ? refusal : .pass(octets)
            }
        },
        TrackerSaboteur("first-chunk-alone") { fault in
            fault.hears = { request in
                if request.field("Transfer-Encoding") != nil { request.body = Array(request.body.prefix(1)) }
            }
        },
        reads("odd-chunks-accepted", "zz\r\nlog=x", as: "5\r\nlog=x"),
        reads("unknown-codings-accepted", "Transfer-Encoding: gzip\r\n", as: "Content-Length: 5\r\n"),
    ]

    static let connections: [TrackerSaboteur] = [
        TrackerSaboteur("one-request-a-connection") { $0.endsAfterAnswer = true },
        TrackerSaboteur("pipelined-answers-reversed") { fault in
            fault.incoming = { octets, _ in
                guard octets.requests > 1, let end = octets.endOfFirst else { return .pass(octets) }
                return .pass(Array(octets[end...] + octets[..<end]))
            }
        },
        TrackerSaboteur("pipelined-requests-lost") { fault in
            fault.incoming = { octets, _ in
                guard octets.requests > 1, let end = octets.endOfFirst else { return .pass(octets) }
                return .pass(Array(octets[..<end]))
            }
        },
        reads("open-after-connection-close", "Connection: close", as: "Connection: keep-alive"),
        TrackerSaboteur("silent-after-upgrade") { fault in
            fault.incoming = { octets, memory in
                if memory["upgraded"] == 1 { return .pass([]) }
                guard octets.holds("Upgrade: hlsp2p-check") else { return .pass(octets) }
                memory["upgraded"] = 1
                return .pass(replacing("Connection: Upgrade", with: "X-Connection: Upgrade", in: octets))
            }
        },
        at("upgrade-refused", "Upgrade: hlsp2p-check", refusal),
        TrackerSaboteur("chunks-to-http-1.0") { fault in
            fault.incoming = { octets, memory in
                if octets.holds("HTTP/1.0") { memory["old"] = 1 }
                return .pass(octets)
            }
            fault.outgoing = { octets, memory in
                guard memory["old"] == 1 else { return octets }
                let chunked = replacing("Content-Length: 2\r\n", with: "Transfer-Encoding: chunked\r\n", in: octets)
                return replacing("[]", with: "2\r\n[]\r\n0\r\n\r\n", in: chunked)
            }
        },
        reads("open-after-http-1.0", "HTTP/1.0\r\n", as: "HTTP/1.1\r\nHost: x\r\n"),
        at("http-1.0-refused", "HTTP/1.0", refusal),
        TrackerSaboteur("half-closed-is-closed") { fault in
            fault.endsWithClient = true
            fault.lag = .milliseconds(4)
        },
        TrackerSaboteur("broken-requests-crash") { $0.crashesWithClient = true },
    ]

    static let methods: [TrackerSaboteur] = [
        reads("head-with-content", "HEAD ", as: "GET "),
        TrackerSaboteur("head-refused") { fault in
            fault.answers(405) { request, _ in request.method == "HEAD" }
        },
        TrackerSaboteur("head-of-length-0") { fault in
            fault.says = { request, response in
                if request.method == "HEAD" { response.body = [] }
            }
        },
        reads("unknown-methods-answered", "BREW ", as: "GET "),
        TrackerSaboteur("continue-not-sent") { fault in
            fault.outgoing = { octets, _ in octets.holds("HTTP/1.1 100 Continue") ? [] : octets }
        },
        TrackerSaboteur("no-date") { $0.replacesSent("Date: ", with: "X-Date: ") },
        TrackerSaboteur("large-headers-fail") { fault in
            fault.refuses = { if $0.status == 431 || $0.status == 400 && $0.body.isEmpty { $0.status = 500 } }
        },
        TrackerSaboteur("large-headers-crash") { fault in
            let memory = fault.memory
            fault.refuses = { if $0.status == 431 { memory.isDead = true } }
        },
        TrackerSaboteur("endless-headers-accepted") { fault in
            fault.incoming = { octets, memory in
                if octets.holds("\r\n\r\n") || !octets.holds("X-Field: ") { return .pass(octets) }
                return .pass([])
            }
        },
    ]

    static let concurrency: [TrackerSaboteur] = [
        TrackerSaboteur("latest-resource-for-everybody") { fault in
            let memory = fault.memory
            // Shows only with twenty connections, so that nothing else turns red.
            fault.hears = { request in
                guard request.path == "/get_peers", let name = request.resource else { return }
                if memory["open"] >= 20, let other = memory[octets: "latest"] {
                    request.target = request.target.replacing(name, with: String(decoding: other, as: UTF8.self))
                }
                memory[octets: "latest"] = Array(name.utf8)
            }
        },
        TrackerSaboteur("ten-connections-at-a-time") { $0.serves = { older, _ in older < 10 } },
        TrackerSaboteur("slow-clients-are-waited-for") { $0.serves = { _, hasBegun in !hasBegun } },
        TrackerSaboteur("twenty-connections-at-most") { $0.connections = 20 },
        TrackerSaboteur("long-pipelines-crash") { fault in
            fault.incoming = { octets, _ in octets.requests > 100 ? .crash : .pass(octets) }
        },
        TrackerSaboteur("list-read-in-two-steps") { fault in
            let memory = fault.memory
            // The first step is that of the request before; shows only with four connections and more.
            fault.choose = { all, random in
                let before = String(decoding: memory[octets: all.resource] ?? [], as: UTF8.self)
                    .split(separator: " ").map(String.init)
                memory[octets: all.resource] = Array(all.list.joined(separator: " ").utf8)
                guard memory["open"] >= 4 else { return all.window(&random) }
                guard before.count >= all.size, all.size > 0 else { return all.list }
                let start = Int.random(in: 0..<before.count, using: &random)
                let first = before[start...].prefix(all.size)
                return Array(first) + all.list.prefix(all.size - first.count)
            }
        },
    ]
}

extension [UInt8] {
    /// Whether a text is in it.
    fileprivate func holds(_ text: String) -> Bool {
        let pattern = Array(text.utf8)
        guard let first = pattern.first, count >= pattern.count else { return false }
        return indices.dropLast(pattern.count - 1).contains { self[$0] == first && self[$0...].starts(with: pattern) }
    }

    /// How many requests of GET begin in it.
    fileprivate var requests: Int {
        String(decoding: self, as: UTF8.self).split(separator: "GET /", omittingEmptySubsequences: false).count - 1
    }

    /// Where the first request ends that has no content; nil if it has not come whole.
    fileprivate var endOfFirst: Int? {
        let mark = Array("\r\n\r\n".utf8)
        return indices.first { self[$0...].starts(with: mark) }.map { $0 + mark.count }
    }
}
