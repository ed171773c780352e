import RTMFP

/// RFC 7425 §4.6.6, §4.7.1, §4.7.3.3: session sequence numbers and the protection against replays.
enum SequenceNumberCases {
    static let all: [Case] = [
        Case(
            "rendezvous/checksum-crypto/sequence-number-of-any-length",
            "A session sequence number stands before the checksum, which does not cover it, whatever its length.",
            ["RFC7425-4.7.2-03", "RFC7425-4.7.3.1-02"],
            saboteurs: ["sequence-number-of-one-octet"],
            setting: numbered { $0.hmac = [] },
            aftermath: .handshake,
            .session { session in
                for number: UInt64 in [20, 126, 127, 128, 129, 16_383, 16_384, 1 << 32] {
                    let message = session.probe.octets(12)
                    try session.say(session.pingPacket(message), sequenceNumber: number)
                    try session.expectReply(to: message)
                }
            }
        ),
        Case(
            "rendezvous/checksum-crypto/replay-discarded",
            "A packet whose session sequence number was seen before is discarded.",
            ["RFC7425-4.7.3.3-02", "RFC7016-2.2.3-03", "RFC7016-5-06"],
            saboteurs: ["replays-accepted"],
            setting: numbered(),
            aftermath: .handshake,
            .session { session in
                let message = session.probe.octets(12)
                let datagram = session.datagram(session.pingPacket(message))
                let start = session.peer.heard.count
                try session.peer.say(datagram, "Ping \(hex(message))")
                try session.expectReply(to: message, from: start)
                try session.peer.say(datagram, "the same datagram again")
                try session.ping()
                try requireOneReply(session, to: message, since: start)
            }
        ),
        Case(
            "rendezvous/checksum-crypto/old-replay-discarded",
            "A packet whose session sequence number was seen long before is discarded.",
            ["RFC7425-4.7.3.3-02"],
            saboteurs: ["replays-accepted", "replays-forgotten", "sequence-number-of-one-octet"],
            setting: numbered(),
            aftermath: .handshake,
            .session { session in
                let message = session.probe.octets(12)
                let start = session.peer.heard.count
                try session.say(session.pingPacket(message), sequenceNumber: 50)
                try session.expectReply(to: message, from: start)
                try session.sayAndExpect(sequenceNumber: 10_000)
                try session.say(session.pingPacket(message), sequenceNumber: 50)
                try session.sayAndExpect(sequenceNumber: 10_001)
                try requireOneReply(session, to: message, since: start)
            }
        ),
        Case(
            "rendezvous/checksum-crypto/reordering-by-32-tolerated",
            "A packet that is 32 session sequence numbers late is processed.",
            ["RFC7425-4.7.3.3-01"],
            saboteurs: ["reordering-refused", "sequence-number-of-one-octet"],
            setting: numbered(),
            aftermath: .handshake,
            .session { session in
                try session.sayAndExpect(sequenceNumber: 132)
                for late: UInt64 in [131, 116, 101, 100] {
                    try session.sayAndExpect(sequenceNumber: late)
                }
            }
        ),
        Case(
            "rendezvous/checksum-crypto/bad-packet-does-not-move-window",
            "A packet that fails verification does not advance the window of session sequence numbers.",
            ["RFC7425-4.7.3.3-04"],
            saboteurs: ["window-moved-by-bad-packet", "verification-unchecked"],
            setting: numbered(),
            .session { session in
                try session.sayPing(sequenceNumber: 100_000, fault: .wrongVerification)
                try session.ping()
            }
        ),
        Case(
            "rendezvous/flash-crypto/sequence-numbers-sent-on-request",
            "A responder that says it sends sequence numbers on request does so then, from 0 and by one.",
            ["RFC7425-4.6.6-05", "RFC7425-4.6.6-01", "RFC7425-4.6.6-02"],
            needs: [.sessions, .sendsSequenceNumbers],
            saboteurs: ["requested-sequence-numbers-not-sent", "sequence-numbers-start-late", "sequence-numbers-skip"],
            setting: .opened,
            .startup { probe in
                var plan = HandshakePlan()
                plan.sequenceNumbers = [.willSendOnRequest, .request]
                let session = try probe.openSomewhere(plan, startingAt: probe.peer())
                try (0..<4).forEach { _ in try session.ping() }
                let numbers = session.peer.heard.compactMap { heard -> UInt64? in
                    guard case .sessionKey(let number) = heard.protection else { return nil }
                    return number
                }
                try require(
                    numbers == Array(0..<UInt64(numbers.count)),
                    expected: "session sequence numbers 0, 1, 2, …",
                    actual: numbers.map(String.init).joined(separator: ", ")
                )
            }
        ),
    ]

    /// A session whose packets from the probe carry session sequence numbers.
    private static func numbered(_ change: @escaping @Sendable (inout HandshakePlan) -> Void = { _ in }) -> Setting {
        .session { plan in
            plan.sequenceNumbers = .willSendAlways
            change(&plan)
        }
    }

    private static func requireOneReply(_ session: ProbeSession, to message: [UInt8], since start: Int) throws {
        let replies = session.peer.heard[start...].filter { heard in
            heard.pingReplies.contains(message)
        }
        try require(replies.count == 1, expected: "one reply, to the first of the two", actual: "\(replies.count)")
    }

}

extension ProbeSession {
    fileprivate func pingPacket(_ message: [UInt8]) -> Packet {
        Packet(header, [.ping(Ping(message: message))])
    }

    /// Sends a Ping with the given session sequence number and waits for its reply.
    fileprivate func sayAndExpect(sequenceNumber: UInt64) throws {
        let message = probe.octets(12)
        try say(pingPacket(message), sequenceNumber: sequenceNumber)
        try expectReply(to: message)
    }
}
