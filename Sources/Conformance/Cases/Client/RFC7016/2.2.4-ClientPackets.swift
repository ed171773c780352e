import RTMFP

/// RFC 7016 §2.2.4: the mode of an initiator's packets, and of those that it takes.
enum ClientPacketCases {
    static let all: [Case] = [
        .client(
            "packet/initiator-mode",
            "Every session packet of the client has mode 1: it was the initiator.",
            ["RFC7016-2.2.4-11"],
            saboteurs: ["client-in-mode-2"],
            .session { session in
                for _ in 0..<3 { try session.ping() }
                for heard in session.peer.heard where heard.sessionID == session.nearSessionID {
                    try require(heard.packet?.header.mode == .initiator, expected: "mode 1", actual: heard.summary)
                }
            }
        ),
        .client(
            "packet/own-mark-ignored",
            "The client ignores session packets with mode 1: they may be its own, sent back.",
            ["RFC7016-2.2.4-13"],
            level: .should,
            saboteurs: ["client-own-mark-accepted"],
            .sessionIgnored { session in
                guard session.probe.survey.pings == .echoed else {
                    throw Lacking(reason: "its Ping Replies do not say which Ping they answer")
                }
                try session.say(
                    [.ping(Ping(message: session.probe.octets(12)))],
                    header: PacketHeader(.initiator, timestamp: session.peer.timestamp)
                )
            }
        ),
    ]
}
