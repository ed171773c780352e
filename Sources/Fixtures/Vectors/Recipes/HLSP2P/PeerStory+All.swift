internal import Flash
internal import HLSP2P
internal import RTMFP

extension PeerStory {
    static let all: [PeerStory] = [join] + joining + failing + ending

    /// The whole of it, step by step.
    private static let join = PeerStory(
        name: "join",
        comment: "a viewer joins: connect, setPeerInfo, the tracker, introduction, the four streams, the first pieces",
        section: ["tracker-protocol §8.1", "peer-protocol §2.2", "peer-protocol §7.1"],
        requirements: [
            "RFC7425-5.3.1-02", "RFC7425-5.3.3-01", "RFC7425-5.4.1-01", "PEER-001", "PEER-003", "PEER-004", "PEER-005",
            "PEER-010", "TRK-047", "SWARM-024",
        ],
        captured:
            "captures/cumulus-hls-p2p.pcap: what the rendezvous says, octet by octet (frames 6 and 10)",
        refusals: connectionRefusals + subscriptionRefusals + streamRefusals
    )

    private static let joining = [
        PeerStory(
            name: "joined",
            comment: "the same, as the peer that is found sees it",
            section: ["peer-protocol §2.2", "peer-protocol §7.1"],
            requirements: ["PEER-002", "PEER-003", "PEER-004", "PEER-005", "PEER-006", "PEER-093"],
            began: 0,
            bob: NeighbourActor.Manner(finding: .finds, comes: 6_000)
        ) { try $0.run(8_500) },
        PeerStory(
            name: "join.two",
            comment: "two peers are found, and deliver a half each: eight streams",
            section: ["peer-protocol §2.2", "peer-protocol §7.1", "swarm-algorithm §2"],
            requirements: ["PEER-006", "PEER-020", "SWARM-025", "SWARM-028", "TRK-047"],
            began: 18_000,
            carol: NeighbourActor.Manner(firstStreamID: 77),
            peerCount: 2
        ) { try $0.run(4_500) },
        PeerStory(
            name: "join.both",
            comment: "both set out to each other: one session, and nobody plays a stream twice",
            section: ["peer-protocol §2.2"],
            requirements: ["PEER-006", "PEER-007"],
            bob: NeighbourActor.Manner(finding: .both)
        ),
        PeerStory(
            name: "join.cumulus",
            comment: "the other peer speaks as in a capture: play of type 17, stream IDs from 1, no RtmpSampleAccess",
            section: ["peer-protocol §3.1"],
            requirements: ["PEER-022", "PEER-025", "PEER-027"],
            bob: NeighbourActor.Manner(firstStreamID: 1, form: .extended, acceptance: cumulus),
            captured:
                "captures/cumulus-hls-p2p.pcap: what the rendezvous says (frames 6 and 10), and how Bob plays and begins streams, but for peer IDs and stream IDs (frames 28, 30, 34, 36)"
        ),
        PeerStory(
            name: "join.librtmfp",
            comment: "the other peer speaks as librtmfp: the status stands in the place of the command object",
            section: ["peer-protocol §3.1"],
            requirements: ["PEER-022", "PEER-027", "PEER-028"],
            bob: NeighbourActor.Manner(acceptance: librtmfp),
            captured:
                "captures/cumulus-librtmfp-p2p.pcap: how Bob begins streams, but for their names and IDs (frame 30)"
        ),
        PeerStory(
            name: "join.data-apart",
            comment: "the other peer has two return flows, one of them for its data, and data for another handler",
            section: ["peer-protocol §3.1", "peer-protocol §3.4"],
            requirements: ["PEER-029", "PEER-036"],
            bob: NeighbourActor.Manner(separatesData: true)
        ),
        PeerStory(
            name: "join.bare",
            comment: "the other peer says no more than it must: neither StreamBegin nor Play.Reset",
            section: ["peer-protocol §3.1"],
            requirements: ["PEER-027", "PEER-028"],
            bob: NeighbourActor.Manner(acceptance: { _, name in [start(name)] })
        ),
        PeerStory(
            name: "join.amf0",
            comment: "the rendezvous settles on AMF0: the addresses go in a command of type 20",
            section: ["RFC 7425 §5.3.2", "RFC 7425 §5.3.3"],
            requirements: ["RFC7425-5.3.3-06", "RFC7425-5.3.3-01"],
            rendezvous: RendezvousActor.Manner(answer: RendezvousActor.success(objectEncoding: 0))
        ),
        PeerStory(
            name: "join.no-advice",
            comment: "the rendezvous advises no keepalive periods: everything goes on without",
            section: ["RFC 7425 §5.3.4", "tracker-protocol §8.1"],
            requirements: ["RFC7425-5.3.4-02", "RFC7425-5.3.3-01"],
            rendezvous: RendezvousActor.Manner(advice: [])
        ),
        PeerStory(
            name: "join.advice-twice",
            comment:
                "the rendezvous advises periods that are too short, then others, and calls something that nobody knows",
            section: ["RFC 7425 §5.3.4", "tracker-protocol §8.5"],
            requirements: ["RFC7425-5.3.4-03", "RFC7425-5.3.4-08"],
            rendezvous: RendezvousActor.Manner(advice: [
                UserControl.setKeepalive(serverPeriod: 1, peerPeriod: 1).message.encoded, RendezvousActor.periods,
                Command("participantChanged", [.string(String(repeating: "0", count: 64))]).message().encoded,
            ])
        ),
    ]

    private static let failing = [
        PeerStory(
            name: "alone",
            comment: "the first viewer: the tracker knows nobody else",
            section: ["tracker-protocol §8.1", "swarm-algorithm §5.1"],
            requirements: ["RFC7425-5.3.3-01", "SWARM-026", "TRK-047"],
            bob: nil
        ) { try $0.run(6_000) },
        PeerStory(
            name: "rejected",
            comment: "the rendezvous refuses the connection: segments come from the CDN for good",
            section: ["tracker-protocol §8.1", "swarm-algorithm §5.1"],
            requirements: ["RFC7425-5.3.2-04", "SWARM-020"],
            rendezvous: RendezvousActor.Manner(answer: RendezvousActor.rejection, accepts: false),
            bob: nil
        ) { try $0.run(6_000) },
        PeerStory(
            name: "refused.rejects",
            comment: "the peer that was found rejects the subscription to its public stream",
            section: ["peer-protocol §2.5"],
            requirements: ["RFC7425-5.4.3-02", "PEER-018", "SWARM-026"],
            bob: NeighbourActor.Manner(refusal: .rejects)
        ) { try $0.run(6_000) },
        PeerStory(
            name: "refused.tells",
            comment: "the peer that was found says that it has no stream",
            section: ["peer-protocol §2.5", "peer-protocol §2.4"],
            requirements: ["PEER-013", "SWARM-026"],
            bob: NeighbourActor.Manner(refusal: .tells)
        ) { try $0.run(6_000) },
        PeerStory(
            name: "silent",
            comment: "the peer that was found does not answer: the attempt is given up after 10 s",
            section: ["peer-protocol §2.4"],
            requirements: ["PEER-012"],
            bob: NeighbourActor.Manner(refusal: .silence)
        ) { try $0.run(12_000) },
        PeerStory(
            name: "half",
            comment: "the peer that was found does not subscribe back, so that nobody gets ready within 10 s",
            section: ["peer-protocol §2.3", "peer-protocol §2.4"],
            requirements: ["PEER-010", "PEER-012"],
            bob: NeighbourActor.Manner(subscribesBack: false)
        ) { try $0.run(12_000) },
    ]

    private static let ending = [
        PeerStory(
            name: "stream-closed",
            comment: "one of the four streams is closed, which is the end of all of them",
            section: ["peer-protocol §2.2", "peer-protocol §2.4"],
            requirements: ["PEER-008", "PEER-009"]
        ) { scene in
            try scene.run(2_000)
            try scene.finish(.bob("public", of: "peer"))
            try scene.run(500)
        },
        PeerStory(
            name: "fifth",
            comment: "the public stream is played a second time, which nothing forbids",
            section: ["peer-protocol §2.5"],
            requirements: ["PEER-001", "PEER-027"],
            refusals: [
                Refusal(
                    name: "private",
                    error: .order,
                    requirements: ["PEER-018"],
                    reason: "a fifth stream, the private one for who has played it already",
                    place: PeerStory.Place(end: "bob", stream: "public", publisher: "peer", text: "play", isLast: true),
                    change: .name { _, other in other }
                )
            ]
        ) { scene in
            try scene.run(2_000)
            try scene.play(scene.role.id)
            try scene.run(500)
        },
    ]

    /// `onStatus` as the capture of Cumulus has it, the members in another order.
    private static func status(_ code: String, _ description: String) -> [UInt8] {
        let members: [AMFMember<AMF0Value>] = [
            AMFMember("code", .string(code)), AMFMember("description", .string(description)),
            AMFMember("level", .string("status")),
        ]
        return Command("onStatus", [.object(members)]).message().encoded
    }

    private static func start(_ name: String) -> [UInt8] {
        Status("NetStream.Play.Start", "Started playing \(name)").command.message().encoded
    }

    private static let cumulus: @Sendable (UInt32, String) -> [[UInt8]] = { streamID, name in
        [
            UserControl.streamBegin(streamID: streamID).message.encoded,
            status("NetStream.Play.Reset", "Playing and resetting"),
            status("NetStream.Play.Start", "Started playing \(name)"),
        ]
    }

    private static let librtmfp: @Sendable (UInt32, String) -> [[UInt8]] = { streamID, name in
        func status(_ status: Status) -> [UInt8] {
            Command("onStatus", object: status.value).message().encoded
        }
        return [
            UserControl.streamBegin(streamID: streamID).message.encoded,
            status(Status("NetStream.Play.Reset", "Playing and resetting \(name)")),
            status(Status("NetStream.Play.Start", "Started playing \(name)")),
            DataMessage("|RtmpSampleAccess", [.boolean(true), .boolean(true)]).message().encoded,
        ]
    }
}
