import RTMFP

/// RFC 7016 §2.1 elementary encodings, §2.2.2 multiplex layer, §2.2.4 packet layer.
enum PacketCases {
    static let all: [Case] = [
        Case(
            "rendezvous/packet/reserved-header-bits-ignored",
            "Reserved bits of the packet header are ignored on receipt.",
            ["RFC7016-2-04"],
            saboteurs: ["reserved-header-bits-rejected"],
            .session { session in
                var header = PacketHeader(.initiator, timestamp: session.peer.timestamp)
                header.reserved = 0x30
                try session.ping(header: header)
            }
        ),
        Case(
            "rendezvous/packet/session-id-selects-context",
            "The session ID selects the session, not the source address: a packet from another port is processed.",
            ["RFC7016-2.2.2-02", "RFC7016-3.5.3-03"],
            saboteurs: ["source-address-required"],
            .session { session in
                // The reply may go to either address.
                _ = try session.answeringAddress(of: session.elsewhere())
            }
        ),
        Case(
            "rendezvous/packet/one-octet-datagram-ignored",
            "A datagram too short for a session ID is dropped silently.",
            ["RFC7016-2.2.2-06"],
            saboteurs: ["short-datagrams-answered"],
            .startupIgnored { probe in
                for count in 1...3 {
                    try probe.peer().say(probe.octets(count), "\(count) octets")
                }
            }
        ),
        Case(
            "rendezvous/packet/unknown-session-id-ignored",
            "A packet to a session ID that nobody has is dropped silently.",
            ["RFC7016-2.2.2-06"],
            saboteurs: ["unknown-session-answered"],
            .startupIgnored { probe in
                let packet = Packet(PacketHeader(.initiator), [.ping(Ping(message: probe.octets(8)))])
                try probe.peer().say(packet, to: 0x7fff_fffe)
            }
        ),
        timestampCombination("without-timestamps", false, false, ["RFC7016-2.2.4-02"], ["timestamp-required"]),
        timestampCombination(
            "with-echo-only",
            false,
            true,
            ["RFC7016-2.2.4-03"],
            ["timestamp-required", "echo-needs-timestamp"]
        ),
        timestampCombination("with-both-timestamps", true, true, [], ["both-timestamps-rejected"]),
        Case(
            "rendezvous/packet/mode-0-discarded",
            "A packet with mode 0 is discarded.",
            ["RFC7016-2.2.4-10"],
            saboteurs: ["mode-0-accepted"],
            .sessionIgnored { session in
                let header = PacketHeader(.forbidden, timestamp: session.peer.timestamp)
                try session.say([.ping(Ping(message: session.probe.octets(12)))], header: header)
            }
        ),
        Case(
            "rendezvous/packet/responder-marks-its-packets",
            "The responder marks all packets of a session with mode 2.",
            ["RFC7016-2.2.4-12"],
            saboteurs: ["initiator-mark-sent"],
            .session { session in
                try session.ping()
                for heard in session.peer.heard where heard.sessionID == session.nearSessionID {
                    guard case .sessionKey = heard.protection, let mode = heard.packet?.header.mode else { continue }
                    try require(mode == .responder, expected: "mode 2", actual: heard.summary)
                }
            }
        ),
        Case(
            "rendezvous/packet/own-mark-ignored",
            "The responder ignores session packets that carry its own mark, mode 2.",
            ["RFC7016-2.2.4-14"],
            level: .should,
            saboteurs: ["own-mark-accepted"],
            .sessionIgnored { session in
                let header = PacketHeader(.responder, timestamp: session.peer.timestamp)
                try session.say([.ping(Ping(message: session.probe.octets(12)))], header: header)
            }
        ),
        Case(
            "rendezvous/packet/all-chunks-processed",
            "Every chunk of a packet is processed, not only the first.",
            ["RFC7016-2.2.4-17", "RFC7016-2.3-01", "RFC7016-2.3-08"],
            saboteurs: ["one-chunk-of-a-kind"],
            .session { session in
                let messages = (0..<3).map { _ in session.probe.octets(12) }
                let start = session.peer.heard.count
                try session.say(messages.map { .ping(Ping(message: $0)) })
                for message in messages {
                    try session.expectReply(to: message, from: start)
                }
            }
        ),
        shortPadding(1),
        shortPadding(2),
        Case(
            "rendezvous/packet/chunk-that-does-not-fit-is-padding",
            "A would-be chunk header whose length exceeds what remains means that the rest is padding.",
            ["RFC7016-2.2.4-20"],
            saboteurs: ["misfit-chunk-rejected"],
            .session { session in
                let message = session.probe.octets(12)
                let packet = Packet(
                    session.header,
                    [.ping(Ping(message: message))],
                    padding: [0x10, 0x01, 0x00, 0x00, 0xaa]
                )
                try session.say(packet)
                try session.expectReply(to: message)
            }
        ),
        Case(
            "rendezvous/packet/padding-content-ignored",
            "The content of padding is ignored: zeros do as well as ones.",
            ["RFC7016-2.2.4-22"],
            saboteurs: ["zero-padding-rejected"],
            .session { session in
                // Twelve octets of padding: zeros read as four empty Padding chunks, with nothing left over.
                let message = session.probe.octets(
                    12 + session.octetsToBlock(after: session.header.encodedLength + 3 + 12 + 12)
                )
                let packet = Packet(session.header, [.ping(Ping(message: message))])
                try session.say(packet, fault: .zeroPadding)
                try session.expectReply(to: message)
            }
        ),
        Case(
            "rendezvous/packet/truncated-fields-harmless",
            "A field that does not fit its chunk is detected; the session goes on.",
            ["RFC7016-2-05", "RFC7016-2-06", "RFC7425-3-03"],
            saboteurs: ["malformed-chunk-closes-session"],
            .sessionIgnored(.particular(closing)) { session in
                for chunk in truncatedChunks {
                    try session.say([chunk])
                }
            }
        ),
    ]

    /// Chunks whose last field runs past the chunk's end.
    static let truncatedChunks: [Chunk] = [
        .unknown(type: ChunkType.userData.rawValue, payload: [0x00, 0x81]),
        .unknown(type: ChunkType.userData.rawValue, payload: [0x80, 0x02, 0x01, 0x01, 0x05, 0x00, 0x54]),
        .unknown(type: ChunkType.rangeAcknowledgement.rawValue, payload: [0x02, 0xff]),
        .unknown(type: ChunkType.bitmapAcknowledgement.rawValue, payload: [0x02]),
        .unknown(type: ChunkType.flowExceptionReport.rawValue, payload: [0x82]),
        .unknown(type: ChunkType.forwardedInitiatorHello.rawValue, payload: [0x04, 0x01]),
    ]

    @Sendable
    private static func closing(_ heard: Heard) -> String? {
        let closes = heard.chunks.contains { $0 == .sessionCloseRequest || $0 == .sessionCloseAcknowledgement }
        return closes ? "the target closed the session" : nil
    }

    private static func timestampCombination(
        _ name: String,
        _ timestamp: Bool,
        _ echo: Bool,
        _ requirements: [String],
        _ saboteurs: [String]
    ) -> Case {
        Case(
            "rendezvous/packet/ping-\(name)",
            "Timestamp and timestamp echo are there as their flags say, each for itself.",
            ["RFC7016-2.2.4-01"] + requirements,
            saboteurs: saboteurs,
            .session { session in
                let now = session.peer.timestamp
                try session.ping(
                    header: PacketHeader(.initiator, timestamp: timestamp ? now : nil, timestampEcho: echo ? now : nil)
                )
            }
        )
    }

    private static func shortPadding(_ count: Int) -> Case {
        Case(
            "rendezvous/packet/\(count == 1 ? "one-octet" : "two-octets")-of-padding",
            "Fewer than three octets after the last chunk are padding.",
            ["RFC7016-2.2.4-19"],
            saboteurs: ["short-padding-rejected"],
            .session { session in
                // Just as many octets as fill the cipher's last block, so that no other padding follows.
                let chunkHeader = 3
                let fill = session.octetsToBlock(after: session.header.encodedLength + chunkHeader + 12 + count)
                let message = session.probe.octets(12 + fill)
                let packet = Packet(
                    session.header,
                    [.ping(Ping(message: message))],
                    padding: [UInt8](repeating: 0, count: count)
                )
                try session.say(packet)
                try session.expectReply(to: message)
            }
        )
    }
}

extension PacketHeader {
    /// Octets of the header on the wire.
    var encodedLength: Int { 1 + (timestamp == nil ? 0 : 2) + (timestampEcho == nil ? 0 : 2) }
}

extension ProbeSession {
    /// Octets that are missing to a whole cipher block after `count` octets of plain packet.
    func octetsToBlock(after count: Int) -> Int {
        let checksum = sending.verification == .checksum ? 2 : 0
        let number = sending.sequenceNumbers ? vluLength(nextSequenceNumber) : 0
        return (16 - (count + checksum + number) % 16) % 16
    }
}
