import RTMFP

/// RFC 7016 §2.3: chunks in general.
enum ChunkCases {
    static let all: [Case] = [
        Case(
            "rendezvous/chunk/ihello-needs-startup-mode",
            "An IHello in a packet of another mode than startup is ignored.",
            ["RFC7016-2.2.4-15"],
            saboteurs: ["ihello-in-any-mode"],
            .startupIgnored { probe in
                var packet = try probe.helloPacket()
                packet.header.mode = .initiator
                try probe.peer().say(packet)
            }
        ),
        Case(
            "rendezvous/chunk/ihello-ignored-in-session",
            "An IHello in a session's packet is ignored, and the chunk after it is not.",
            ["RFC7016-2.2.4-15", "RFC7016-2.3-04"],
            saboteurs: ["ihello-in-session-answered", "misplaced-chunk-aborts-packet"],
            .sessionIgnored { session in
                let message = session.probe.octets(12)
                try session.say(session.probe.helloPacket().chunks + [.ping(Ping(message: message))])
                try session.expectReply(to: message)
            }
        ),
        Case(
            "rendezvous/chunk/ping-needs-session-mode",
            "A Ping in a packet of startup mode is ignored, also under the session's key.",
            ["RFC7016-2.2.4-16", "RFC7016-2.3.9-01"],
            saboteurs: ["ping-in-startup-mode"],
            .sessionIgnored { session in
                let header = PacketHeader(.startup, timestamp: session.peer.timestamp)
                try session.say([.ping(Ping(message: session.probe.octets(12)))], header: header)
            }
        ),
        passedOver(
            "unknown-chunk-ignored",
            "A chunk of an unknown type is ignored, and the next one is not.",
            ["RFC7016-2.3-03"],
            ["unknown-chunk-aborts-packet"],
            .unknown(type: 0xc7, payload: Array("junk".utf8))
        ),
        passedOver(
            "ecn-report-ignored",
            "The experimental ECN Report of an implementation in use is passed over.",
            ["DEFACTO-X-07"],
            ["unknown-chunk-aborts-packet"],
            level: .observed,
            .unknown(type: 0xec, payload: [0])
        ),
        passedOver(
            "padding-chunk-of-ones-skipped",
            "A Padding chunk of type 0xff is skipped by its length.",
            ["RFC7016-2.3-06"],
            ["ones-end-packet"],
            .padding(ones: true, [1, 2, 3, 4, 5, 6, 7, 8])
        ),
        passedOver(
            "padding-chunk-of-zeros-skipped",
            "A Padding chunk of type 0x00 is skipped by its length.",
            ["RFC7016-2.3-07"],
            ["zeros-end-packet"],
            .padding(ones: false, [1, 2, 3, 4, 5, 6, 7, 8])
        ),
        passedOver(
            "malformed-chunk-absent",
            "A malformed chunk counts as absent, and the next one does not.",
            ["RFC7016-2.3-05", "RFC7016-2-06"],
            ["malformed-chunk-aborts-packet", "malformed-chunk-closes-session"],
            .unknown(type: ChunkType.userData.rawValue, payload: [0x00, 0x81])
        ),
        Case(
            "rendezvous/chunk/unknown-chunk-before-ihello-ignored",
            "A chunk of an unknown type in a startup packet is ignored, and the IHello after it is answered.",
            ["RFC7016-2.3-03"],
            saboteurs: ["unknown-chunk-aborts-packet"],
            .startup { probe in
                let peer = try probe.peer()
                var packet = try probe.helloPacket()
                packet.chunks.insert(.unknown(type: 0xc7, payload: Array("junk".utf8)), at: 0)
                try probe.expectAnswer(to: packet, from: peer)
            }
        ),
    ]

    private static func passedOver(
        _ name: String,
        _ title: String,
        _ requirements: [String],
        _ saboteurs: [String],
        level: Case.Level = .must,
        _ chunk: Chunk
    ) -> Case {
        Case(
            "rendezvous/chunk/\(name)",
            title,
            requirements,
            level: level,
            saboteurs: saboteurs,
            .session { session in
                let message = session.probe.octets(12)
                try session.say([chunk, .ping(Ping(message: message))])
                try session.expectReply(to: message)
            }
        )
    }
}

extension Probe {
    /// Sends a packet with an IHello and waits for the RHello with its tag.
    @discardableResult
    func expectAnswer(to packet: Packet, from peer: Peer) throws -> RHello {
        let tag = packet.chunks.lazy.compactMap(\.asIHello).first?.tag
        return try peer.ask("an RHello that echoes the IHello's tag") {
            try peer.say(packet)
        } _: { heard in
            heard.first(\.asRHello).flatMap { $0.tagEcho == tag ? $0 : nil }
        }
    }
}
