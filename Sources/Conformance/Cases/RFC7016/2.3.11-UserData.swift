import RTMFP

/// RFC 7016 §2.3.11, §2.3.12: User Data and Next User Data as a receiver has to read them.
enum UserDataCases {
    static let all: [Case] = [
        Case(
            "rendezvous/flow/whole-message-delivered",
            "A User Data chunk for an unknown flow begins a flow, and the whole message in it is delivered.",
            ["RFC7016-2.3.11-02", "RFC7016-3.6.3.1-01", "RFC7016-2.3.11.1-01"],
            needs: [.answers],
            saboteurs: ["first-message-lost"],
            .session { session in
                try session.conversation().ask()
            }
        ),
        Case(
            "rendezvous/flow/fragments-make-a-message",
            "A message in three fragments, begin, middle and end, is delivered as one.",
            ["RFC7016-2.3.11-01", "RFC7016-3.6.1.2-01"],
            needs: [.answers],
            saboteurs: Saboteurs.joining,
            .session { session in
                let conversation = try session.converse()
                let question = conversation.question()
                let packets = zip(question.octets.thirds, [FragmentControl.begin, .middle, .end]).map {
                    [conversation.flow.fragment($0, $1)]
                }
                try conversation.insist(packets, until: question)
            }
        ),
        Case(
            "rendezvous/flow/message-without-end-waits",
            "A message is delivered when its last fragment has come, and not before.",
            ["RFC7016-3.6.1.2-01"],
            needs: [.answers],
            saboteurs: Saboteurs.joining,
            .session { session in
                let conversation = try session.converse()
                let question = conversation.question()
                // All that an answer needs is in the first fragment.
                let begin = conversation.flow.fragment(question.octets, .begin)
                try session.say([begin])
                try session.ping()
                try session.ping()
                try conversation.requireUnanswered(question, "its last fragment is missing")
                try conversation.insist([[begin], [conversation.flow.fragment([], .end)]], until: question)
            }
        ),
        Case(
            "rendezvous/flow/abandoned-data-ignored",
            "The data of a chunk with ABN set are not delivered, and what comes after them is.",
            ["RFC7016-2.3.11-06"],
            needs: [.answers],
            saboteurs: ["abandoned-data-delivered"],
            .session { session in
                let conversation = try session.converse()
                let abandoned = conversation.question()
                try conversation.flow.deliver(
                    [conversation.flow.fragment(abandoned.octets, abandon: true)],
                    upTo: 2
                )
                try conversation.ask()
                try conversation.requireUnanswered(abandoned, "it was abandoned")
            }
        ),
        Case(
            "rendezvous/flow/opened-by-abandoned-chunk",
            "An abandoned chunk may open a flow: it counts as received, and the next chunk needs no options.",
            ["RFC7016-2.3.11-17", "RFC7016-3.6.2.1-03"],
            needs: [.answers],
            saboteurs: ["abandoned-chunk-opens-nothing"],
            .session { session in
                let conversation = try session.conversation()
                try conversation.flow.deliver([conversation.flow.fragment(abandon: true)], upTo: 1)
                try conversation.ask()
            }
        ),
        Case(
            "rendezvous/flow/empty-message-acknowledged",
            "A message without octets is legal: it is acknowledged, and the flow goes on.",
            ["RFC7016-2.3.11-18"],
            needs: [.answers],
            saboteurs: ["empty-message-rejected"],
            .session { session in
                let conversation = try session.converse()
                try conversation.ask(after: [[conversation.flow.fragment([])]])
                try requireNoException(try conversation.flow.probe())
            }
        ),
        Case(
            "rendezvous/flow/reserved-flags-ignored",
            "Reserved flags of User Data are ignored on receipt.",
            ["RFC7016-2-04"],
            needs: [.answers],
            saboteurs: ["reserved-user-data-flags-rejected"],
            .session { session in
                let conversation = try session.converse()
                let question = conversation.question()
                var payload = conversation.flow.fragment(question.octets).payload
                payload[0] |= 0x4c
                let chunk = Chunk.unknown(type: ChunkType.userData.rawValue, payload: payload)
                try conversation.flow.deliver([chunk], upTo: 2)
                try conversation.expectAnswer(to: question)
            }
        ),
        Case(
            "rendezvous/flow/final-ends-flow",
            "FIN marks the flow's last number: data with a higher one are not delivered.",
            ["RFC7016-2.3.11-07"],
            needs: [.answers],
            saboteurs: ["final-flag-ignored"],
            .session { session in
                let conversation = try session.converse()
                let last = conversation.question()
                try conversation.flow.deliver(last.octets, final: true)
                try conversation.expectAnswer(to: last)
                let beyond = conversation.question()
                try conversation.flow.say(beyond.octets)
                try session.ping()
                try session.ping()
                try conversation.requireUnanswered(beyond, "the flow had ended before it")
            }
        ),
        Case(
            "rendezvous/flow/fsn-offset-beyond-number-ignored",
            "A chunk whose fsnOffset exceeds its sequence number is malformed and ignored.",
            ["RFC7016-2.3.11-15"],
            saboteurs: ["fsn-offset-underflows"],
            .session { session in
                let flow = session.flow(id: 2)
                try given { _ = try flow.deliver([0]) }
                let body = UserData(flags: UserDataFlags(), flowID: 2, sequenceNumber: 2, fsnOffset: 3, userData: [0])
                try session.say([.userData(body)])
                let heard = try flow.probe()
                try require(
                    heard.cumulative == 1 && heard.ranges.isEmpty,
                    expected: "an acknowledgement of 1 and nothing more",
                    actual: heard.summary
                )
            }
        ),
        Case(
            "rendezvous/flow/first-number-need-not-be-1",
            "A flow may begin with any sequence number: the forward sequence number says what is not to come.",
            ["RFC7016-2.3.11-11"],
            needs: [.answers],
            saboteurs: ["flows-begin-with-1", "forward-number-ignored"],
            .session { session in
                let conversation = try session.conversation()
                let question = conversation.question()
                let chunk = conversation.flow.fragment(question.octets, number: 7, forward: 6)
                let heard = try conversation.flow.deliver([chunk], upTo: 7)
                try require(
                    heard.cumulative == 7,
                    expected: "an acknowledgement of 0…7",
                    actual: heard.summary
                )
                try conversation.expectAnswer(to: question)
            }
        ),
    ]
}

/// RFC 7016 §2.3.12: Next User Data.
enum NextUserDataCases {
    static let all: [Case] = [
        Case(
            "rendezvous/flow/next-user-data-continues-flow",
            "Next User Data belongs to the flow of the chunk before it, with the next sequence number.",
            ["RFC7016-2.3.12-01"],
            needs: [.answers],
            saboteurs: ["next-user-data-ignored", "next-user-data-inherits-number", "one-chunk-of-a-kind"],
            .session { session in
                let conversation = try session.converse()
                let questions = (0..<3).map { _ in conversation.question() }
                let flow = conversation.flow
                let chunks = [flow.fragment(questions[0].octets)] + questions[1...].map { flow.next($0.octets) }
                let heard = try flow.deliver(chunks, upTo: 4)
                try require(heard.cumulative == 4, expected: "an acknowledgement of 0…4", actual: heard.summary)
                for question in questions { try conversation.expectAnswer(to: question) }
            }
        ),
        Case(
            "rendezvous/flow/next-user-data-has-its-own-flags",
            "Next User Data has fragment control of its own: begin in User Data and end in Next User Data make a message.",
            ["RFC7016-2.3.12-06"],
            needs: [.answers],
            saboteurs: ["next-user-data-ignored", "next-user-data-inherits-number", "next-user-data-inherits-flags"]
                + Saboteurs.joining,
            .session { session in
                let conversation = try session.converse()
                let question = conversation.question()
                let parts = question.octets.thirds
                let chunks = [
                    conversation.flow.fragment(parts[0] + parts[1], .begin), conversation.flow.next(parts[2], .end),
                ]
                try conversation.flow.deliver(chunks, upTo: 3)
                try conversation.expectAnswer(to: question)
            }
        ),
        Case(
            "rendezvous/flow/next-user-data-after-another-chunk",
            "Next User Data follows the last data chunk of its packet, also where other chunks stand between them.",
            ["RFC7016-2.3.12-04"],
            needs: [.answers],
            saboteurs: [
                "next-user-data-ignored", "next-user-data-inherits-number", "next-user-data-needs-adjacency",
            ],
            .session { session in
                let conversation = try session.converse()
                let questions = (0..<2).map { _ in conversation.question() }
                let flow = conversation.flow
                let chunks = [
                    flow.fragment(questions[0].octets), .ping(Ping(message: session.probe.octets(8))),
                    flow.next(questions[1].octets),
                ]
                try flow.deliver(chunks, upTo: 3)
                for question in questions { try conversation.expectAnswer(to: question) }
            }
        ),
        Case(
            "rendezvous/flow/next-user-data-alone-ignored",
            "Next User Data in a packet without User Data before it is ignored.",
            ["RFC7016-2.3.12-03"],
            saboteurs: ["next-user-data-alone-accepted"],
            .session { session in
                let flow = session.flow(id: 2)
                try given { _ = try flow.deliver([0]) }
                try session.say([.nextUserData(NextUserData(userData: [0]))])
                let heard = try flow.probe()
                try require(
                    heard.cumulative == 1 && heard.ranges.isEmpty,
                    expected: "an acknowledgement of 1 and nothing more",
                    actual: heard.summary
                )
            }
        ),
    ]
}

extension ProbeFlow {
    /// Sends Buffer Probes until an acknowledgement comes, which is what the target holds of the flow by now.
    ///
    /// That Buffer Probes are answered is judged elsewhere: a target that does not blocks the case.
    @discardableResult
    func probe() throws -> HeardAcknowledgement {
        try given {
            // One that was delayed may be on its way; the second that comes can only be newer.
            _ = try askForAcknowledgement()
            return try askForAcknowledgement()
        }
    }

    private func askForAcknowledgement() throws -> HeardAcknowledgement {
        let mark = acknowledgements.count
        for _ in 1...2 {
            try session.say([.bufferProbe(BufferProbe(flowID: id))])
            if let heard = try? expectAcknowledgement(since: mark) { return heard }
        }
        try session.say([.bufferProbe(BufferProbe(flowID: id))])
        return try expectAcknowledgement("an acknowledgement in answer to a Buffer Probe", since: mark)
    }
}

/// Fails if the target rejects the flow of `heard`.
func requireNoException(_ heard: HeardAcknowledgement) throws {
    try require(
        heard.exceptionCode == nil,
        expected: "an acknowledgement without a Flow Exception Report",
        actual: "a Flow Exception Report with code \(heard.exceptionCode ?? 0)"
    )
}

extension [UInt8] {
    /// Three parts of about the same length.
    var thirds: [[UInt8]] {
        let third = count / 3
        return [Array(self[..<third]), Array(self[third..<2 * third]), Array(self[(2 * third)...])]
    }
}
