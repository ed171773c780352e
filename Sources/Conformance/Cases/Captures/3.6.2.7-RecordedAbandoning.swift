import Capture
import RTMFP

/// RFC 7016 §3.6.2.3 and §3.6.2.7: the Forward Sequence Number, and fragments that are abandoned.
enum RecordedAbandoningCases {
    static let all: [Case] = [
        .recorded(
            "flow/forward-number-spares-outstanding",
            "The Forward Sequence Number does not pass a fragment that is on its way.",
            ["RFC7016-3.6.2.3-02", "RFC7016-3.6.2.3-03"],
            saboteurs: ["forward-number-passes-outstanding"]
        ) { implementation in
            var seen = false
            for session in implementation.sessions {
                let answers = session.received.filter(\.acknowledges).map(\.number)
                for flow in session.sendingFlows where flow.transmissions.contains(where: { $0.forward > 0 }) {
                    seen = true
                    try judgeForwardNumbers(of: flow, answers)
                }
            }
            guard seen else { throw Inconclusive(reason: "the capture shows no Forward Sequence Number of it above 0") }
        },
        .recorded(
            "flow/abandoned-stays-abandoned",
            "A fragment that was abandoned is never sent again with its octets.",
            ["RFC7016-3.6.2.7-01"],
            saboteurs: ["abandoned-sent-again"]
        ) { implementation in
            let flows = implementation.sendingFlows.filter { $0.transmissions.contains { !$0.hasData } }
            for flow in try flows.evidence("abandoned fragment of it") {
                var abandoned: [UInt64: RecordedPacket] = [:]
                for sent in flow.transmissions {
                    if !sent.hasData {
                        abandoned[sent.number] = sent.packet
                    } else if let before = abandoned[sent.number] {
                        try sent.require(
                            !sent.packet.isKnownToFollow(before),
                            expected: "number \(sent.number) of flow \(flow.id) to stay abandoned, as in frame "
                                + "\(before.datagram.frame)",
                            actual: "it carries \(sent.fragment.userData.count) octets"
                        )
                    }
                }
            }
        },
        .recorded(
            "flow/messages-abandoned-whole",
            "With a fragment, all of its message is abandoned.",
            ["RFC7016-3.6.2.7-02"],
            saboteurs: ["half-a-message-abandoned"]
        ) { implementation in
            let flows = implementation.sendingFlows.filter { $0.transmissions.contains { !$0.hasData } }
            for flow in try flows.evidence("abandoned fragment of it") {
                // Messages that lost a fragment, by the number that would go on.
                var torn: [UInt64: RecordedPacket] = [:]
                for sent in flow.transmissions {
                    if sent.hasData, sent.continuesMessage, let packet = torn[sent.number] {
                        try sent.require(
                            !sent.packet.isKnownToFollow(packet),
                            expected:
                                "number \(sent.number) of flow \(flow.id) abandoned with the fragment before it, as "
                                + "in frame \(packet.datagram.frame)",
                            actual: "it carries \(sent.fragment.userData.count) octets"
                        )
                    }
                    // A final fragment without octets belongs to no message.
                    let isTorn = !sent.hasData || torn[sent.number] != nil
                    if isTorn, sent.isFollowedInMessage, sent.number < .max {
                        torn[sent.number + 1] = sent.packet
                    }
                }
            }
        },
    ]

    /// Fails if a Forward Sequence Number passes a fragment that nobody can have given up for lost yet.
    ///
    /// - Parameter answers: the numbers of the packets with acknowledgements of any flow of the session, ascending: what
    ///   was sent before one may have been given up because of it.
    private static func judgeForwardNumbers(of flow: RecordedFlow, _ answers: [Int]) throws {
        var answers = answers[...]
        var outstanding: [UInt64: RecordedFlow.Transmission] = [:]
        for sent in flow.transmissions.sorted(by: { $0.packet.number < $1.packet.number }) {
            while let answer = answers.first, answer < sent.packet.number {
                answers.removeFirst()
                outstanding = [:]
            }
            let passed = outstanding.filter { $0.key <= sent.forward && !$0.value.packet.isKnownToFollow(sent.packet) }
            if let first = passed.min(by: { $0.key < $1.key })?.value {
                try sent.require(
                    sent.packet.time - first.packet.time > shortestTimeout,
                    expected: "a Forward Sequence Number below \(first.number), which frame "
                        + "\(first.packet.datagram.frame) sent and nobody acknowledged",
                    actual: "on flow \(flow.id) it is \(sent.forward)"
                )
                outstanding = outstanding.filter { $0.key > sent.forward }
            }
            if outstanding.count == mostOutstanding { outstanding = [:] }
            if sent.hasData { outstanding[sent.number] = sent }
        }
    }

    /// No fragment is given up for lost sooner than this without word from its receiver: ERTO is never below 250 ms
    /// (RFC 7016 §3.5.2.2); less a fifth, for the time of capture is not that of sending.
    private static let shortestTimeout = Interval.milliseconds(200)
    /// Fragments on their way that are remembered; of more, a capture lacks the acknowledgements.
    private static let mostOutstanding = 4_096
}
