import Flash
import RTMFP

/// RFC 7016 §3.6.3.5 - §3.6.3.8: advertised buffers, Buffer Probes, and the end of a flow, at its receiver.
enum ReceiverStateCases {
    static let all: [Case] = [
        Case(
            "rendezvous/flow/buffer-counts-what-waits",
            "What waits for the rest of its message takes from the advertised buffer, and gives it back when given up.",
            ["RFC7016-3.6.3.3-02"],
            level: .should,
            needs: [.answers],
            saboteurs: ["buffer-always-empty", "given-up-data-kept"] + Saboteurs.joining,
            .session { session in
                let conversation = try session.converse()
                let flow = conversation.flow
                let empty = try flow.probe().blocks
                try flow.deliverBeginning(of: 20)
                let filled = try flow.probe().blocks
                try require(
                    filled < empty,
                    expected: "less than \(empty) blocks free with 20000 octets waiting",
                    actual: "\(filled)"
                )
                let number = flow.nextNumber
                try flow.deliver([flow.fragment(number: number, forward: number, abandon: true)], upTo: number)
                let freed = try flow.probe().blocks
                try require(
                    freed >= empty,
                    expected: "\(empty) blocks free after the message was given up",
                    actual: "\(freed)"
                )
            }
        ),
        Case(
            "rendezvous/flow/suspended-flow-fills-buffer",
            "What comes on a flow whose delivery is suspended takes from the advertised buffer.",
            ["RFC7016-3.6.3.5-04"],
            level: .should,
            needs: [.netConnection],
            saboteurs: ["buffer-always-empty"],
            .session { session in
                let conversation = try session.converse()
                let flow = conversation.flow
                let empty = try flow.probe().blocks
                // A barrier at which nobody else arrives (RFC 7425 §5.2).
                let barrier = UserControl.flowSynchronization(syncID: 8, count: 2).message.encoded
                let questions = (0..<20).map { _ in conversation.question(size: 900) }
                try flow.deliver(packets: ([barrier] + questions.map(\.octets)).map { [flow.fragment($0)] }, upTo: 22)
                for _ in 0..<2 { try session.ping() }
                guard questions.allSatisfy({ conversation.count(answering: $0) == 0 }) else {
                    throw Lacking(reason: "it does not wait for the other flows of a Flow Synchronization")
                }
                let filled = try flow.probe().blocks
                try require(
                    filled < empty,
                    expected: "less than \(empty) blocks free with 20 messages waiting",
                    actual: "\(filled)"
                )
            }
        ),
        Case(
            "rendezvous/ack/nearly-full-buffer-acknowledged-at-once",
            "While less than two blocks are advertised each chunk is acknowledged at once.",
            ["RFC7016-3.6.3.2-03", "RFC7016-3.6.3.4.1-06", "RFC7016-3.6.3.4.1-07"],
            level: .should,
            needs: [.answers],
            accepts: [roomier],
            saboteurs: ["full-buffer-ack-late", "window-closes-over-message", "sequence-number-of-one-octet"],
            .session { session in
                let flow = try session.converse().flow
                try fill(flow)
                try AckTimingCases.requirePrompt { _ in
                    try flow.delay { flow.fragment([0], .middle) }
                }
            }
        ),
        Case(
            "rendezvous/flow/window-of-waiting-flow-stays-open",
            "However much waits for the rest of its message, at least one block is advertised.",
            ["RFC7016-3.6.3.5-01"],
            needs: [.answers],
            accepts: [roomier],
            saboteurs: ["window-closes-over-message", "sequence-number-of-one-octet"],
            .session { session in
                let flow = try session.converse().flow
                try fill(flow)
                try flow.deliverBeginning(of: 12, with: .middle)
                let blocks = try flow.probe().blocks
                try require(blocks >= 1, expected: "at least one block", actual: "\(blocks)")
            }
        ),
        Case(
            "rendezvous/flow/buffer-probe-for-unknown-flow-ignored",
            "A Buffer Probe for a flow that does not exist is ignored.",
            ["RFC7016-3.6.3.6-01"],
            saboteurs: ["unknown-buffer-probe-closes", "unknown-buffer-probe-answered"],
            .sessionIgnored(.anyAnswerToFlows) { session in
                try session.say([.bufferProbe(BufferProbe(flowID: 777))])
            }
        ),
        Case(
            "rendezvous/flow/complete-only-without-gaps",
            "A flow is complete when FIN and everything before it has come: only then the target ends its answer.",
            ["RFC7016-3.6.3.8-01"],
            needs: [.answers],
            saboteurs: ["final-completes-despite-gap", "final-flag-ignored", "gaps-given-up"],
            .session { session in
                let conversation = try session.converse()
                let flow = conversation.flow
                try flow.deliver([flow.fragment([0], number: 3, final: true)], upTo: 3)
                try session.ping()
                try session.ping()
                try require(
                    conversation.answers?.finalNumber == nil,
                    expected: "an open flow while number 2 is missing",
                    actual: "FIN"
                )
                try flow.deliver([flow.fragment(number: 2, forward: 2, abandon: true)], upTo: 2)
                try conversation.expectEnd()
            }
        ),
        Case(
            "rendezvous/flow/second-final-ignored",
            "The first FIN that comes says which number is the flow's last; another one later changes nothing.",
            ["RFC7016-3.6.3.2-14"],
            needs: [.answers],
            saboteurs: [
                "last-final-counts", "final-flag-ignored", "final-completes-despite-gap", "gaps-given-up",
                "acks-last-range-only",
            ],
            .session { session in
                let conversation = try session.converse()
                let flow = conversation.flow
                try flow.deliver([flow.fragment([0], number: 5, final: true)], upTo: 5)
                try flow.deliver([flow.fragment([0], number: 3, final: true)], upTo: 3)
                // Up to the second FIN nothing is missing now; up to the first number 4 is.
                try flow.deliver([flow.fragment([0], number: 2)], upTo: 2)
                try session.ping()
                try session.ping()
                try require(
                    conversation.answers?.finalNumber == nil,
                    expected: "an open flow while number 4 is missing",
                    actual: "FIN"
                )
                try flow.deliver([flow.fragment([0], number: 4)], upTo: 4)
                try conversation.expectEnd()
            }
        ),
        Case(
            "rendezvous/flow/completed-flow-stays-reserved",
            "What comes again on a completed flow is acknowledged, and begins no new flow.",
            ["RFC7016-3.6.1.3-04", "RFC7016-3.6.3.8-02"],
            level: .should,
            needs: [.answers],
            saboteurs: ["completed-flow-forgotten", "duplicates-unacknowledged"],
            .session { session in
                let conversation = try session.converse()
                let flow = conversation.flow
                let last = flow.fragment([0], final: true)
                try flow.deliver([last], upTo: 2)
                try given { try conversation.expectEnd() }
                let heard = try flow.deliver([last], upTo: 2)
                try requireNoException(heard)
                let opening = flow.fragment([0], number: 1, options: flow.startupOptions)
                try requireNoException(try flow.deliver([opening], upTo: 2))
            }
        ),
    ]

    private static let roomier = Case.Alternative(
        "more is advertised, however much waits",
        "RFC 7016 §3.6.3.5 says how little may be advertised while a message waits for its end, not how much."
    )

    /// Says the beginning of a message until less than two blocks are advertised.
    private static func fill(_ flow: ProbeFlow) throws {
        for index in 0..<66 {
            let heard = try flow.deliverBeginning(of: 6, with: index == 0 ? .begin : .middle)
            if heard.blocks < 2 { return }
        }
        throw Settled(alternative: roomier.name)
    }
}

extension ProbeFlow {
    /// Says fragments of 1000 octets, the first of them with the given fragment control, and no end.
    @discardableResult
    func deliverBeginning(of count: Int, with first: FragmentControl = .begin) throws -> HeardAcknowledgement {
        let octets = [UInt8](repeating: 0, count: ProbeFlow.fragmentSize)
        return try deliver(fragments: (0..<count).map { fragment(octets, $0 == 0 ? first : .middle) })
    }
}

extension Conversation {
    /// Waits until the target has ended the flow on which it answers.
    func expectEnd() throws {
        try session.waitFor("FIN on the flow that answers, now that all of the other has come") {
            answers?.isComplete == true ? () : nil
        } otherwise: {
            "it is still open"
        }
    }
}

extension Effect {
    /// Any packet that says something of a flow, or ends the session.
    static let anyAnswerToFlows = Effect.particular { heard in
        heard.chunks.contains { chunk in
            switch chunk {
            case .rangeAcknowledgement, .bitmapAcknowledgement, .flowExceptionReport, .sessionCloseRequest,
                .sessionCloseAcknowledgement:
                true
            default: false
            }
        } ? "the target sent" : nil
    }
}
