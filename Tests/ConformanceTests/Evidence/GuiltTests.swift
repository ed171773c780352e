import HLSP2P
import Links
import RTMFP
import Testing

@testable import Conformance

/// Which datagram of a failed case gets the comment.
struct GuiltTests {
    /// Says `IHello`, hears `[RHello]` and `[Ping]`.
    private func tape(_ further: (Tape) -> Void = { _ in }) -> Tape {
        let tape = Tape()
        let link = tape.add(.loopback(port: 1))
        func pass(_ text: String, isSent: Bool) {
            // A line about what is sent comes before it, one about what was heard after it.
            if isSent { tape.add(text, isSent: true) }
            let passage = Tape.Passage(link: link, isSent: isSent, bytes: [1], far: .loopback(port: 2))
            tape.add(.passage(passage), at: .origin)
            if !isSent { tape.add(text, isSent: false) }
        }
        pass("[IHello]", isSent: true)
        pass("[RHello]", isSent: false)
        pass("P0: [Ping]", isSent: false)
        further(tape)
        tape.markFault()
        return tape
    }

    private func guilt(_ tape: Tape, _ actual: String) -> Guilt {
        var result = CaseResult(id: "a/b", title: "", verdict: .failed, durationMilliseconds: 0, reproduce: "")
        (result.expected, result.actual) = ("this", actual)
        return Guilt(tape, result)
    }

    @Test("One that is quoted, or its only chunk", arguments: ["the target sent [RHello]", "two packets: [RHello]"])
    func quoted(_ actual: String) {
        let guilt = guilt(tape { $0.add(.waited(inVain: true), at: .origin) }, actual)
        #expect(guilt.place == 1)
        #expect(guilt.comment == "a/b: expected this; actual: \(actual)")
    }

    @Test("One that is quoted without the name of whom it came to")
    func named() {
        #expect(guilt(tape { $0.add(.waited(inVain: true), at: .origin) }, "[Ping]").place == 2)
    }

    @Test("The one that came last, if the case found fault with that")
    func judged() {
        let guilt = guilt(tape { $0.add(.waited(inVain: false), at: .origin) }, "5 octets")
        #expect(guilt.place == 2)
        #expect(guilt.comment == "a/b: expected this; as of this, actual: 5 octets")
    }

    @Test("A request over HTTP that came last, or one that is quoted, or a part of its target")
    func asked() {
        let tape = tape { tape in
            tape.add(.asked(HTTPRequest("GET", "/get_peers?size=1")), at: .origin)
            tape.add(.answered(HTTPRequest("GET", "/get_peers?size=1"), HTTPResponse(200)), at: .origin)
            tape.add(.asked(HTTPRequest("GET", "/1.ts")), at: .origin)
        }
        #expect(guilt(tape, "2 requests").place == 5)
        #expect(guilt(tape, "2 requests").comment.contains("as of this, actual: 2 requests"))
        for actual in ["size=1", "it asked for /get_peers?size=1"] {
            #expect(guilt(tape, actual).place == 3)
            #expect(guilt(tape, actual).comment == "a/b: expected this; actual: \(actual)")
        }
    }

    /// Says two requests on a connection, and hears one response.
    private func conversation(_ further: (Tape) -> Void) -> Tape {
        let tape = Tape()
        let stream = tape.addStream(from: .loopback(port: 1), to: .loopback(port: 80), at: .origin)
        func say(_ text: String) {
            tape.add(text, isSent: true)
            tape.add(.dealt(stream: stream, .said(Array(text.utf8))), at: .origin)
        }
        say("GET /1")
        tape.add(.dealt(stream: stream, .heard([1])), at: .origin)
        tape.add("HTTP/1.1 200, 3 octets", isSent: false)
        say("GET /2")
        further(tape)
        tape.markFault()
        // The valid exchange afterwards is answered in the same way.
        say("GET /3")
        tape.add(.dealt(stream: stream, .heard([2])), at: .origin)
        tape.add("HTTP/1.1 200, 3 octets", isSent: false)
        return tape
    }

    @Test("A response that is quoted, or came last")
    func response() {
        let quoted = guilt(conversation { $0.add(.waited(inVain: true), at: .origin) }, "HTTP/1.1 200, 3 octets")
        #expect(quoted.place == 2)
        #expect(quoted.comment == "a/b: expected this; actual: HTTP/1.1 200, 3 octets")
        let last = guilt(conversation { $0.add(.dealt(stream: 0, .heard([3])), at: .origin) }, "no such field")
        #expect(last.place == 4)
        #expect(last.comment.contains("as of this, actual: no such field"))
    }

    @Test("The request that is not answered, or the end of its connection")
    func unanswered() {
        let silent = guilt(conversation { $0.add(.waited(inVain: true), at: .origin) }, "nothing was sent")
        #expect(silent.place == 3)
        #expect(silent.comment.contains("after this, actual: nothing was sent"))
        for ending in [Tape.Dealing.ended, .broke(reason: "the far end reset it")] {
            let guilt = guilt(
                conversation { $0.add(.dealt(stream: 0, ending), at: .origin) },
                "the connection ended without one"
            )
            #expect(guilt.place == 4)
            #expect(guilt.comment.contains("as of this"))
        }
    }

    @Test("The request before the registry was looked at")
    func looked() {
        let tape = conversation { tape in
            tape.add("LPUSH a b", isSent: true)
            tape.add(.consulted(command: ["LRANGE"], .success(.array([]))), at: .origin)
        }
        #expect(guilt(tape, "0 entries").place == 3)
    }

    @Test("The attempt of a connection that does not come about")
    func refused() {
        let far = SocketAddress.loopback(port: 80)
        let tape = conversation { $0.add(.unconnected(to: far, from: nil, .refused(far)), at: .origin) }
        #expect(guilt(tape, "nobody listens at 127.0.0.1:80").place == 4)
    }

    @Test("The one that was said last, after a wait in vain or a look elsewhere")
    func silent() {
        for event in [Tape.Event.waited(inVain: true), .consulted(command: ["GET"], .success(.null))] {
            let guilt = guilt(tape { $0.add(event, at: .origin) }, "nothing was sent")
            #expect(guilt.place == 0)
            #expect(guilt.comment == "a/b: expected this; after this, actual: nothing was sent")
        }
    }

    @Test("What happens once fault was found is nobody's")
    func afterwards() {
        let tape = tape()
        tape.add(.passage(Tape.Passage(link: 0, isSent: false, bytes: [2], far: .loopback(port: 2))), at: .origin)
        #expect(guilt(tape, "5 octets").place == 2)
    }

    @Test("Nobody, where nothing passed")
    func nobody() {
        #expect(guilt(Tape(), "nothing was sent").place == nil)
    }
}
