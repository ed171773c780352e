import RTMFP

/// RFC 7016 §3.6.2.9: a sender keeps to what its receiver has room for.
enum FlowControlCases {
    static let all: [Case] = [
        Case(
            "rendezvous/flow/closed-window-stops-flow",
            "A flow whose receiver has no room sends nothing until there is room again.",
            ["RFC7016-3.6.2.3-01", "RFC7016-3.6.2.9-01"],
            needs: [.answers],
            saboteurs: ["window-ignored", "window-never-opens"],
            .session { session in
                let conversation = try session.converse()
                let question = try session.askWithWindowClosed(conversation)
                session.ear.blocks = 64
                try session.acknowledge([conversation.openAnswers().id])
                try conversation.expectAnswer(to: question)
            }
        ),
        Case(
            "rendezvous/flow/window-of-one-block",
            "Once as much is on its way as the receiver has room for, no more is sent.",
            ["RFC7016-3.6.2.9-01"],
            needs: [.longAnswers],
            saboteurs: ["window-ignored"],
            .session { session in
                let conversation = try session.converse()
                session.ear.manner = .silent
                let answers = try conversation.openAnswers()
                try session.sayAcknowledging([
                    answers.acknowledged(upTo: answers.received.cumulative, blocks: 1)
                ])
                try session.ping()
                try given { try conversation.flow.deliver(long: conversation.question(size: 12_000).octets) }
                for _ in 0..<2 { try session.ping() }
                let sent = try conversation.openAnswers().fragments.dropFirst(answers.fragments.count)
                guard !sent.isEmpty else { throw Inconclusive(reason: "it did not begin a long answer") }
                // The last chunk may begin within the window and go beyond it.
                let before = sent.dropLast().reduce(0) { $0 + $1.chunkLength }
                try require(
                    before < 1024,
                    expected: "less than 1024 octets on their way when the last chunk was sent",
                    actual: "\(before) octets in \(sent.count - 1) chunks"
                )
            }
        ),
        Case(
            "rendezvous/flow/window-of-one-flow-only",
            "A flow whose receiver has no room does not stop other flows.",
            ["RFC7016-3.6.2.9-02"],
            needs: [.severalFlows],
            saboteurs: ["window-shared", "associated-flows-rejected", "stream-id-0"],
            .session { session in
                let conversation = try session.converse()
                let aside = try given { try Aside(conversation) }
                _ = try given { try session.askWithWindowClosed(conversation) }
                _ = try aside.provoke()
            }
        ),
        Case(
            "rendezvous/flow/closed-window-probed",
            "A sender whose receiver has no room asks with a Buffer Probe, within a second, whether it has some again.",
            ["RFC7016-3.6.2.9.1-01", "RFC7016-3.6.2.9.1-02", "RFC7016-2.3.15-01"],
            level: .should,
            needs: [.answers],
            saboteurs: ["never-probes", "probes-after-3-seconds", "probe-names-another-flow"],
            .session { session in
                session.ear.echoesTimestamps = true
                let conversation = try session.converse()
                let mark = session.peer.heard.count
                _ = try given { try session.askWithWindowClosed(conversation) }
                let probe = try session.expectBufferProbe(of: conversation, from: mark, within: .milliseconds(1300))
                try requireEqual(
                    probe.payload,
                    ByteWriter.vlus(try conversation.openAnswers().id),
                    "the payload of the Buffer Probe"
                )
            }
        ),
        Case(
            "rendezvous/flow/probes-are-rare",
            "Buffer Probes are a second apart at least.",
            ["RFC7016-3.6.2.9.1-04"],
            level: .should,
            needs: [.answers],
            saboteurs: ["probes-every-300-ms"],
            .session { session in
                session.ear.echoesTimestamps = true
                let conversation = try session.converse()
                let mark = session.peer.heard.count
                _ = try given { try session.askWithWindowClosed(conversation) }
                let first = try given {
                    try session.expectBufferProbe(of: conversation, from: mark, within: .milliseconds(1300))
                }
                let end = first.at + .milliseconds(850)
                try session.peer.wait(end - session.peer.now)
                let early = session.peer.heard[(first.packet + 1)...].contains { $0.bufferProbe != nil && $0.at < end }
                try require(!early, expected: "no other Buffer Probe within 850 ms", actual: "another one")
            }
        ),
        Case(
            "rendezvous/flow/probing-stops",
            "When the receiver has room again no more Buffer Probes are sent.",
            ["RFC7016-3.6.2.9.1-07"],
            level: .should,
            needs: [.answers],
            saboteurs: ["probes-on"],
            .session { session in
                session.ear.echoesTimestamps = true
                let conversation = try session.converse()
                let mark = session.peer.heard.count
                let question = try given { try session.askWithWindowClosed(conversation) }
                _ = try given {
                    try session.expectBufferProbe(of: conversation, from: mark, within: .milliseconds(1300))
                }
                session.ear.blocks = 64
                try session.acknowledge([conversation.openAnswers().id])
                try given { try conversation.expectAnswer(to: question) }
                try session.ping()
                let end = session.peer.heard.count
                try session.peer.wait(.milliseconds(1250))
                let late = session.peer.heard[end...].contains { heard in heard.bufferProbe != nil }
                try require(!late, expected: "no more Buffer Probes", actual: "another one")
            }
        ),
    ]
}

/// A Buffer Probe that was heard.
private struct HeardProbe {
    var payload: [UInt8]
    var packet: Int
    var at: Instant
}

extension Heard {
    /// The first Buffer Probe in the packet.
    fileprivate var bufferProbe: Chunk? {
        chunks.first { if case .bufferProbe = $0 { true } else { false } }
    }
}

extension ProbeSession {
    /// Says that there is no room for answers, and asks; fails if the answer comes all the same.
    func askWithWindowClosed(_ conversation: Conversation) throws -> Question {
        ear.blocks = 0
        try acknowledge([conversation.openAnswers().id])
        try ping()
        let question = conversation.question()
        try conversation.flow.say(question.octets)
        for _ in 0..<2 { try ping() }
        try conversation.requireUnanswered(question, "there is no room for it")
        return question
    }

    fileprivate func expectBufferProbe(
        of conversation: Conversation,
        from mark: Int,
        within patience: Interval
    ) throws -> HeardProbe {
        try waitFor("a Buffer Probe of the flow without room", within: patience) {
            for (index, heard) in peer.heard.enumerated().dropFirst(mark) {
                if let chunk = heard.bufferProbe {
                    return HeardProbe(payload: chunk.payload, packet: index, at: heard.at)
                }
            }
            return nil
        } otherwise: {
            "none"
        }
    }
}
