import RTMFP

/// RFC 7016 §2.3.17, §2.3.18, §3.5.5: how sessions end.
enum CloseCases {
    static let all: [Case] = [
        Case(
            "rendezvous/close/close-is-acknowledged",
            "A Close is answered with a Close Ack without payload.",
            ["RFC7016-2.3.17-01", "RFC7016-2.3.18-01", "RFC7016-3.5.5-05"],
            saboteurs: ["close-unanswered", "close-answered-with-close"],
            aftermath: .handshake,
            .session { session in
                try session.close()
            }
        ),
        Case(
            "rendezvous/close/repeated-close-acknowledged-again",
            "A Close that comes again while the session lingers is acknowledged again.",
            ["RFC7016-3.5.5-05", "RFC7016-3.5.5-06"],
            saboteurs: ["close-unanswered", "close-answered-with-close", "close-answered-once"],
            aftermath: .handshake,
            .session { session in
                try session.close()
                try session.close()
            }
        ),
        Case(
            "rendezvous/close/close-with-payload-harmless",
            "A Close with a payload that it should not have is a Close all the same, or is ignored.",
            ["RFC7016-2.3.17-02"],
            accepts: [
                .init(
                    "the session goes on",
                    "RFC 7016 §2.3.17 gives this chunk no payload; one that has some may count as malformed (§2.3)."
                )
            ],
            saboteurs: ["dies-of-close-with-payload", "close-answered-with-close"],
            aftermath: .handshake,
            .session { session in
                let chunk = Chunk.unknown(type: ChunkType.sessionCloseRequest.rawValue, payload: [1, 2, 3, 4])
                let message = session.probe.octets(12)
                try session.say([chunk])
                try session.say([.ping(Ping(message: message))])
                let isClosed = try session.expect("a Close Ack, or a Ping Reply as before") { heard in
                    if heard.chunks.contains(.sessionCloseAcknowledgement) { return true }
                    return heard.pingReplies.contains(message) ? false : nil
                }
                if !isClosed { throw Settled(alternative: "the session goes on") }
            }
        ),
        Case(
            "rendezvous/close/closed-session-does-not-serve",
            "After its Close was acknowledged a session answers no Ping.",
            ["RFC7016-3.5.5-06", "RFC7016-3.5.5-03", "RFC7016-3.5.5-10"],
            saboteurs: [
                "closed-session-serves", "ihello-from-session-address-ignored",
            ],
            aftermath: .handshake,
            .sessionIgnored(.particular(serving)) { session in
                try given { try session.close() }
                try session.say([.ping(Ping(message: session.probe.octets(12)))])
            }
        ),
        Case(
            "rendezvous/close/close-ack-closes-at-once",
            "A Close Ack that nobody asked for ends the session: no Ping is answered after it.",
            ["RFC7016-3.5.5-08", "RFC7016-3.5.5-10"],
            saboteurs: ["close-ack-ignored", "ihello-from-session-address-ignored"],
            aftermath: .handshake,
            .sessionIgnored(.particular(serving)) { session in
                try session.say([.sessionCloseAcknowledgement])
                try session.say([.ping(Ping(message: session.probe.octets(12)))])
            }
        ),
        Case(
            "rendezvous/close/close-ack-needs-no-answer",
            "A Close Ack is not answered with a Close.",
            ["RFC7016-3.5.5-09"],
            accepts: [
                .init(
                    "a Close Ack comes back",
                    "RFC 7016 §3.5.5 does not forbid a Close Ack to a session that is closed; it demands none."
                )
            ],
            saboteurs: ["close-ack-answered-with-close"],
            aftermath: .handshake,
            .session { session in
                let start = session.peer.heard.count
                try session.say([.sessionCloseAcknowledgement])
                try session.probe.open(from: session.probe.newPeer()).ping()
                let answers = try session.peer.unexpected(since: start).flatMap(\.chunks)
                try require(
                    !answers.contains(.sessionCloseRequest),
                    expected: "no Close in answer to a Close Ack",
                    actual: "a Close"
                )
                if answers.contains(.sessionCloseAcknowledgement) {
                    throw Settled(alternative: "a Close Ack comes back")
                }
            }
        ),
        Case(
            "rendezvous/close/unverified-close-ignored",
            "A Close in a packet that fails verification does not end the session.",
            ["RFC7425-4.7.3.1-03"],
            saboteurs: ["verification-unchecked"],
            .sessionIgnored { session in
                let packet = Packet(session.header, [.sessionCloseRequest])
                try session.say(packet, fault: .wrongVerification)
            }
        ),
        Case(
            "rendezvous/close/address-free-after-close",
            "After a session was closed, another certificate can open one from the same address.",
            ["RFC7016-3.5.5-06"],
            level: .should,
            saboteurs: ["closed-session-holds-address", "close-ack-ignored", "ihello-from-session-address-ignored"],
            aftermath: .handshake,
            .session { session in
                try session.say([.sessionCloseAcknowledgement])
                try session.probe.open(from: session.peer).ping()
            }
        ),
    ]

    @Sendable
    private static func serving(_ heard: Heard) -> String? {
        heard.first(\.asPingReply) != nil ? "the session goes on serving" : nil
    }
}

extension ProbeSession {
    /// Sends a Close until a Close Ack comes.
    fileprivate func close() throws {
        try peer.ask("a Close Ack") {
            try say([.sessionCloseRequest])
        } _: { [nearSessionID] heard in
            heard.sessionID == nearSessionID && heard.chunks.contains(.sessionCloseAcknowledgement) ? () : nil
        }
    }
}
