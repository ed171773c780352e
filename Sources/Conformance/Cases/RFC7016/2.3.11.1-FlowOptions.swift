import RTMFP

/// RFC 7016 §2.1.4, §2.3.11.1: the options of a flow, and for what a flow is rejected.
enum FlowOptionCases {
    static let all: [Case] = [
        Case(
            "rendezvous/options/empty-list-accepted",
            "A User Data chunk may carry an Option List without options.",
            ["RFC7016-2.1.4-02"],
            needs: [.answers],
            saboteurs: ["empty-option-list-rejected"],
            .session { session in
                let conversation = try session.converse()
                let question = conversation.question()
                let chunk = conversation.flow.fragment(question.octets, options: [])
                try conversation.flow.deliver([chunk], upTo: 2)
                try conversation.expectAnswer(to: question)
            }
        ),
        Case(
            "rendezvous/options/list-without-marker-ignored",
            "A chunk whose Option List is not ended by a Marker is malformed and ignored.",
            ["RFC7016-2.1.4-03"],
            saboteurs: ["list-without-marker-accepted"],
            .session { session in
                let flow = session.flow(id: 2)
                try given { _ = try flow.deliver([0]) }
                let payload = flow.fragment(options: [.value(type: 0x2777, [1, 2, 3])]).payload.dropLast()
                try session.say([.unknown(type: ChunkType.userData.rawValue, payload: Array(payload))])
                let heard = try flow.probe()
                try require(!heard.covers(2), expected: "no acknowledgement of number 2", actual: heard.summary)
            }
        ),
        rejected(
            "unknown-option-below-8192-rejects-flow",
            "A flow that opens with an option of a type below 8192 that nobody knows is rejected.",
            ["RFC7016-2.3.11.1-02", "RFC7016-3.6.3.1-05"],
            ["low-options-ignored"],
            [.value(type: 0x1fff, [1])]
        ),
        Case(
            "rendezvous/options/unknown-option-from-8192-ignored",
            "An option of a type of 8192 or more that nobody knows is ignored.",
            ["RFC7016-2.3.11.1-03"],
            needs: [.answers],
            saboteurs: ["high-options-reject"],
            .session { session in
                let metadata = session.flow(id: 2).startupOptions
                try session.conversation(options: metadata + [.value(type: 0x2000, [1, 2, 3])]).ask()
            }
        ),
        Case(
            "rendezvous/options/any-order",
            "The options of a flow may come in any order.",
            ["RFC7016-2.3.11.1-04"],
            needs: [.answers],
            saboteurs: ["first-option-is-metadata", "high-options-reject"],
            .session { session in
                let metadata = session.flow(id: 2).startupOptions
                try session.conversation(options: [.value(type: 0x2777, [9])] + metadata).ask()
            }
        ),
        Case(
            "rendezvous/options/unknown-option-later-rejects-flow",
            "An option below 8192 that nobody knows rejects the flow also where a later chunk brings it.",
            ["RFC7016-3.6.3.2-01"],
            needs: [.answers],
            saboteurs: [
                "low-options-ignored", "later-options-ignored", "exceptions-never-sent", "exception-after-ack",
            ],
            aftermath: .ping,
            .session { session in
                let conversation = try session.converse()
                let chunk = conversation.flow.fragment(options: [.value(type: 0x1ff0, [1])])
                let heard = try conversation.flow.deliver([chunk], upTo: 2)
                try requireException(heard)
            }
        ),
        rejected(
            "flow-without-metadata-rejected",
            "A flow that opens without metadata is rejected.",
            ["RFC7016-3.6.3.1-02", "RFC7016-2.3.16-01", "RFC7016-2.3.16-03", "RFC7016-3.6.3.7-01"],
            ["metadata-not-required"],
            [],
            metadata: false
        ),
        rejected(
            "association-to-no-flow-rejected",
            "A flow that names a flow of the target's that does not exist is rejected.",
            ["RFC7016-2.3.11.1.2-06", "RFC7016-3.6.3.1-03"],
            ["association-unchecked"],
            [.association(999)]
        ),
        Case(
            "rendezvous/flow/association-names-flow-of-receiver",
            "A return flow association names a flow of the receiver's: the number of one of the sender's is not enough.",
            ["RFC7016-2.3.11.1.2-07"],
            needs: [.answers],
            saboteurs: [
                "association-unchecked", "association-to-own-flow", "exceptions-never-sent", "exception-after-ack",
            ],
            .session { session in
                let conversation = try session.converse(id: 4711)
                let flow = session.flow(id: 5, options: session.flow(id: 0).startupOptions + [.association(4711)])
                try require(
                    conversation.answers?.id != 4711,
                    expected: "a return flow with a number of the target's own",
                    actual: "number 4711"
                )
                try requireException(try flow.deliver([0]))
            }
        ),
        Case(
            "rendezvous/flow/association-to-closing-flow-rejected",
            "A flow that names a flow of the target's that is closed already is rejected.",
            ["RFC7016-3.6.3.1-04"],
            needs: [.answers],
            saboteurs: [
                "association-to-closed-flow", "data-after-exception", "exceptions-never-sent", "exception-after-ack",
            ],
            .session { session in
                let conversation = try session.converse()
                guard let answers = conversation.answers else { throw Inconclusive(reason: "no flow came back") }
                try given { try session.reject(answers.id) }
                let options = session.flow(id: 0).startupOptions + [.association(answers.id)]
                try requireException(try session.flow(id: 5, options: options).deliver([0]))
            }
        ),
        Case(
            "rendezvous/flow/associated-flows-accepted",
            "Any number of flows may be associated in return to one flow of the target's.",
            ["RFC7016-3.6.1.1-05", "RFC7016-2.3.11.1-01"],
            needs: [.netConnection],
            saboteurs: ["associated-flows-rejected"],
            .session { session in
                let conversation = try session.converse()
                guard let answers = conversation.answers else { throw Inconclusive(reason: "no flow came back") }
                for id in [UInt64](3...5) {
                    let options = session.flow(id: 0).startupOptions + [.association(answers.id)]
                    try requireNoException(try session.flow(id: id, options: options).deliver([0]))
                }
            }
        ),
        Case(
            "rendezvous/flow/later-metadata-ignored",
            "Metadata do not change over the life of a flow: other ones that come later are ignored.",
            ["RFC7016-2.3.11.1.1-07"],
            needs: [.answers],
            saboteurs: ["later-metadata-reject"],
            .session { session in
                let conversation = try session.converse()
                let question = conversation.question()
                let chunk = conversation.flow.fragment(question.octets, options: [.metadata([0x54, 0x43, 0x04, 0x05])])
                try conversation.flow.deliver([chunk], upTo: 2)
                try conversation.expectAnswer(to: question)
            }
        ),
        Case(
            "rendezvous/flow/empty-metadata-is-metadata",
            "Metadata may be empty: what opens with such is a flow, and is acknowledged.",
            ["RFC7016-2.3.11.1.1-06"],
            saboteurs: ["empty-metadata-ignored"],
            .session { session in
                try session.flow(id: 2, options: [.metadata([])]).deliver([0])
            }
        ),
    ]

    private static func rejected(
        _ name: String,
        _ title: String,
        _ requirements: [String],
        _ saboteurs: [String],
        _ options: [Option],
        metadata: Bool = true
    ) -> Case {
        Case(
            "rendezvous/flow/\(name)",
            title,
            requirements,
            saboteurs: saboteurs + ["exceptions-never-sent", "exception-after-ack", "automatic-exception-has-a-code"],
            .session { session in
                let flow = session.flow(id: 2, options: (metadata ? session.flow(id: 0).startupOptions : []) + options)
                let heard = try flow.deliver([0])
                try requireException(heard)
                try require(
                    heard.exceptionCode == 0,
                    expected: "exception code 0 where no application rejects the flow",
                    actual: "\(heard.exceptionCode ?? 0)"
                )
            }
        )
    }
}

/// Fails unless the target rejects the flow of `heard`.
func requireException(_ heard: HeardAcknowledgement) throws {
    try require(
        heard.exceptionCode != nil,
        expected: "a Flow Exception Report right before the acknowledgement",
        actual: "an acknowledgement alone"
    )
}

extension ProbeSession {
    /// Rejects a flow of the target's until the target has ended it.
    func reject(_ flowID: UInt64, code: UInt64 = 0) throws {
        for attempt in 1...3 {
            let report = Chunk.flowExceptionReport(FlowExceptionReport(flowID: flowID, exceptionCode: code))
            try sayAcknowledging([report, ear.acknowledgement(of: flowID)])
            do {
                try waitFor("the end of flow \(flowID), which was rejected") {
                    ear.flows[flowID]?.finalNumber != nil ? () : nil
                } otherwise: {
                    "it goes on"
                }
                return
            } catch let unmet as Unmet {
                if attempt == 3 { throw unmet }
            }
        }
    }
}
