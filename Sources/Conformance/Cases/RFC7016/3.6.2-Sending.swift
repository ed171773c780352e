import RTMFP

/// RFC 7016 §3.6.2: what a sender says on its flows, judged by what the target answers.
enum SendingCases {
    static let all: [Case] = [
        Case(
            "rendezvous/flow/options-until-acknowledged",
            "Metadata and association go with the first chunk of a flow in every packet until something was acknowledged.",
            ["RFC7016-2.3.11.1.1-02", "RFC7016-2.3.11.1.2-02", "RFC7016-3.6.2.3.1-01"],
            needs: [.answers],
            saboteurs: ["options-sent-once", "association-sent-once"],
            .session { session in
                session.ear.manner = .silent
                let conversation = try session.converse()
                for _ in 0..<2 { try conversation.ask() }
                let answers = try conversation.openAnswers()
                try require(
                    answers.association == conversation.flow.id && answers.metadata != nil,
                    expected: "metadata and the asking flow's number",
                    actual: "other options"
                )
                for fragment in answers.fragments where fragment.isFirstOfFlow {
                    try require(
                        fragment.options == answers.startupOptions,
                        expected: "the options of number 1 with number \(fragment.sequenceNumber) as well",
                        actual: fragment.options == nil ? "no options" : "other options"
                    )
                }
            }
        ),
        Case(
            "rendezvous/flow/options-end-with-first-ack",
            "After the first acknowledgement of a flow its options are not sent any more.",
            ["RFC7016-3.6.2.4-01", "RFC7016-2.3.11.1.1-04", "RFC7016-2.3.11.1.2-08"],
            level: .should,
            needs: [.answers],
            saboteurs: ["options-sent-always"],
            .session { session in
                session.ear.manner = .silent
                let conversation = try session.converse()
                let answers = try conversation.openAnswers()
                try session.acknowledge([answers.id])
                try session.ping()
                try conversation.ask()
                try require(
                    try conversation.openAnswers().fragments.last?.options == nil,
                    expected: "no options with what is sent after the acknowledgement",
                    actual: "options"
                )
            }
        ),
        ignoredAck(
            "ack-cut-short-ignored",
            "An acknowledgement that ends before its cumulative number is ignored.",
            ["RFC7016-2.3.14-03"],
            ["acks-cut-short-accepted", "options-sent-once"]
        ) { session, flow in
            let payload = ByteWriter.vlus(flow) + [0x7f]
            try session.say([.unknown(type: ChunkType.rangeAcknowledgement.rawValue, payload: payload)])
        },
        ignoredAck(
            "ack-in-startup-mode-ignored",
            "An acknowledgement in a packet of startup mode is ignored.",
            ["RFC7016-2.3.13-07"],
            ["ping-in-startup-mode", "options-sent-once"]
        ) { session, flow in
            let acknowledgement = RangeAcknowledgement(
                flowID: flow,
                bufferBlocksAvailable: 64,
                cumulativeAcknowledgement: 1
            )
            let header = PacketHeader(.startup, timestamp: session.peer.timestamp)
            try session.say([.rangeAcknowledgement(acknowledgement)], header: header)
        },
        optimistic("ack-beyond-sent-harmless", "RFC7016-3.6.2.4-02", cumulative: 100_000, ranges: []),
        optimistic("ack-far-beyond-sent-harmless", "RFC7016-2.3.14-05", cumulative: 1, ranges: [3...(1 << 40)]),
        Case(
            "rendezvous/ack/ack-of-unsent-harmless",
            "An acknowledgement of what waits to be sent does not take it out of the queue.",
            ["RFC7016-3.6.2.4-02"],
            needs: [.answers],
            saboteurs: ["unsent-numbers-acknowledged", "queued-numbers-acknowledged", "window-never-opens"],
            .session { session in
                let conversation = try session.converse()
                let question = try given { try session.askWithWindowClosed(conversation) }
                let answers = try conversation.openAnswers()
                try session.sayAcknowledging([answers.acknowledged(upTo: answers.received.cumulative + 1)])
                try conversation.expectAnswer(to: question)
            }
        ),
        Case(
            "rendezvous/ack/ack-for-unknown-flow-ignored",
            "An acknowledgement for a flow that the target does not send is ignored.",
            ["RFC7016-3.6.2.4-03"],
            saboteurs: ["unknown-ack-closes"],
            .sessionIgnored { session in
                try session.say([
                    .rangeAcknowledgement(
                        RangeAcknowledgement(flowID: 999, bufferBlocksAvailable: 64, cumulativeAcknowledgement: 3)
                    )
                ])
            }
        ),
        Case(
            "rendezvous/ack/old-ack-does-not-undo",
            "An acknowledgement that says less than an earlier one brings nothing back.",
            ["RFC7016-3.6.2.4-04"],
            needs: [.answers],
            saboteurs: ["old-acks-undo"],
            .session { session in
                let conversation = try session.converse()
                for _ in 0..<4 { try conversation.ask() }
                let answers = try conversation.openAnswers()
                session.ear.manner = .silent
                for cumulative in [UInt64]([3, 2, 1, 3]) {
                    try session.sayAcknowledging([answers.acknowledged(upTo: cumulative)])
                }
                for _ in 0..<2 { try session.ping() }
                try conversation.ask()
                let repeated = try conversation.openAnswers().repeated
                try require(
                    repeated.isEmpty,
                    expected: "nothing sent twice",
                    actual: "number \(repeated.first ?? 0) again"
                )
            }
        ),
        Case(
            "rendezvous/flow/exception-ends-flow",
            "A Flow Exception Report makes the sender give up what it has queued and end the flow; the session goes on.",
            ["RFC7016-3.6.2.10-01", "RFC7016-3.6.1.3-05", "RFC7016-3.1-04"],
            needs: [.answers],
            saboteurs: ["exceptions-ignored", "exception-closes-session", "data-after-exception"],
            .session { session in
                let conversation = try session.converse()
                let answers = try conversation.openAnswers()
                try session.reject(answers.id, code: 7)
                let before = answers.messages.count
                let question = conversation.question()
                try session.say([conversation.flow.fragment(question.octets)])
                for _ in 0..<2 { try session.ping() }
                let after = try conversation.openAnswers()
                try require(
                    after.id == answers.id && after.messages.count == before,
                    expected: "nothing more on the flow that was rejected",
                    actual: "another message"
                )
            }
        ),
        Case(
            "rendezvous/flow/exception-for-unknown-flow-ignored",
            "A Flow Exception Report for a flow that the target does not send is ignored.",
            ["RFC7016-3.6.2.10-02"],
            saboteurs: ["unknown-exception-closes"],
            .sessionIgnored { session in
                try session.say([.flowExceptionReport(FlowExceptionReport(flowID: 999, exceptionCode: 0))])
            }
        ),
        Case(
            "rendezvous/flow/rejected-flow-ends-with-window-closed",
            "A flow that was rejected is ended also where its receiver has no room for anything.",
            ["RFC7016-3.6.2.3-06"],
            needs: [.answers],
            saboteurs: ["exceptions-ignored", "final-waits-for-window", "exception-closes-session"],
            .session { session in
                let conversation = try session.converse()
                session.ear.blocks = 0
                try session.reject(conversation.openAnswers().id)
            }
        ),
        Case(
            "rendezvous/flow/rejected-flow-leaves-no-gap",
            "The end of a flow that was rejected passes over what was given up: its receiver is left without gaps.",
            ["RFC7016-3.6.2.7.1-01"],
            level: .should,
            needs: [.answers],
            saboteurs: [
                "exceptions-ignored", "exception-closes-session", "forward-number-never-sent", "final-sent-once",
                "nothing-retransmitted",
            ],
            .session { session in
                session.ear.echoesTimestamps = true
                let conversation = try session.converse()
                session.ear.manner = .silent
                for _ in 0..<2 { try conversation.ask() }
                let answers = try conversation.openAnswers()
                // As if everything after number 1 had been lost.
                let report = FlowExceptionReport(flowID: answers.id, exceptionCode: 0)
                try session.say([.flowExceptionReport(report), answers.acknowledged(upTo: 1)])
                let last = answers.received.cumulative
                try session.waitFor("a forward sequence number of \(last) or more", within: .seconds(4)) {
                    let sent = conversation.answers?.fragments ?? []
                    return sent.contains { $0.forwardSequenceNumber >= last } ? () : nil
                } otherwise: {
                    "\(conversation.answers?.fragments.map(\.forwardSequenceNumber).max() ?? 0) at most"
                }
            }
        ),
        Case(
            "rendezvous/flow/final-repeated-until-acknowledged",
            "The chunk with FIN is sent again, with FIN, until it is acknowledged.",
            ["RFC7016-3.6.2.11-03", "RFC7016-3.6.2.3-05"],
            needs: [.answers],
            saboteurs: ["final-sent-once", "final-lost-in-repetition", "nothing-retransmitted"],
            .session { session in
                session.ear.echoesTimestamps = true
                let conversation = try session.converse()
                for _ in 0..<2 { try conversation.ask() }
                session.ear.manner = .silent
                try conversation.flow.deliver([], final: true)
                try given { try conversation.expectEnd() }
                guard let final = try conversation.openAnswers().finalNumber else { return }
                let repetition = try session.waitFor("number \(final) again", within: .seconds(4)) {
                    let all = conversation.answers?.fragments.filter { $0.sequenceNumber == final } ?? []
                    return all.count > 1 ? all.last : nil
                } otherwise: {
                    "it came once"
                }
                try require(repetition.flags.final, expected: "FIN with it", actual: "no FIN")
            }
        ),
        Case(
            "rendezvous/flow/number-of-ended-flow-not-used-again",
            "The number of a flow that has ended is not given to another one for at least 130 seconds.",
            ["RFC7016-3.6.2.1-01", "RFC7016-3.6.2.11-02"],
            needs: [.answers],
            saboteurs: ["flow-ids-used-again", "association-is-2"],
            .session { session in
                let first = try session.converse()
                try first.flow.deliver([], final: true)
                try given { try first.expectEnd() }
                for _ in 0..<2 { try session.ping() }
                let second = try session.conversation(id: 6)
                let question = second.question()
                try session.say([second.flow.fragment(question.octets)])
                // A flow that opens under an old number would be taken for repetitions of the old one.
                _ = try session.waitFor("a flow in return with another number") {
                    if second.flow.acknowledgements.contains(where: { $0.exceptionCode != nil }) {
                        throw Lacking(reason: "it has one conversation in a session and no more")
                    }
                    let old = session.ear.flows[try first.openAnswers().id]
                    if let reopened = old?.fragments.last(where: { $0.sequenceNumber == 1 && $0.options != nil }),
                        FarFlow(openedBy: reopened).association == second.flow.id
                    {
                        throw Unmet(expected: "a flow in return with another number", actual: "number \(old?.id ?? 0)")
                    }
                    return second.answers
                } otherwise: {
                    "none"
                }
            }
        ),
    ]

    private static func ignoredAck(
        _ name: String,
        _ title: String,
        _ requirements: [String],
        _ saboteurs: [String],
        _ say: @escaping @Sendable (ProbeSession, UInt64) throws -> Void
    ) -> Case {
        Case(
            "rendezvous/ack/\(name)",
            title,
            requirements,
            needs: [.answers],
            saboteurs: saboteurs,
            .session { session in
                session.ear.manner = .silent
                let conversation = try session.converse()
                try say(session, try conversation.openAnswers().id)
                try session.ping()
                try conversation.ask()
                // An acknowledgement that counts would put an end to the options.
                try require(
                    try conversation.openAnswers().fragments.last?.options != nil,
                    expected: "options with what is sent afterwards, as before any acknowledgement",
                    actual: "none"
                )
            }
        )
    }

    private static func optimistic(
        _ name: String,
        _ requirement: String,
        cumulative: UInt64,
        ranges: [ClosedRange<UInt64>]
    ) -> Case {
        Case(
            "rendezvous/ack/\(name)",
            "An acknowledgement of numbers that were never sent has no effect on them: they are sent when their turn comes.",
            [requirement],
            needs: [.answers],
            saboteurs: ["unsent-numbers-acknowledged"],
            .session { session in
                let conversation = try session.converse()
                let acknowledgement = RangeAcknowledgement(
                    flowID: try conversation.openAnswers().id,
                    bufferBlocksAvailable: 64,
                    cumulativeAcknowledgement: cumulative,
                    ranges: ranges
                )
                try session.sayAcknowledging([.rangeAcknowledgement(acknowledgement)])
                try session.ping()
                for _ in 0..<2 { try conversation.ask() }
            }
        )
    }
}

extension Conversation {
    /// The flow on which the target answers; there must be one.
    func openAnswers() throws -> FarFlow {
        guard let answers else { throw Inconclusive(reason: "no flow came in return") }
        return answers
    }
}

extension FarFlow {
    /// An acknowledgement of everything up to `number`.
    func acknowledged(
        upTo number: UInt64,
        and ranges: [ClosedRange<UInt64>] = [],
        blocks: UInt64 = 64
    ) -> Chunk {
        .rangeAcknowledgement(
            RangeAcknowledgement(
                flowID: id,
                bufferBlocksAvailable: blocks,
                cumulativeAcknowledgement: number,
                ranges: ranges
            )
        )
    }

    /// The sequence numbers that came more than once, in order of their repetition.
    var repeated: [UInt64] {
        var seen: Set<UInt64> = []
        return fragments.compactMap { seen.insert($0.sequenceNumber).inserted ? nil : $0.sequenceNumber }
    }
}

extension ByteWriter {
    /// Numbers as VLUs.
    static func vlus(_ numbers: UInt64...) -> [UInt8] {
        var writer = ByteWriter()
        for number in numbers { writer.vlu(number) }
        return writer.bytes
    }
}
