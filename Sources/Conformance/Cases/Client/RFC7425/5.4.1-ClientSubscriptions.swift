import Flash
import RTMFP

/// RFC 7425 §5.4.1, §5.4.3, RFC 7016 §3.1, §3.5.1.1.1: a client that is told to play a stream from a peer; the checker is
/// its server, and the peer.
enum ClientSubscriptionCases {
    static let all: [Case] = [
        subscribing(
            "peer-asked-for-by-fingerprint",
            "A client that needs a session with a peer asks for its fingerprint, at the address of its server.",
            ["RFC7425-5.4.1-01"],
            saboteurs: ["peer-asked-for-by-uri", "peer-asked-for-by-half"]
        ) { subscription in
            try given { try subscription.connection.accept() }
            let hello = try subscription.expectHello().hello
            try requireEqual(
                hello.endpointDiscriminator,
                EndpointDiscriminator(fingerprint: subscription.card.fingerprint).encoded,
                "endpoint discriminator"
            )
        },
        playing(
            "subscription-has-stream-id",
            "The subscriber's flow is for another stream than 0.",
            ["RFC7425-5.4.1-04"],
            saboteurs: ["subscription-for-stream-0"]
        ) { flow, _ in
            let streamID = flow.streamID
            try require(
                streamID.map { $0 != 0 } ?? false,
                expected: "metadata with a stream ID other than 0",
                actual: flow.metadata.map { hex($0, limit: 16) } ?? "no metadata"
            )
        },
        playing(
            "subscription-is-independent",
            "The subscriber's flow is no return of another.",
            ["RFC7425-5.4.1-05"],
            saboteurs: ["subscription-associated"]
        ) { flow, _ in
            try require(
                flow.startupOptions.values(of: FlowOption.association).isEmpty,
                expected: "no return association",
                actual: flow.association.map { "the return of flow \($0)" } ?? "an association that cannot be read"
            )
        },
        playing(
            "subscription-begins-with-play",
            "The first message on the subscriber's flow is `play` with the name of the stream.",
            ["RFC7425-5.4.1-06", "RFC7425-5.4-02"],
            saboteurs: ["subscribes-with-publish", "play-of-other-name"]
        ) { flow, name in
            let command = flow.rtmpMessages.first.flatMap { try? Command(decoding: $0) }
            try require(
                command?.name == "play" && command?.arguments.first?.string == name,
                expected: "play of “\(name)”",
                actual: command.map { "\($0.name) with \($0.arguments)" } ?? "no command"
            )
        },
        playing(
            "subscriptions-numbered-as-by-flash",
            "Subscribers number their streams from 2000001, as the Flash Player does.",
            ["DEFACTO-X-06"],
            level: .observed,
            saboteurs: ["subscription-for-stream-0", "subscription-for-stream-1"]
        ) { flow, _ in
            try require(
                flow.streamID.map { $0 > 2_000_000 } ?? false,
                expected: "a stream ID above 2000000",
                actual: flow.streamID.map { "\($0)" } ?? "none"
            )
        },
        subscribing(
            "session-with-peer-used",
            "A client that has a session with a peer already opens no other to play from it.",
            ["RFC7016-3.1-01", "RFC7425-5.4.1-01"],
            saboteurs: ["second-session-to-peer"]
        ) { subscription in
            let session = try subscription.server.openToClient(subscription.card.plan)
            try given { try session.ping() }
            try given { try subscription.connection.accept() }
            _ = try subscription.expectFlow(in: session)
            let hello = subscription.lateHello
            try require(
                hello == nil,
                expected: "no IHello for a peer with which there is a session",
                actual: hello?.summary ?? "none"
            )
        },
        subscribing(
            "duplicate-session-given-up",
            "An opening session to a peer that has opened one to the client meanwhile is given up: no IIKeying follows.",
            ["RFC7016-3.5.1.1.1-10", "RFC7016-3.1-01"],
            level: .should,
            saboteurs: ["duplicate-session-opened"]
        ) { subscription in
            try given { try subscription.connection.accept() }
            let reception = try given { try subscription.expectHello() }
            let session = try subscription.server.openToClient(subscription.card.plan)
            try given { try session.ping() }
            let mark = reception.door.heard.count
            try reception.say(reception.welcome(subscription.card.plan))
            try reception.door.wait(.milliseconds(800))
            let keying = reception.door.heard[mark...].first { $0.first(\.asIIKeying) != nil }
            try require(
                keying == nil,
                expected: "no IIKeying to a peer with which there is a session",
                actual: keying?.summary ?? "none"
            )
            try session.ping()
        },
        .client(
            "netstream/rejected-subscription-given-up",
            "A client whose subscriber's flow is rejected takes the stream for closed: it does not ask over and over.",
            ["RFC7425-5.4.3-02"],
            level: .should,
            saboteurs: ["rejected-subscription-repeated"],
            setting: .cold,
            .startup { probe in
                let subscription = try ClientSubscription(probe)
                let session = try subscription.introduce()
                var flow = try given { try subscription.expectFlow(in: session) }
                // Once more is a matter of taste; without end it is not.
                for _ in 0..<3 {
                    let known = Set(session.ear.flows.keys)
                    try session.reject(flow)
                    let again = try? session.waitFor("another play", within: .seconds(2)) {
                        session.ear.flows.values.first { other in
                            !known.contains(other.id) && other.commands.contains { $0.name == "play" }
                        }
                    } otherwise: {
                        "none"
                    }
                    guard let again else { return }
                    flow = again
                }
                throw Unmet(
                    expected: "a subscription that is given up when it is rejected",
                    actual: "the client has asked four times"
                )
            }
        ),
        subscribing(
            "media-flow-ends",
            "The end of a publisher's flow means nothing for the stream: the subscriber keeps its own open.",
            ["RFC7425-5.4.2-04"],
            level: .may,
            saboteurs: ["media-flow-end-closes-subscription", "second-return-flow-rejected"]
        ) { subscription in
            let session = try subscription.introduce()
            let flow = try given { try subscription.expectFlow(in: session) }
            guard let streamID = flow.streamID else { return }
            let first = session.returnFlow(id: 2, to: flow.id, for: streamID)
            _ = try first.deliver(UserControl.streamBegin(streamID: streamID).message.encoded)
            // Nobody can have anything against this, whatever media they expect.
            let data = DataMessage("|RtmpSampleAccess", [.boolean(false), .boolean(false)]).message().encoded
            let media = session.returnFlow(id: 3, to: flow.id, for: streamID)
            _ = try media.deliver(data)
            _ = try media.deliver([], final: true)
            let next = session.returnFlow(id: 4, to: flow.id, for: streamID)
            let heard = try next.deliver(data)
            try session.ping()
            try require(
                session.ear.flows[flow.id]?.finalNumber == nil && heard.exceptionCode == nil,
                expected: "a subscription that goes on, on a new flow for media as well",
                actual: heard.exceptionCode == nil ? "the client closes its flow" : "the new flow is rejected"
            )
        },
    ]

    /// A case about a client that is told to play from a peer, and has asked its server to connect.
    private static func subscribing(
        _ name: String,
        _ title: String,
        _ requirements: [String],
        level: Case.Level = .must,
        saboteurs: [String],
        _ body: @escaping @Sendable (ClientSubscription) throws -> Void
    ) -> Case {
        .client(
            "netstream/\(name)",
            title,
            requirements,
            level: level,
            needs: [.netConnection],
            saboteurs: saboteurs,
            setting: .cold,
            .startup { probe in
                let subscription = try ClientSubscription(probe)
                try body(subscription)
                try given { try subscription.server.ping() }
            }
        )
    }

    /// A case about the flow on which a client plays from a peer.
    private static func playing(
        _ name: String,
        _ title: String,
        _ requirements: [String],
        level: Case.Level = .must,
        saboteurs: [String],
        _ judge: @escaping @Sendable (FarFlow, _ streamName: String) throws -> Void
    ) -> Case {
        subscribing(name, title, requirements, level: level, saboteurs: saboteurs) { subscription in
            let session = try subscription.introduce()
            let flow = try given { try subscription.expectFlow(in: session) }
            try judge(flow, subscription.probe.survey.streamName)
        }
    }
}
