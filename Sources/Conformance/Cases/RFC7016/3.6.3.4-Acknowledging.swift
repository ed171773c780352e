import RTMFP

/// RFC 7016 §3.6.3.2, §3.6.3.4.1: when a receiver acknowledges.
///
/// What must be acknowledged at once is told from what may wait 200 ms by the better of a few trials: a busy machine
/// may delay some, a timer delays all. Each trial begins when everything before it was acknowledged, and nothing that
/// is said is a whole message: an answer would take the acknowledgement along.
enum AckTimingCases {
    static let all: [Case] = [
        Case(
            "rendezvous/ack/opening-chunk-acknowledged-at-once",
            "The chunk that opens a flow is acknowledged at once.",
            ["RFC7016-3.6.3.1-06", "RFC7016-3.6.3.4.1-01"],
            level: .should,
            needs: [.answers],
            saboteurs: ["opening-ack-late", "ping-reply-late"],
            .session { session in
                try requirePrompt { trial in
                    let other = try trial == 1 ? session : session.probe.open(from: session.probe.newPeer())
                    let flow = other.flow(id: 2)
                    return try flow.delay { flow.fragment([0], .begin) }
                }
            }
        ),
        prompt(
            "rejected-flow-acknowledged-at-once",
            "What comes on a rejected flow is acknowledged at once.",
            ["RFC7016-3.6.3.2-02", "RFC7016-3.6.3.4.1-02"],
            ["rejected-ack-late", "metadata-not-required", "rejected-flows-acknowledged-once"],
            options: []
        ) { flow in
            flow.fragment([0], .begin)
        },
        prompt(
            "abandoned-chunk-acknowledged-at-once",
            "A chunk with ABN set is acknowledged at once.",
            ["RFC7016-3.6.3.2-04"],
            ["abandoned-ack-late"]
        ) { flow in
            flow.fragment(abandon: true)
        },
        Case(
            "rendezvous/ack/chunk-after-gap-acknowledged-at-once",
            "A chunk that comes while an earlier one is missing is acknowledged at once.",
            ["RFC7016-3.6.3.2-05", "RFC7016-3.6.3.4.1-03"],
            level: .should,
            needs: [.answers],
            saboteurs: ["gap-ack-late", "gaps-given-up", "ping-reply-late"],
            .session { session in
                let flow = session.flow(id: 2)
                try flow.open()
                try flow.deliver([flow.fragment([0], .begin, number: 3)], upTo: 3)
                // In sequence with number 3, so that it makes no gap of its own.
                try requirePrompt { _ in try flow.delay { flow.fragment([0], .begin) } }
            }
        ),
        prompt(
            "chunk-that-makes-gap-acknowledged-at-once",
            "A chunk that leaves a gap before it is acknowledged at once.",
            ["RFC7016-3.6.3.2-09", "RFC7016-3.6.3.4.1-04"],
            ["gap-ack-late", "gaps-given-up"],
            after: { flow in
                // The gap of the trial before is closed, so that the next chunk makes one.
                let number = flow.nextNumber
                try flow.deliver([flow.fragment(number: number, forward: number, abandon: true)], upTo: number)
            }
        ) { flow in
            flow.fragment([0], .begin, number: flow.nextNumber + 1)
        },
        prompt(
            "duplicate-acknowledged-at-once",
            "A chunk that was received before is acknowledged at once.",
            ["RFC7016-3.6.3.2-06", "RFC7016-3.6.3.4.1-08"],
            ["duplicate-ack-late", "duplicates-unacknowledged", "duplicates-delivered"]
        ) { flow in
            flow.fragment([0], .begin, number: 1)
        },
        Case(
            "rendezvous/ack/final-chunk-acknowledged-at-once",
            "The first chunk with FIN is acknowledged at once.",
            ["RFC7016-3.6.3.2-07", "RFC7016-3.6.3.4.1-09"],
            level: .should,
            needs: [.answers],
            saboteurs: ["final-ack-late", "final-flag-ignored", "ping-reply-late"],
            .session { session in
                try requirePrompt { trial in
                    let other = try trial == 1 ? session : session.probe.open(from: session.probe.newPeer())
                    let flow = other.flow(id: 2)
                    try flow.open()
                    return try flow.delay { flow.fragment([0], .begin, final: true) }
                }
            }
        ),
        Case(
            "rendezvous/ack/second-packet-acknowledged-at-once",
            "Of packets with user data every second one is acknowledged at once.",
            ["RFC7016-3.6.3.2-11", "RFC7016-3.6.3.4.1-10"],
            level: .should,
            needs: [.answers],
            saboteurs: ["second-packet-ack-late", "ping-reply-late"],
            .session { session in
                let flow = session.flow(id: 2)
                try flow.open()
                try requirePrompt { _ in
                    try flow.say([0], .begin)
                    return try flow.delay { flow.fragment([0], .begin) }
                }
            }
        ),
        Case(
            "rendezvous/ack/buffer-probe-answered-at-once",
            "A Buffer Probe for a flow is answered with an acknowledgement at once.",
            ["RFC7016-2.3.15-02", "RFC7016-3.6.3.4.1-05", "RFC7016-3.6.3.6-02"],
            level: .should,
            saboteurs: ["buffer-probe-ack-late", "buffer-probe-ignored", "ping-reply-late"],
            .session { session in
                let flow = session.flow(id: 2)
                try flow.open()
                try requirePrompt { _ in try flow.delay { .bufferProbe(BufferProbe(flowID: flow.id)) } }
            }
        ),
        Case(
            "rendezvous/ack/ack-not-later-than-200-ms",
            "An acknowledgement is not delayed beyond 200 ms.",
            ["RFC7016-3.6.3.2-10", "RFC7016-3.6.3.4.1-13"],
            level: .should,
            needs: [.answers],
            saboteurs: ["delayed-acks-after-half-a-second", "ping-reply-late"],
            .session { session in
                let flow = session.flow(id: 2)
                try flow.open()
                let limit = session.probe.survey.roundTrip + .milliseconds(280)
                try requireBest(of: 3, within: limit) { _ in try flow.delay { flow.fragment([0], .begin) } }
            }
        ),
        Case(
            "rendezvous/ack/acks-travel-together",
            "Acknowledgements of several flows that are due at the same time travel in one packet.",
            ["RFC7016-3.6.3.4.1-11", "RFC7016-3.6.3.4.5-01"],
            level: .should,
            saboteurs: ["one-ack-a-packet", "one-chunk-of-a-kind"],
            .session { session in
                // Accepted or not, both are opened by one packet.
                let flows = [UInt64](5...6).map { session.flow(id: $0) }
                try session.say(flows.map { $0.fragment([0], .begin) })
                let packets = try flows.map { try $0.expectAcknowledgement(since: 0).packet }
                try require(
                    packets[0] == packets[1],
                    expected: "both acknowledgements in one packet",
                    actual: "two packets"
                )
            }
        ),
    ]

    private static func prompt(
        _ name: String,
        _ title: String,
        _ requirements: [String],
        _ saboteurs: [String],
        options: [Option]? = nil,
        after: @escaping @Sendable (ProbeFlow) throws -> Void = { _ in },
        _ chunk: @escaping @Sendable (ProbeFlow) -> Chunk
    ) -> Case {
        Case(
            "rendezvous/ack/\(name)",
            title,
            requirements,
            level: .should,
            needs: options == nil ? [.answers] : [],
            saboteurs: saboteurs + ["ping-reply-late"],
            .session { session in
                let flow = session.flow(id: 2, options: options)
                try flow.open()
                try requirePrompt { trial in
                    if trial > 1 { try after(flow) }
                    return try flow.delay { chunk(flow) }
                }
            }
        )
    }

    /// Fails unless one of four trials takes no longer than a round trip and 100 ms.
    static func requirePrompt(_ trial: (Int) throws -> Delay) throws {
        try requireBest(of: 4, within: nil, trial)
    }

    private static func requireBest(of count: Int, within limit: Interval?, _ trial: (Int) throws -> Delay) throws {
        var best: Delay?
        for number in 1...count {
            let delay = try trial(number)
            if delay.passed <= limit ?? delay.prompt { return }
            if best.map({ delay.passed < $0.passed }) ?? true { best = delay }
        }
        guard let best else { return }
        throw Unmet(
            expected: "one of \(count) acknowledgements within \(Int((limit ?? best.prompt).milliseconds)) ms",
            actual: "the fastest took \(Int(best.passed.milliseconds)) ms"
        )
    }
}

/// How long an acknowledgement took.
struct Delay {
    var passed: Interval
    /// What it takes at most without a timer, on a busy machine.
    var prompt: Interval
}

extension ProbeFlow {
    /// Opens the flow with the beginning of a message.
    func open() throws {
        try deliver([fragment([0], .begin)], upTo: 1)
    }

    /// Sends a chunk and measures how long the next acknowledgement of the flow takes.
    func delay(of chunk: () -> Chunk) throws -> Delay {
        let mark = acknowledgements.count
        let asked = session.peer.now
        let chunk = chunk()
        try session.say([chunk])
        let heard = try expectAcknowledgement(since: mark) { heard in
            if case .userData(let data) = chunk { heard.covers(data.sequenceNumber) } else { true }
        }
        return Delay(passed: heard.at - asked, prompt: session.probe.survey.roundTrip + .milliseconds(100))
    }
}
