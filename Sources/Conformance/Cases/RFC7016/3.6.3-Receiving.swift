import RTMFP

/// RFC 7016 §3.6.3.2, §3.6.3.3: what is delivered, once, in order and whole.
enum ReceivingCases {
    static let all: [Case] = [
        Case(
            "rendezvous/flow/duplicate-delivered-once",
            "Data that come twice are delivered once.",
            ["RFC7016-3.6.3.2-12"],
            needs: [.answers],
            saboteurs: ["duplicates-delivered", "duplicates-unacknowledged"],
            .session { session in
                let conversation = try session.converse()
                let question = conversation.question()
                let chunk = conversation.flow.fragment(question.octets)
                for _ in 0..<3 { try conversation.flow.deliver([chunk], upTo: 2) }
                try conversation.expectAnswer(to: question)
                try conversation.ask()
                try require(
                    conversation.count(answering: question) == 1,
                    expected: "one answer to a message that came three times",
                    actual: "\(conversation.count(answering: question))"
                )
            }
        ),
        Case(
            "rendezvous/flow/nothing-delivered-below-forward-number",
            "Data at or below the forward sequence number are not delivered: they were given up.",
            ["RFC7016-3.6.3.2-13"],
            needs: [.answers],
            saboteurs: ["given-up-data-delivered", "duplicates-delivered", "forward-number-ignored"],
            .session { session in
                let conversation = try session.converse()
                let late = conversation.question()
                let flow = conversation.flow
                try flow.deliver([flow.fragment(abandon: true)], upTo: 2)
                try flow.deliver([flow.fragment(number: 5, forward: 5, abandon: true)], upTo: 5)
                try flow.deliver([flow.fragment(late.octets, number: 4, forward: 3)], upTo: 4)
                try conversation.ask()
                try conversation.requireUnanswered(late, "it is below the forward sequence number")
            }
        ),
        Case(
            "rendezvous/flow/order-recovered",
            "Messages are delivered in the order of their numbers, not of their arrival.",
            ["RFC7016-3.6.3.3-04", "RFC7016-3.6.1.2-02"],
            needs: [.answers],
            saboteurs: ["gaps-given-up", "reordered-data-lost"],
            .session { session in
                let conversation = try session.converse()
                let flow = conversation.flow
                let questions = (0..<3).map { _ in conversation.question() }
                let chunks = questions.map { flow.fragment($0.octets) }
                try flow.deliver([chunks[2]], upTo: 4)
                try flow.deliver([chunks[1]], upTo: 3)
                try session.ping()
                for question in questions { try conversation.requireUnanswered(question, "one before it is missing") }
                try flow.deliver([chunks[0]], upTo: 2)
                for question in questions { try conversation.expectAnswer(to: question) }
                let places = questions.compactMap(conversation.place)
                try require(
                    places == places.sorted(),
                    expected: "answers in the order of the questions",
                    actual: "places \(places.map(String.init).joined(separator: ", "))"
                )
            }
        ),
        Case(
            "rendezvous/flow/fragments-in-any-order",
            "The fragments of a message may arrive in any order.",
            ["RFC7016-3.6.1.2-02"],
            needs: [.answers],
            saboteurs: ["gaps-given-up", "reordered-data-lost"] + Saboteurs.joining,
            .session { session in
                let conversation = try session.converse()
                let flow = conversation.flow
                let question = conversation.question()
                let chunks = zip(question.octets.thirds, [FragmentControl.begin, .middle, .end]).map {
                    flow.fragment($0, $1)
                }
                try conversation.insist(chunks.reversed().map { [$0] }, until: question)
            }
        ),
        Case(
            "rendezvous/flow/partial-message-dropped",
            "A message whose end was given up is not delivered, and what comes after it is.",
            ["RFC7016-3.6.3.3-01", "RFC7016-3.6.1.2-05"],
            needs: [.answers],
            saboteurs: ["begin-delivered-alone", "forward-number-ignored"],
            .session { session in
                let conversation = try session.converse()
                let flow = conversation.flow
                let partial = conversation.question()
                let begin = flow.fragment(partial.octets, .begin)
                let whole = conversation.question()
                let next = flow.fragment(whole.octets, number: 5, forward: 4)
                try conversation.insist([[begin], [next]], until: whole)
                try conversation.requireUnanswered(partial, "its end was given up")
            }
        ),
        Case(
            "rendezvous/flow/headless-message-dropped",
            "Fragments whose begin was given up are dropped, and the next message is delivered.",
            ["RFC7016-3.6.3.3-03"],
            needs: [.answers],
            saboteurs: ["headless-message-stalls", "headless-message-delivered", "forward-number-ignored"],
            .session { session in
                let conversation = try session.converse()
                let flow = conversation.flow
                let headless = conversation.question()
                try conversation.ask(after: [
                    [flow.fragment(headless.octets, .middle, number: 3, forward: 2)],
                    [flow.fragment(headless.octets, .end, number: 4, forward: 2)],
                ])
                try conversation.requireUnanswered(headless, "its begin was given up")
            }
        ),
        Case(
            "rendezvous/flow/new-begin-abandons-old",
            "Where a message begins before the one before it has ended, that one is dropped.",
            ["RFC7016-3.6.3.3-05"],
            needs: [.answers],
            saboteurs: ["second-begin-joined"] + Saboteurs.joining,
            .session { session in
                let conversation = try session.converse()
                let flow = conversation.flow
                let dropped = conversation.question()
                let question = conversation.question()
                let parts = question.octets.thirds
                let packets = [
                    [flow.fragment(dropped.octets, .begin)], [flow.fragment(parts[0] + parts[1], .begin)],
                    [flow.fragment(parts[2], .end)],
                ]
                try conversation.insist(packets, until: question)
                try conversation.requireUnanswered(dropped, "it never ended")
            }
        ),
        Case(
            "rendezvous/flow/forward-update-releases-messages",
            "A forward sequence number over a gap releases the messages behind it.",
            ["RFC7016-3.6.2.7.1-02", "RFC7016-3.6.1.2-05"],
            needs: [.answers],
            saboteurs: ["forward-number-ignored", "reordered-data-lost", "gaps-given-up"],
            .session { session in
                let conversation = try session.converse()
                let flow = conversation.flow
                let question = conversation.question()
                try flow.deliver([flow.fragment(question.octets, number: 4)], upTo: 4)
                try session.ping()
                try conversation.requireUnanswered(question, "numbers 2 and 3 are missing")
                try flow.deliver([flow.fragment(number: 3, forward: 3, abandon: true)], upTo: 3)
                try conversation.expectAnswer(to: question)
            }
        ),
        Case(
            "rendezvous/flow/message-beyond-window-delivered",
            "A message larger than the advertised buffer is delivered: the window of a flow that waits never closes.",
            ["RFC7016-3.6.3.5-01", "RFC7016-3.6.3.3-06"],
            needs: [.answers],
            saboteurs: ["window-closes-over-message"] + Saboteurs.joining,
            .session { session in
                let conversation = try session.converse()
                // More than the 65536 octets with which every flow begins.
                let question = conversation.question(padding: 100_000)
                try conversation.flow.deliver(long: question.octets)
                try conversation.expectAnswer(to: question, within: .seconds(5))
            }
        ),
    ]
}
