import RTMFP

/// RFC 7016 §2.3.9, §2.3.10, §3.5.4: Ping and Ping Reply.
enum PingCases {
    static let all: [Case] = [
        echoed(0), echoed(1), echoed(10), echoed(300),
        Case(
            "rendezvous/timers/ping-not-interpreted",
            "A Ping's message is not interpreted: one that looks like an address check is echoed like any other.",
            ["RFC7016-3.5.4-03"],
            level: .should,
            saboteurs: ["ping-interpreted"],
            .session { session in
                try session.preparePings()
                try session.ping(Array("M".utf8) + session.probe.octets(36))
            }
        ),
        Case(
            "rendezvous/timers/unsolicited-ping-reply-harmless",
            "A Ping Reply that nobody asked for does nothing.",
            ["RFC7016-3.5.4-05"],
            saboteurs: ["unsolicited-ping-reply-closes"],
            .sessionIgnored { session in
                try session.say([.pingReply(PingReply(messageEcho: Array("xyz".utf8)))])
            }
        ),
        Case(
            "rendezvous/timers/ping-answered-promptly",
            "A Ping is answered at once, not at the next tick of a timer.",
            ["RFC7016-2.3.9-02", "RFC7016-3.5.4-02"],
            level: .should,
            saboteurs: ["ping-reply-late"],
            .session { session in
                // The best of eight: a busy machine may delay some, a timer delays all.
                var best = Interval.seconds(60)
                for _ in 0..<8 {
                    let asked = session.peer.now
                    best = min(best, try session.ping().at - asked)
                }
                let limit = session.probe.survey.roundTrip + .milliseconds(150)
                try require(
                    best <= limit,
                    expected: "one of eight replies within \(Int(limit.milliseconds)) ms",
                    actual: "the fastest took \(Int(best.milliseconds)) ms"
                )
            }
        ),
    ]

    private static func echoed(_ length: Int) -> Case {
        Case(
            "rendezvous/chunk/ping-of-\(length)-octets",
            "A Ping Reply carries the Ping's message unaltered, whatever its length.",
            ["RFC7016-2.3.9-01", "RFC7016-2.3.10-01"],
            saboteurs: length > 64
                ? ["ping-reply-cut-to-64"] : length == 0 ? ["empty-ping-ignored"] : ["ping-reply-padded"],
            .session { session in
                try session.preparePings()
                try session.ping(session.probe.octets(length))
            }
        )
    }
}
