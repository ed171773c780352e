import RTMFP

/// RFC 7016 §2.2.3 encryption layer, RFC 7425 §4.7 packet encryption and verification.
enum VerificationCases {
    static let all: [Case] = [
        Case(
            "rendezvous/checksum-crypto/wrong-checksum-discarded",
            "A startup packet with a wrong checksum is discarded as if it had never been received.",
            ["RFC7016-2.2.3-04", "RFC7425-4.7.3.1-03"],
            saboteurs: ["verification-unchecked"],
            .startupIgnored { probe in
                try probe.peer().say(probe.helloPacket(), fault: .wrongVerification)
            }
        ),
        Case(
            "rendezvous/checksum-crypto/wrong-session-checksum-discarded",
            "A session packet with a wrong checksum is discarded.",
            ["RFC7016-2.2.3-04", "RFC7425-4.7.3.1-03"],
            saboteurs: ["verification-unchecked"],
            setting: .session { $0.hmac = [] },
            .sessionIgnored { session in
                guard session.sending.verification == .checksum else {
                    throw Inconclusive(reason: "the session does not use the checksum")
                }
                try session.sayPing(fault: .wrongVerification)
            }
        ),
        Case(
            "rendezvous/checksum-crypto/partial-block-discarded",
            "Without an HMAC, a packet that is not a whole number of cipher blocks is discarded.",
            ["RFC7425-4.7.2-01"],
            saboteurs: ["partial-block-accepted"],
            .startupIgnored { probe in
                try probe.peer().say(probe.helloPacket(), fault: .trailingOctet)
            }
        ),
        Case(
            "rendezvous/checksum-crypto/default-key-refused-in-session",
            "A session packet under the Default Session Key instead of the session's is discarded.",
            ["RFC7016-2.2.3-05"],
            saboteurs: ["default-key-in-session"],
            .sessionIgnored { session in
                let packet = Packet(session.header, [.ping(Ping(message: session.probe.octets(12)))])
                try session.peer.say(packet, to: session.farSessionID)
            }
        ),
        Case(
            "rendezvous/checksum-crypto/wrong-hmac-discarded",
            "A packet with a wrong HMAC is discarded.",
            ["RFC7016-2.2.3-04", "RFC7425-4.7.3.2-02"],
            saboteurs: ["verification-unchecked"],
            setting: hmacSession,
            .sessionIgnored { session in
                try session.sayPing(fault: .wrongVerification)
            }
        ),
        Case(
            "rendezvous/checksum-crypto/missing-hmac-discarded",
            "A packet without the HMAC that was negotiated is discarded.",
            ["RFC7425-4.7.2-02"],
            saboteurs: ["missing-hmac-accepted"],
            setting: hmacSession,
            .sessionIgnored { session in
                try session.sayPing(fault: .truncated)
            }
        ),
        Case(
            "rendezvous/checksum-crypto/octet-after-hmac-discarded",
            "A packet with more octets after its last block than the HMAC's length is discarded.",
            ["RFC7425-4.7.2-02"],
            saboteurs: ["hmac-length-unchecked"],
            setting: hmacSession,
            .sessionIgnored { session in
                try session.sayPing(fault: .trailingOctet)
            }
        ),
        Case(
            "rendezvous/checksum-crypto/hmac-covers-ciphertext",
            "The HMAC is computed over the cipher blocks: one over the plain packet is wrong.",
            ["RFC7425-4.7.3.2-01"],
            saboteurs: ["verification-unchecked"],
            setting: hmacSession,
            .sessionIgnored { session in
                try session.sayPing(fault: .hmacOverPlain)
            }
        ),
        Case(
            "rendezvous/checksum-crypto/unscrambled-session-id-dropped",
            "The session ID is scrambled with the first two words of the encrypted packet.",
            ["RFC7016-2.2.2-01"],
            saboteurs: ["unscrambled-accepted", "unknown-session-answered"],
            .startupIgnored { probe in
                try probe.peer().say(probe.helloPacket(), fault: .unscrambled)
            }
        ),
    ]

    /// A session whose packets from the probe carry HMACs of 12 octets.
    private static let hmacSession = Setting.session {
        $0.hmac = .willSendAlways
        $0.hmacLength = 12
    }
}

extension Probe {
    /// A packet with a good IHello and a fresh tag.
    func helloPacket() throws -> Packet {
        let hello = IHello(endpointDiscriminator: target.endpointDiscriminator, tag: octets(16))
        return Packet(PacketHeader(.startup, timestamp: try peer().timestamp), [.initiatorHello(hello)])
    }
}

extension ProbeSession {
    /// Sends a Ping with a fresh message, once and with a fault.
    func sayPing(sequenceNumber: UInt64? = nil, fault: SealingFault) throws {
        let packet = Packet(header, [.ping(Ping(message: probe.octets(12)))])
        try say(packet, sequenceNumber: sequenceNumber, fault: fault)
    }
}
