import Flash
import RTMFP

/// RFC 7425 §5.4, §5.4.2, §5.4.3: a client that offers a stream to its peers; the checker is the subscriber.
enum ClientPeerStreamCases {
    static let all: [Case] = [
        offered(
            "return-flows",
            "The publisher's flows are returns of the subscriber's, for the same stream ID.",
            ["RFC7425-5.4.2-01"],
            saboteurs: ["peer-streams-unassociated", "peer-streams-of-other-id"]
        ) { subscription in
            for flow in subscription.farFlows where !flow.messages.isEmpty {
                try require(
                    flow.association == subscription.flow.id && flow.streamID == subscription.streamID,
                    expected: "the return of flow \(subscription.flow.id), for stream \(subscription.streamID)",
                    actual: "flow \(flow.id), the return of \(flow.association.map { "flow \($0)" } ?? "none"), for "
                        + "stream \(flow.streamID.map { "\($0)" } ?? "none")"
                )
            }
        },
        offered(
            "stream-begin",
            "The publisher sends StreamBegin with the stream ID on a flow in return.",
            ["RFC7425-5.4.2-02"],
            saboteurs: ["peer-play-without-stream-begin", "peer-streams-unassociated"]
        ) { subscription in
            try subscription.expect("StreamBegin for stream \(subscription.streamID)") {
                $0.beginsStream(subscription.streamID)
            }
        },
        offered(
            "status",
            "The publisher sends status events, as onStatus commands, on a flow in return.",
            ["RFC7425-5.4.2-02"],
            level: .should,
            saboteurs: ["peer-play-without-status", "peer-streams-unassociated"]
        ) { subscription in
            // Which events are appropriate, the text does not say.
            try subscription.expect("an onStatus command") { $0.isStatus }
        },
        offered(
            "media",
            "The publisher sends the stream's media on flows in return.",
            ["RFC7425-5.4.2-02", "RFC7425-5.4-02"],
            saboteurs: ["peer-media-omitted", "peer-streams-unassociated"]
        ) { subscription in
            try subscription.expect("audio, video or data") { message in
                message.type.isMedia || message.type == .data || message.type == .dataExtended
            }
        },
        offered(
            "publisher-asks-nothing",
            "A stream between peers goes one way: the publisher asks for nothing on it.",
            ["RFC7425-5.4-02"],
            saboteurs: ["publisher-plays-back"]
        ) { subscription in
            try subscription.session.ping()
            let asked = subscription.messages.compactMap { try? Command(decoding: $0) }
                .first { ["play", "publish", "createStream", "connect"].contains($0.name) }
            try require(asked == nil, expected: "no command but onStatus", actual: asked?.name ?? "none")
        },
        .client(
            "netstream/unknown-name-not-played",
            "Who asks for a stream that is not published gets none.",
            ["RFC7425-5.4.2-03"],
            level: .should,
            needs: [.offersStreams],
            saboteurs: ["any-name-played-to-peers"],
            .session { session in
                _ = try session.welcomeClient()
                let peers = try session.openToClient()
                let name = hex(session.probe.octets(8))
                let subscription = try PeerSubscription(peers, playing: name, mustBeHeard: false)
                try peers.peer.wait(.milliseconds(600))
                try peers.ping()
                try require(!subscription.isServed, expected: "nothing", actual: "a stream for “\(name)”")
            }
        ),
        .client(
            "netstream/two-in-one-session",
            "Two subscribers' flows in one session are two streams, each with its own flows in return.",
            ["RFC7425-5.4-01", "RFC7425-5.4.2-01"],
            level: .may,
            needs: [.offersStreams],
            accepts: [
                Case.Alternative(
                    "one at a time",
                    "RFC 7425 §5.4: A client MAY have multiple separate P2P NetStreams with a peer in one RTMFP session."
                )
            ],
            saboteurs: ["second-subscription-joins-first", "peer-streams-unassociated", "peer-streams-of-other-id"],
            .session { session in
                _ = try session.welcomeClient()
                let first = try session.subscribe()
                let second = try PeerSubscription(
                    first.session,
                    playing: session.probe.survey.streamName,
                    streamID: first.streamID + 1,
                    flowID: first.flow.id + 1,
                    mustBeHeard: false
                )
                let served = try? first.session.waitFor("a second stream") {
                    second.farFlows.first { $0.streamID == second.streamID && !$0.messages.isEmpty }
                } otherwise: {
                    "none"
                }
                guard served != nil else { throw Settled(alternative: "one at a time") }
                for flow in second.farFlows where !flow.messages.isEmpty {
                    let owner = flow.streamID == second.streamID ? second : first
                    try require(
                        flow.association == owner.flow.id && flow.streamID == owner.streamID,
                        expected: "flows for stream \(owner.streamID) in return to flow \(owner.flow.id)",
                        actual: "flow \(flow.id), the return of \(flow.association.map { "\($0)" } ?? "none")"
                    )
                }
            }
        ),
        offered(
            "subscriber-closes",
            "When the subscriber closes its flow, the publisher closes its flows in return.",
            ["RFC7425-5.4.3-01"],
            level: .should,
            saboteurs: ["peer-stream-never-ends"]
        ) { subscription in
            try given { _ = try subscription.expect("a message") { _ in true } }
            _ = try subscription.flow.deliver([], final: true)
            try subscription.session.waitFor("the end of all flows in return", within: .seconds(4)) {
                subscription.returns.allSatisfy { $0.finalNumber != nil } || subscription.session.isClosedByFarEnd
                    ? () : nil
            } otherwise: {
                "flow \(subscription.returns.first { $0.finalNumber == nil }?.id ?? 0) stays open"
            }
        },
        offered(
            "rejected-media-flow-given-up",
            "A publisher whose media flow is rejected opens no other in its place.",
            ["RFC7425-5.3.5.3-04", "RFC7425-5.4.2-04"],
            level: .should,
            saboteurs: ["rejected-stream-flow-replaced"]
        ) { subscription in
            let media = try given {
                try subscription.session.waitFor("a flow with media") {
                    subscription.returns.first { flow in flow.rtmpMessages.contains { $0.type.isMedia } }
                } otherwise: {
                    "none"
                }
            }
            let types = Set(media.rtmpMessages.map(\.type))
            let known = Set(subscription.farFlows.map(\.id))
            try subscription.session.reject(media)
            try subscription.session.peer.wait(.seconds(2))
            let other = subscription.farFlows.first { flow in
                !known.contains(flow.id) && flow.rtmpMessages.contains { $0.type.isMedia && types.contains($0.type) }
            }
            try require(
                other == nil,
                expected: "no new flow for what the rejected one carried",
                actual: "flow \(other?.id ?? 0) with the same kind of media"
            )
        },
        .client(
            "netstream/stream-0-is-no-subscription",
            "A flow for stream 0 is no subscription: a peer that plays on one gets nothing.",
            ["RFC7425-5.4.2-01"],
            needs: [.offersStreams],
            saboteurs: ["stream-0-subscribes"],
            .session { session in
                _ = try session.welcomeClient()
                let peers = try session.openToClient()
                let name = session.probe.survey.streamName
                let subscription = try PeerSubscription(peers, playing: name, streamID: 0, mustBeHeard: false)
                try peers.peer.wait(.milliseconds(600))
                try peers.ping()
                try require(!subscription.isServed, expected: "nothing", actual: "a stream on flows for stream 0")
            }
        ),
    ]

    /// A case about the stream that a client plays to a subscriber; blocked if it plays none.
    private static func offered(
        _ name: String,
        _ title: String,
        _ requirements: [String],
        level: Case.Level = .must,
        saboteurs: [String],
        _ body: @escaping @Sendable (PeerSubscription) throws -> Void
    ) -> Case {
        .client(
            "netstream/\(name)",
            title,
            requirements,
            level: level,
            needs: [.offersStreams],
            saboteurs: saboteurs,
            .session { session in
                _ = try session.welcomeClient()
                try body(session.subscribe())
            }
        )
    }
}

extension Message {
    /// Whether it is an onStatus command.
    fileprivate var isStatus: Bool { (try? Command(decoding: self))?.name == "onStatus" }
}
