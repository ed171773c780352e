import RTMFP

/// RFC 7016 §2.3.2, §2.3.4, §3.5.1.1: the first round trip, IHello and RHello.
enum HelloCases {
    static let all: [Case] = [
        tagEchoed(0), tagEchoed(1), tagEchoed(8), tagEchoed(32), tagEchoed(64), tagEchoed(200),
        Case(
            "rendezvous/startup/rhello-in-startup-packet",
            "RHello comes in a packet of startup mode, to session ID 0, under the Default Session Key.",
            ["RFC7016-2.3.4-02", "RFC7016-2.2.2-04"],
            saboteurs: ["rhello-in-mode-2", "rhello-to-other-session-id"],
            .startup { probe in
                let peer = try probe.peer()
                _ = try probe.greet(from: peer)
                for heard in peer.heard where heard.first(\.asRHello) != nil {
                    let right = heard.sessionID == 0 && heard.packet?.header.mode == .startup
                    try require(right, expected: "session ID 0 and startup mode", actual: heard.summary)
                }
            }
        ),
        Case(
            "rendezvous/startup/rhello-certificate-well-formed",
            "RHello's certificate is a sequence of options to its end, and has a key or a group.",
            ["RFC7016-2.3.4-01"],
            saboteurs: ["certificate-truncated"],
            .startup { probe in
                let hello = try probe.greet(from: probe.peer())
                do {
                    _ = try Certificate(hello.responderCertificate)
                } catch {
                    throw Unmet(expected: "a certificate as RFC 7425 §4.3 has it", actual: "\(error)")
                }
            }
        ),
        Case(
            "rendezvous/startup/rhello-has-a-cookie",
            "RHello brings a cookie that the responder will recognize.",
            ["RFC7016-2.3.4-01", "RFC7016-3.5.1.1.2-03"],
            saboteurs: ["cookie-empty"],
            .startup { probe in
                let hello = try probe.greet(from: probe.peer())
                try require(!hello.cookie.isEmpty, expected: "a cookie", actual: "none")
            }
        ),
        Case(
            "rendezvous/startup/timestamp-optional",
            "An IHello in a packet without a timestamp is answered.",
            ["RFC7016-2.2.4-04"],
            saboteurs: ["startup-timestamp-required"],
            .startup { probe in
                var packet = try probe.helloPacket()
                packet.header.timestamp = nil
                try probe.expectAnswer(to: packet, from: probe.peer())
            }
        ),
        Case(
            "rendezvous/startup/timestamps-permitted",
            "An IHello in a packet with timestamp and timestamp echo is answered.",
            ["RFC7016-2.2.4-04"],
            saboteurs: ["startup-echo-rejected"],
            .startup { probe in
                let peer = try probe.peer()
                var packet = try probe.helloPacket()
                packet.header.timestamp = peer.timestamp
                packet.header.timestampEcho = peer.timestamp
                try probe.expectAnswer(to: packet, from: peer)
            }
        ),
        Case(
            "rendezvous/startup/ihello-only-to-session-0",
            "An IHello to the ID of an open session is ignored.",
            ["RFC7016-2.3.2-02"],
            saboteurs: ["ihello-on-session-id-answered"],
            .sessionIgnored { session in
                try session.peer.say(session.probe.helloPacket(), to: session.farSessionID)
            }
        ),
        Case(
            "rendezvous/startup/ihello-with-misfit-length-ignored",
            "An IHello whose discriminator is longer than the chunk is ignored.",
            ["RFC7016-2.3.2-03"],
            saboteurs: ["misfit-ihello-answered"],
            .startupIgnored { probe in
                let payload: [UInt8] = [0x7f] + probe.target.endpointDiscriminator.prefix(12)
                try probe.peer().say([.unknown(type: ChunkType.initiatorHello.rawValue, payload: payload)])
            }
        ),
        Case(
            "rendezvous/startup/oversized-integer-does-not-wrap",
            "An IHello whose discriminator's length exceeds 64 bits is ignored: the integer does not wrap.",
            ["RFC7016-2.1.2-05"],
            saboteurs: ["misfit-ihello-answered"],
            .startupIgnored { probe in
                let discriminator = probe.target.endpointDiscriminator
                // 2^70 and the true length: what is left if the upper bits are lost.
                let length = [UInt8](repeating: 0x80, count: 8) + [UInt8(discriminator.count & 0x7f)]
                let payload = [0x80 | 0x01, 0x80] + length + discriminator + probe.octets(16)
                try probe.peer().say([.unknown(type: ChunkType.initiatorHello.rawValue, payload: payload)])
            }
        ),
        Case(
            "rendezvous/startup/integer-in-long-form",
            "An IHello whose discriminator's length is written with more octets than needed is answered.",
            ["RFC7016-2.1.2-03"],
            saboteurs: ["long-integers-refused"],
            .startup { probe in
                let peer = try probe.peer()
                let discriminator = probe.target.endpointDiscriminator
                let tag = probe.octets(16)
                guard discriminator.count < 0x80 else { throw Inconclusive(reason: "the target's URI is too long") }
                let payload = [0x80, UInt8(discriminator.count)] + discriminator + tag
                _ = try peer.ask("an RHello that echoes the IHello's tag") {
                    try peer.say([.unknown(type: ChunkType.initiatorHello.rawValue, payload: payload)])
                } _: { heard in
                    heard.first(\.asRHello).flatMap { $0.tagEcho == tag ? $0 : nil }
                }
            }
        ),
        Case(
            "rendezvous/startup/repeated-ihello-answered-again",
            "An IHello that comes again is answered again.",
            ["RFC7016-3.5.1.1.2-07"],
            saboteurs: ["repeated-ihello-ignored"],
            .startup { probe in
                let peer = try probe.peer()
                let packet = try probe.helloPacket()
                try probe.expectAnswer(to: packet, from: peer)
                try probe.expectAnswer(to: packet, from: peer)
            }
        ),
        Case(
            "rendezvous/startup/certificate-does-not-change",
            "The same IHello twice brings the same certificate.",
            ["RFC7016-3.2-03"],
            saboteurs: ["certificate-changes"],
            .startup { probe in
                let peer = try probe.peer()
                let first = try probe.greet(from: peer)
                let second = try probe.greet(from: peer)
                try requireEqual(second.responderCertificate, first.responderCertificate, "responder certificate")
            }
        ),
        Case(
            "rendezvous/startup/ihello-beside-session",
            "An IHello from the address of an open session is answered, and the session goes on.",
            ["RFC7016-3.3-04"],
            saboteurs: ["ihello-from-session-address-ignored", "ihello-closes-session"],
            .session { session in
                _ = try session.probe.greet(from: session.peer)
            }
        ),
        Case(
            "rendezvous/startup/many-ihellos-leave-no-trace",
            "Many IHellos that are not followed up do not keep others from opening a session.",
            ["RFC7016-3.5.1.1.2-02"],
            level: .should,
            saboteurs: ["ihello-state-fills-up"],
            aftermath: .handshake,
            isAlone: true,
            .startup { probe in
                let peer = try probe.newPeer()
                for _ in 0..<300 {
                    try peer.say(probe.helloPacket())
                }
            }
        ),
    ]

    private static func tagEchoed(_ length: Int) -> Case {
        Case(
            "rendezvous/startup/tag-of-\(length)-octets-echoed",
            "RHello echoes the IHello's tag, whatever its length.",
            ["RFC7016-2.3.4-03", "RFC7016-2.1.1-02"],
            saboteurs: length == 0
                ? ["empty-tag-ignored", "tag-padded-to-16"] : length > 16 ? ["tag-cut-to-16"] : ["tag-padded-to-16"],
            .startup { probe in
                var plan = HandshakePlan()
                plan.tagLength = length
                _ = try probe.greet(plan, from: probe.peer())
            }
        )
    }
}
