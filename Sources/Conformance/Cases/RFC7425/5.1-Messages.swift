import Flash
import RTMFP

/// RFC 7425 §5.1: RTMP messages on flows, and the metadata of those flows.
enum MessageCases {
    static let all: [Case] = [
        Case(
            "rendezvous/messages/protocol-control-ignored",
            "Messages of the types 1, 2, 3, 5 and 6 are ignored.",
            ["RFC7425-5.1-03"],
            needs: [.netConnection],
            saboteurs: ["protocol-control-rejected"],
            .session { session in
                let connection = try session.connect()
                let payloads: [[UInt8]] = [[], [0, 0, 16, 0], [UInt8](repeating: 0xff, count: 20)]
                let types: [UInt8] = [1, 2, 3, 5, 6]
                try connection.send(
                    types.flatMap { type in payloads.map { Message(MessageType(rawValue: type), $0) } }
                )
                try connection.requireAlive("after messages of the types 1, 2, 3, 5 and 6")
            }
        ),
        Case(
            "rendezvous/messages/short-messages-ignored",
            "What is shorter than a type and a timestamp is no message, and is ignored.",
            ["RFC7425-5.1.2-02"],
            needs: [.netConnection],
            saboteurs: ["short-messages-rejected", "empty-message-rejected"],
            .session { session in
                let connection = try session.connect()
                try connection.send(octets: [[], [20], [20, 0, 0, 0]])
                try connection.requireAlive("after messages of 0, 1 and 4 octets")
            }
        ),
        Case(
            "rendezvous/messages/receive-intent-accepted",
            "The receive intent in a flow's metadata is a hint: both values are acceptable.",
            ["RFC7425-5.1.1-04"],
            needs: [.netConnection],
            saboteurs: ["arrival-order-rejected", "associated-flows-rejected"],
            .session { session in
                let connection = try session.connect()
                let flow = try connection.flow(for: 0, intent: .networkArrivalOrder)
                let answer = try connection.call("hlsp2pCheckAlive", on: flow)
                try require(answer.name == "_error", expected: "an _error", actual: answer.name)
            }
        ),
        Case(
            "rendezvous/messages/arrival-order-in-disorder",
            "A flow for which the sender suggests network arrival order may come in disorder.",
            ["RFC7425-5.1.1-05"],
            needs: [.netConnection],
            saboteurs: [
                "arrival-order-rejected", "disorder-crashes", "associated-flows-rejected", "gap-blocks-session",
            ],
            .session { session in
                let connection = try session.connect()
                let stream = try given { try connection.createStream() }
                let flow = try connection.flow(for: stream, intent: .networkArrivalOrder)
                let audio = Message(.audio, timestamp: 40, [0xaf, 1, 2, 3]).encoded
                try flow.deliver([flow.fragment(audio)], upTo: 1)
                for number in [4, 3, 2] as [UInt64] { try session.say([flow.fragment(audio, number: number)]) }
                let heard = try flow.deliver([flow.fragment(audio, number: 5)], upTo: 5)
                try require(
                    heard.exceptionCode == nil,
                    expected: "a flow that is accepted",
                    actual: "a Flow Exception Report"
                )
                try connection.requireAlive("after audio in disorder")
            }
        ),
        metadata(
            "metadata-without-stream-id-rejected",
            "A flow whose metadata have no stream ID is rejected.",
            ["RFC7425-5.1.1-07"],
            ["stream-id-not-required"],
            [0x54, 0x43, 0x00]
        ),
        metadata(
            "metadata-of-unknown-signature-rejected",
            "A flow whose metadata begin with a signature that nobody knows is rejected.",
            ["RFC7425-5.1.1-08"],
            ["any-signature-accepted"],
            [0x58, 0x58, 0x04, 0x00]
        ),
        Case(
            "rendezvous/messages/stream-ids-beyond-127",
            "Stream IDs above 127 take two octets, and work like any other.",
            ["RFC7425-5.1.1-09"],
            needs: [.netConnection],
            saboteurs: ["stream-ids-of-one-octet", "associated-flows-rejected"],
            .session { session in
                let connection = try session.connect()
                var stream: UInt32 = 0
                for _ in 0..<140 where stream < 128 { stream = try given { try connection.createStream() } }
                guard stream >= 128 else {
                    throw Lacking(reason: "it gives no stream IDs above 127")
                }
                let flow = try connection.flow(for: stream)
                let heard = try flow.deliver(Message(.audio, []).encoded)
                try require(
                    heard.exceptionCode == nil,
                    expected: "a flow for stream \(stream) that is accepted",
                    actual: "a Flow Exception Report"
                )
            }
        ),
    ]

    private static func metadata(
        _ name: String,
        _ title: String,
        _ requirements: [String],
        _ saboteurs: [String],
        _ metadata: [UInt8]
    ) -> Case {
        Case(
            "rendezvous/messages/\(name)",
            title,
            requirements,
            level: .should,
            needs: [.netConnection],
            saboteurs: saboteurs + ["exceptions-never-sent", "exception-after-ack"],
            .session { session in
                let connection = try session.connect()
                let flow = session.flow(id: 9, options: [.metadata(metadata)])
                try session.requireRejected(flow)
                try connection.requireAlive("after a flow that was rejected")
            }
        )
    }
}

extension ProbeSession {
    /// Begins a flow and expects a Flow Exception Report with every acknowledgement that follows; its code.
    @discardableResult
    func requireRejected(_ flow: ProbeFlow) throws -> UInt64 {
        _ = try flow.deliver(Message(.audio, []).encoded)
        // The application may say no only after the first acknowledgement has gone out.
        for _ in 0..<5 {
            if let code = flow.acknowledgements.last?.exceptionCode { return code }
            _ = try flow.deliver(Message(.audio, []).encoded)
        }
        throw Unmet(expected: "a Flow Exception Report for flow \(flow.id)", actual: "the flow is accepted")
    }
}
