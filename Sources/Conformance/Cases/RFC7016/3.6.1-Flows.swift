import RTMFP

/// RFC 7016 §2.1.2, §3.6.1: flows, their numbers, and what they have to do with each other.
enum FlowCases {
    static let all: [Case] = [
        identified(by: 0, "0"),
        identified(by: 1, "1"),
        identified(by: 7, "7"),
        identified(by: 300, "300"),
        identified(by: 1 << 21, "2-to-21", ["RFC7016-2.1.2-02"], ["vlu-of-29-bits"]),
        identified(by: 1 << 40, "2-to-40", ["RFC7016-2.1.2-04"], ["vlu-of-32-bits"], level: .should),
        identified(by: .max, "2-to-64-less-1", ["RFC7016-2.1.2-04"], ["vlu-of-32-bits"], level: .should),
        numbered((1 << 32) + 5, "2-to-32"),
        numbered(1 << 62, "2-to-62"),
        Case(
            "rendezvous/flow/numbers-of-both-ends-are-independent",
            "The flows of the two ends are numbered independently: both may have a flow with the same number.",
            ["RFC7016-3.6.1.1-03"],
            needs: [.answers],
            saboteurs: ["flow-numbers-shared"],
            .session { session in
                let conversation = try session.converse(id: 4711)
                guard let answers = conversation.answers else { throw Inconclusive(reason: "no flow came back") }
                // Whether it is accepted is another question.
                try session.flow(id: answers.id).deliver([0])
                try conversation.ask()
            }
        ),
        Case(
            "rendezvous/flow/end-of-one-leaves-others",
            "A flow that ends does not end the flows that are associated with the same one.",
            ["RFC7016-3.6.1.1-06"],
            needs: [.netConnection],
            saboteurs: ["end-of-associated-flow-closes-session"],
            .session { session in
                let conversation = try session.converse()
                guard let answers = conversation.answers else { throw Inconclusive(reason: "no flow came back") }
                let options = session.flow(id: 0).startupOptions + [.association(answers.id)]
                try session.flow(id: 5, options: options).deliver([0], final: true)
                try conversation.ask()
            }
        ),
        Case(
            "rendezvous/flow/gap-stops-only-its-own-flow",
            "There is no order between flows: what is missing on one does not hold back another.",
            ["RFC7016-3.6.1.2-09"],
            needs: [.answers],
            saboteurs: ["gap-blocks-session", "rejected-flows-acknowledged-once"],
            .session { session in
                let conversation = try session.converse()
                let other = session.flow(id: 5)
                try other.deliver([0])
                try other.deliver([other.fragment([0], number: 3)], upTo: 3)
                try conversation.ask()
            }
        ),
        Case(
            "rendezvous/session/flood-of-flows-harms-no-other",
            "A session that opens flows without end does not use up the target: other sessions are served as before.",
            ["RFC7016-5-04"],
            level: .should,
            saboteurs: ["dies-of-many-flows", "one-session-only"],
            setting: .opened,
            aftermath: .handshake,
            isAlone: true,
            .startup { probe in
                let session = try given { try probe.open(from: probe.newPeer()) }
                session.ear.manner = .silent
                for batch in 0..<200 {
                    let flows = (0..<60).map { session.flow(id: UInt64(batch * 60 + $0 + 2)) }
                    try session.say(flows.map { $0.fragment([0]) })
                    // Not faster than a socket takes it in.
                    if batch % 8 == 7 {
                        do { try session.ping() } catch is Unmet { break }
                    }
                }
                try probe.baseline?.ping()
            }
        ),
    ]

    private static func identified(
        by id: UInt64,
        _ name: String,
        _ requirements: [String] = ["RFC7016-3.6.1.1-01", "RFC7016-3.6.1.1-02"],
        _ saboteurs: [String] = [],
        level: Case.Level = .must
    ) -> Case {
        Case(
            "rendezvous/flow/flow-id-\(name)",
            "A flow may have any number, and none has a meaning: the target answers on a flow that is associated to it.",
            requirements + ["RFC7016-2.3.11.1.2-01"],
            level: level,
            needs: [.answers],
            saboteurs: saboteurs + ["first-flow-must-be-2", "association-is-2", "first-message-lost"],
            .session { session in
                let conversation = try session.conversation(id: id)
                try conversation.ask()
            }
        )
    }

    private static func numbered(_ number: UInt64, _ name: String) -> Case {
        Case(
            "rendezvous/flow/sequence-number-\(name)",
            "Sequence numbers are of 64 bits.",
            ["RFC7016-2.1.2-04"],
            level: .should,
            needs: [.answers],
            saboteurs: ["vlu-of-32-bits", "flows-begin-with-1", "forward-number-ignored"],
            .session { session in
                let conversation = try session.conversation()
                let question = conversation.question()
                let chunk = conversation.flow.fragment(question.octets, number: number, forward: number - 1)
                let heard = try conversation.flow.deliver([chunk], upTo: number)
                try require(
                    heard.cumulative == number && heard.ranges.isEmpty,
                    expected: "an acknowledgement of 0…\(number)",
                    actual: heard.summary
                )
                try conversation.expectAnswer(to: question)
            }
        )
    }
}
