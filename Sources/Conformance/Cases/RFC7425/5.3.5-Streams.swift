import Flash
import RTMFP

/// RFC 7425 §5.3.5, §5.3.7: streams of a NetConnection, published and played.
enum StreamCases {
    static let all: [Case] = [
        Case(
            "rendezvous/streams/create-stream",
            "`createStream` is answered with a stream ID other than 0.",
            ["RFC7425-5.3.7-01"],
            needs: [.netConnection],
            saboteurs: ["stream-id-0"],
            .session { session in
                _ = try session.connect().createStream()
            }
        ),
        Case(
            "rendezvous/streams/unknown-stream-rejected",
            "A flow for a stream that nobody has created is rejected; the connection stays.",
            ["RFC7425-5.3.5.1-03"],
            needs: [.netConnection],
            saboteurs: ["unknown-streams-accepted", "exceptions-never-sent", "exception-after-ack"],
            .session { session in
                let connection = try session.connect()
                try session.requireRejected(connection.flow(for: 9999))
                try connection.requireAlive("after a flow for an unknown stream")
            }
        ),
        Case(
            "rendezvous/streams/rejected-with-code-0",
            "Flows of streams are rejected with the exception code 0.",
            ["RFC7425-5.3.5.3-03"],
            level: .should,
            needs: [.netConnection],
            saboteurs: ["streams-rejected-with-code", "automatic-exception-has-a-code"],
            .session { session in
                let connection = try session.connect()
                let code = try given { try session.requireRejected(connection.flow(for: 9999)) }
                try require(code == 0, expected: "exception code 0", actual: "\(code)")
            }
        ),
        Case(
            "rendezvous/streams/several-flows",
            "Any number of flows may serve a stream.",
            ["RFC7425-5.3.5.1-01", "RFC7425-5.3.5.1-02"],
            needs: [.netConnection],
            saboteurs: ["one-flow-a-stream", "associated-flows-rejected"],
            .session { session in
                let connection = try session.connect()
                let stream = try given { try connection.createStream() }
                let flows = try (0..<5).map { _ in try connection.flow(for: stream) }
                let audio = Message(.audio, []).encoded
                for flow in flows { try flow.deliver(fragments: [flow.fragment(audio), flow.fragment(audio)]) }
                try connection.requireAlive("after several flows for a stream")
                for (index, flow) in flows.enumerated() {
                    try require(
                        flow.acknowledgements.allSatisfy { $0.exceptionCode == nil },
                        expected: "flow \(index + 1) for stream \(stream) accepted",
                        actual: "a Flow Exception Report"
                    )
                }
            }
        ),
        Case(
            "rendezvous/streams/publish-status",
            "`publish` is answered with a status on a flow of the stream.",
            ["RFC7425-5.3.7-03"],
            needs: [.streams],
            saboteurs: ["publish-without-status", "associated-flows-rejected"],
            .session { session in
                let connection = try session.connect()
                let stream = try given { try connection.createStream() }
                let publish = Command("publish", [.string(name(session)), .string("live")])
                try connection.send(publish.message(), on: connection.flow(for: stream))
                try connection.expectStatus("NetStream.Publish.", of: stream)
            }
        ),
        Case(
            "rendezvous/streams/play-begins",
            "`play` is answered with StreamBegin and a status on a flow of the stream.",
            ["RFC7425-5.3.7-02"],
            needs: [.streams],
            saboteurs: ["play-without-stream-begin", "play-without-status", "one-session-only"],
            .session { session in
                let (_, _, name) = try published(session)
                let player = try player(session)
                let stream = try player.play(name)
                try player.expect("StreamBegin for stream \(stream)") {
                    player.messages.contains { message in
                        (try? UserControl(decoding: message)) == .streamBegin(streamID: stream)
                    } ? () : nil
                }
            }
        ),
        Case(
            "rendezvous/streams/server-flows-associated",
            "The server's flows for a stream are in return to the client's control flow.",
            ["RFC7425-5.3.5.2-01", "RFC7425-5.3.5-01"],
            needs: [.streams],
            saboteurs: ["stream-flows-unassociated", "one-session-only"],
            .session { session in
                let (_, _, name) = try published(session)
                let player = try player(session)
                let stream = try given { try player.play(name) }
                for flow in player.farFlows(of: stream) {
                    try require(
                        flow.association == player.control.id,
                        expected: "an association with flow \(player.control.id)",
                        actual: flow.association.map { "\($0)" } ?? "none"
                    )
                }
            }
        ),
        relayed(
            "media-arrive-unchanged",
            "Audio, video and data of a publisher reach a player with type and payload as they were.",
            ["RFC7425-5.3.7-04"],
            ["video-changed", "data-extended-changed"],
            [
                Message(.audio, timestamp: 10, [0xaf, 1, 2, 3]), Message(.video, timestamp: 20, [0x17, 1, 0, 0, 0, 9]),
                DataMessage("hlsp2pCheck", [.string("x")]).message(timestamp: 30),
                DataMessage("hlsp2pCheck", [.number(2)], form: .extended).message(timestamp: 40),
            ]
        ),
        Case(
            "rendezvous/streams/timestamps-of-32-bits",
            "Timestamps have 32 bits: those of a publisher near the end of the range reach a player in the same distances.",
            ["RFC7425-5.1-01"],
            needs: [.streams],
            saboteurs: ["timestamps-of-24-bits", "relays-nothing", "one-session-only"],
            .session { session in
                let (publisher, flow, name) = try published(session)
                let player = try player(session)
                let stream = try given { try player.play(name) }
                let start = UInt32.max - 50
                let heard = try relay(publisher, flow, player, stream) { round in
                    (0..<3).map { index in
                        Message(.audio, timestamp: start &+ UInt32(index) * 40, [0xaf, 1, round, UInt8(index)])
                    }
                }
                let distances = zip(heard.dropFirst(), heard).map { $0.timestamp &- $1.timestamp }
                try require(
                    distances == [40, 40],
                    expected: "timestamps 40 ms apart",
                    actual: heard.map { "\($0.timestamp)" }.joined(separator: ", ")
                )
            }
        ),
        Case(
            "rendezvous/streams/media-flows-come-and-go",
            "Audio and video may come on flows of their own, and such a flow may end without meaning for the stream.",
            ["RFC7425-5.3.5.3-01", "RFC7425-5.1.1-03"],
            needs: [.streams],
            saboteurs: [
                "one-flow-a-stream", "closed-flow-ends-stream",
                "relays-nothing", "one-session-only",
            ],
            .session { session in
                let (publisher, _, name) = try published(session)
                let player = try player(session)
                let stream = try given { try player.play(name) }
                let far = publisher.stream
                let first = try publisher.connection.flow(for: far)
                _ = try relay(publisher, first, player, stream) { [Message(.audio, [0xaf, 1, $0])] }
                try first.deliver([], final: true)
                let second = try publisher.connection.flow(for: far)
                _ = try relay(publisher, second, player, stream) { [Message(.audio, [0xaf, 2, $0])] }
            }
        ),
        Case(
            "rendezvous/streams/rejected-flow-harms-nothing",
            "A player may reject one of the server's flows for a stream; the connection stays, and no flow replaces it.",
            ["RFC7425-5.3.5.3-02", "RFC7425-5.3.5.3-04"],
            level: .should,
            needs: [.streams],
            saboteurs: [
                "rejected-stream-flow-ends-session", "one-session-only", "exception-closes-session",
                "flow-ids-used-again", "return-flow-for-stream-1",
            ],
            .session { session in
                let (_, _, name) = try published(session)
                let player = try player(session)
                let stream = try given { try player.play(name) }
                let flows = player.farFlows(of: stream)
                guard let flow = flows.first else { return }
                try player.session.say([
                    .flowExceptionReport(FlowExceptionReport(flowID: flow.id, exceptionCode: 0)),
                    player.session.ear.acknowledgement(of: flow.id),
                ])
                try player.requireAlive("after one of its stream flows was rejected")
                try player.session.ping()
                let after = player.farFlows(of: stream)
                try require(
                    after.count <= flows.count,
                    expected: "no flow in place of the rejected one",
                    actual: "\(after.count - flows.count) more"
                )
            }
        ),
    ]

    /// A connection that publishes.
    private struct Publisher {
        let connection: Connection
        let stream: UInt32
    }

    private static func name(_ session: ProbeSession) -> String {
        "hlsp2p-check-" + hex(session.probe.octets(6))
    }

    /// Publishes a stream in the case's own session.
    private static func published(
        _ session: ProbeSession
    ) throws -> (publisher: Publisher, flow: ProbeFlow, name: String) {
        let name = name(session)
        let connection = try session.connect()
        let (stream, flow) = try given { try connection.publish(name) }
        return (Publisher(connection: connection, stream: stream), flow, name)
    }

    /// Another client's connection.
    private static func player(_ session: ProbeSession) throws -> Connection {
        try given { try session.probe.openSomewhere() }.connect()
    }

    /// Publishes messages until the player has them; what it heard, in order.
    ///
    /// - Parameter messages: the messages of a round: media may get lost, and are not sent twice.
    private static func relay(
        _ publisher: Publisher,
        _ flow: ProbeFlow,
        _ player: Connection,
        _ stream: UInt32,
        _ messages: (_ round: UInt8) -> [Message]
    ) throws -> [Message] {
        for round in 1...3 as ClosedRange<UInt8> {
            let sent = messages(round)
            try publisher.connection.send(sent, on: flow)
            let heard = try? player.expect("what was published") { () -> [Message]? in
                let heard = player.messages(of: stream)
                let matching = sent.compactMap { wanted in heard.first { $0.isSame(as: wanted) } }
                return matching.count == sent.count ? matching : nil
            }
            if let heard { return heard }
        }
        throw Unmet(expected: "what was published", actual: "it does not come, whatever is published")
    }

    private static func relayed(
        _ name: String,
        _ title: String,
        _ requirements: [String],
        _ saboteurs: [String],
        _ messages: [Message]
    ) -> Case {
        Case(
            "rendezvous/streams/\(name)",
            title,
            requirements,
            needs: [.streams],
            saboteurs: saboteurs + ["relays-nothing", "one-session-only"],
            .session { session in
                let (publisher, flow, name) = try published(session)
                let player = try player(session)
                let stream = try given { try player.play(name) }
                _ = try relay(publisher, flow, player, stream) { _ in messages }
            }
        )
    }
}

extension Message {
    /// Whether type and payload are the same.
    fileprivate func isSame(as other: Message) -> Bool {
        type == other.type && payload == other.payload
    }
}
