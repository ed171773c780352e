import RTMFP

/// The cases of each role.
public enum Suite {
    /// Every case, in the order of the specification.
    public static let all: [Case] = rendezvous + client + tracker + peer + capture

    /// The cases for RTMFP rendezvous servers, and for any other responder.
    public static let rendezvous: [Case] = [
        foundation,
        PacketCases.all, VerificationCases.all, ChunkCases.all, FragmentCases.all,
        HelloCases.all, CookieCases.all, KeyingCases.all,
        CertificateCases.all, DiscriminatorCases.all, ComponentCases.all, DiffieHellmanCases.all,
        NegotiationCases.all, SequenceNumberCases.all,
        SessionCases.all, MobilityCases.all, PingCases.all, TimestampCases.all, CloseCases.all,
        UserDataCases.all, NextUserDataCases.all, FlowOptionCases.all, FlowCases.all,
        ReceivingCases.all, AckTimingCases.all, AckContentCases.all, ReceiverStateCases.all,
        SendingCases.all, LossCases.all, FlowControlCases.all, CongestionCases.all,
        MessageCases.all, FlowSynchronizationCases.all, NetConnectionCases.all, StreamCases.all,
        IntroductionCases.all,
    ].flatMap(\.self)

    /// The cases for clients, and for any other initiator.
    public static let client: [Case] = [
        ClientFoundation.all, ClientHelloCases.all, ClientRedirectCases.all, ClientResponderHelloCases.all,
        ClientInitiatorKeyingCases.all, ClientResponderKeyingCases.all, ClientCookieChangeCases.all,
        ClientGlareCases.all, ClientForwardingCases.all, ClientPacketCases.all,
        ClientSendingCases.all, ClientReceivingCases.all, ClientFlashCryptoCases.all,
        ClientMessageCases.all, ClientConnectCases.all, ClientReturnFlowCases.all, ClientPeerInfoCases.all,
        ClientKeepaliveCases.all, ClientClosingCases.all, ClientSubscriptionCases.all, ClientPeerStreamCases.all,
    ].flatMap(\.self)

    /// The cases for HTTP trackers of hls-p2p, and for the rendezvous that share their registry.
    public static let tracker: [Case] = [
        TrackerFoundation.all, TrackerSelectionCases.all, TrackerEdgeCases.all, TrackerParameterCases.all,
        TrackerAnswerCases.all, TrackerCORSCases.all, TrackerCountCases.all, TrackerDisconnectCases.all,
        TrackerLogCases.all, TrackerStaticCases.all, TrackerRegistrationCases.all,
        HTTPMessageCases.all, HTTPContentCases.all, HTTPConnectionCases.all, HTTPMethodCases.all,
        TrackerConcurrencyCases.all, TrackerAbuseCases.all,
    ].flatMap(\.self)

    /// The cases for whoever took part in a recorded exchange: `Judge` runs them.
    public static let capture: [Case] = [
        RecordedElementCases.all, RecordedPacketCases.all, RecordedChunkCases.all, RecordedUserDataCases.all,
        RecordedSessionCases.all, RecordedSendingCases.all, RecordedAbandoningCases.all, RecordedReceivingCases.all,
        RecordedCertificateCases.all, RecordedComponentCases.all, RecordedMessageCases.all,
    ].flatMap(\.self)

    /// The cases for peers.
    public static let peer: [Case] = [
        PeerFoundation.all, PeerSessionCases.all, PeerRendezvousCases.all, PeerFormCases.all, PeerEnvelopeCases.all,
        PeerWindowCases.all, PeerRequestCases.all, PeerPushCases.all, SwarmJoiningCases.all, SwarmStallCases.all,
        PeerAbuseCases.all,
    ].flatMap(\.self)

    /// The cases for implementations of one kind.
    public static func cases(for role: Case.Role) -> [Case] {
        all.filter { $0.role == role }
    }

    /// The exchanges that all other cases build on; where one of them does not work, others are *blocked*.
    public static let foundation: [Case] = [
        Case(
            "rendezvous/foundation/ihello-is-answered",
            "An IHello whose endpoint discriminator selects the endpoint is answered by an RHello.",
            ["RFC7016-3.5.1.1.2-01", "RFC7016-2.3.2-01", "RFC7425-4.1-01", "RFC7016-2.1.1-01"],
            saboteurs: ["mute-to-ihello"],
            setting: .cold,
            .startup { probe in
                _ = try probe.greet(from: probe.peer())
            }
        ),
        Case(
            "rendezvous/foundation/session-opens",
            "Two round trips open a session: IHello and RHello, IIKeying and RIKeying.",
            [
                "RFC7016-3.5.1.1-01", "RFC7016-2.3.7-03", "RFC7425-4.6.3-01", "RFC7425-4.6.3-02", "RFC7425-4.7.1-01",
                "RFC7016-2.2.3-02", "RFC7425-4.6.1-03", "RFC7016-2.2.2-03", "RFC7425-4.3.3.5-01",
            ],
            saboteurs: ["mute-to-iikeying", "keys-swapped", "rikeying-under-session-key"],
            .startup { probe in
                try probe.open(from: probe.peer()).requireOpen()
            }
        ),
        Case(
            "rendezvous/foundation/group-2",
            "Diffie-Hellman group 2 is supported.",
            ["RFC7425-4.2-01"],
            saboteurs: ["group-2-broken"],
            .startup { probe in
                var plan = HandshakePlan()
                plan.group = .modp1024
                let offered = try probe.certificate(of: probe.greet(from: probe.peer())).groups
                try require(
                    offered.contains(DiffieHellmanGroup.modp1024.rawValue),
                    expected: "a certificate that offers group 2",
                    actual: "groups \(offered.map(String.init).joined(separator: ", "))"
                )
                try probe.open(plan, from: probe.peer()).requireOpen()
            }
        ),
        Case(
            "rendezvous/foundation/ping-is-answered",
            "A Ping on an open session is answered with its message, before anything else was said on it.",
            ["RFC7016-3.5.4-01", "RFC7016-3.5.4-06", "RFC7016-2.3.10-01", "RFC7016-2.3.8-04", "RFC7016-3.5-02"],
            level: .should,
            saboteurs: ["mute-to-ping", "ping-reply-empty", "pings-wait-for-data"],
            .startup { probe in
                let session = try probe.open(from: probe.peer())
                try session.ping(Array("hello-ping".utf8))
            }
        ),
    ]
}
