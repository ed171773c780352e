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

    @Test("The one that was said last, after a wait in vain or a request over HTTP")
    func silent() {
        for event in [Tape.Event.waited(inVain: true), .asked(HTTPRequest("GET", "/"))] {
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
