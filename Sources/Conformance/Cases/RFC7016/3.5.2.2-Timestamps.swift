import RTMFP

/// RFC 7016 §2.2.4, §3.5.2.2: timestamps and their echo.
///
/// No case trusts a timer: what the target may have written is bounded by when the question left and when the answer
/// came, however long a busy machine took in between.
enum TimestampCases {
    static let all: [Case] = [
        Case(
            "rendezvous/timers/timestamps-tick-every-4-ms",
            "The timestamp counts ticks of 4 ms.",
            ["RFC7016-2.2.4-05"],
            saboteurs: ["timestamp-constant", "timestamp-in-milliseconds", "timestamp-never-sent"],
            .session { session in
                let first = try session.stamped { $0.timestamp }
                try session.peer.wait(.milliseconds(400))
                let second = try session.stamped { $0.timestamp }
                try requireTicks(
                    second.value &- first.value,
                    atLeast: second.asked - first.heard,
                    atMost: second.heard - first.asked
                )
            }
        ),
        Case(
            "rendezvous/timers/timestamps-are-echoed",
            "A timestamp that was received is echoed.",
            ["RFC7016-3.5.2.2-04"],
            saboteurs: ["echo-never-sent"],
            .session { session in
                _ = try session.stamped { $0.timestampEcho }
            }
        ),
        echoAdvances(
            from: 0x1234,
            "echo-counts-on",
            "RFC7016-2.2.4-07",
            ["echo-is-a-copy", "echo-never-sent"]
        ),
        echoAdvances(
            from: 0xfff0,
            "echo-wraps",
            "RFC7016-3.5.2.2-06",
            ["echo-is-a-copy", "echo-never-sent", "echo-saturates"]
        ),
        Case(
            "rendezvous/timers/repeated-timestamp-does-not-restart-echo",
            "A timestamp that equals the last one does not restart the count of what has elapsed since.",
            ["RFC7016-3.5.2.2-05"],
            saboteurs: ["echo-restarts", "echo-is-a-copy", "echo-never-sent"],
            .session { session in
                let sent = try session.stamp(0x4000)
                try session.peer.wait(.milliseconds(400))
                let echo = try session.stamped(header: PacketHeader(.initiator, timestamp: 0x4000)) { $0.timestampEcho }
                try requireTicks(
                    echo.value &- 0x4000,
                    atLeast: echo.asked - sent.heard,
                    atMost: echo.heard - sent.asked
                )
            }
        ),
        Case(
            "rendezvous/timers/senseless-echo-harmless",
            "A timestamp echo that the target never sent does not disturb it.",
            ["RFC7016-3.5.2.2-14"],
            saboteurs: ["future-echo-closes", "both-timestamps-rejected"],
            .session { session in
                let first = try given { try session.stamped { $0.timestamp } }
                try session.ping(header: session.header(echo: first.value &+ 100))
                try session.ping(header: session.header(echo: first.value &+ 0x8000))
            }
        ),
    ]

    private static func echoAdvances(
        from start: UInt16,
        _ name: String,
        _ requirement: String,
        _ saboteurs: [String]
    ) -> Case {
        Case(
            "rendezvous/timers/\(name)",
            "The echo is the last timestamp plus the ticks that have elapsed since, modulo 65536.",
            [requirement],
            saboteurs: saboteurs,
            .session { session in
                let sent = try session.stamp(start)
                try session.peer.wait(.milliseconds(400))
                let echo = try session.stamped(header: PacketHeader(.initiator)) { $0.timestampEcho }
                try requireTicks(
                    echo.value &- start,
                    atLeast: echo.asked - sent.heard,
                    atMost: echo.heard - sent.asked
                )
            }
        )
    }

    private static func requireTicks(_ ticks: UInt16, atLeast: Interval, atMost: Interval) throws {
        // Each end cuts off a part of a tick, and clocks of two machines differ a little.
        let least = Int(atLeast.milliseconds / 4) - 2
        let most = Int(atMost.milliseconds / 4) + 2
        try require(
            (least...max(least, most)).contains(Int(ticks)),
            expected: "\(least) to \(most) ticks of 4 ms",
            actual: "\(ticks) ticks"
        )
    }
}

/// A header field of an answer, and the times between which it was written.
private struct Stamped {
    var value: UInt16
    var asked: Instant
    var heard: Instant
}

extension ProbeSession {
    fileprivate func header(echo: UInt16) -> PacketHeader {
        PacketHeader(.initiator, timestamp: peer.timestamp, timestampEcho: echo)
    }

    /// Pings until an answer's header has `field`; fails if three in a row have not.
    ///
    /// A target may leave a field out that would repeat the last one it sent; hence the pauses.
    fileprivate func stamped(
        header: PacketHeader? = nil,
        _ field: (PacketHeader) -> UInt16?
    ) throws -> Stamped {
        for attempt in 0..<4 {
            if attempt > 0 { try peer.wait(.milliseconds(12)) }
            let asked = peer.now
            let answer = try given {
                try ping(header: header ?? PacketHeader(.initiator, timestamp: peer.timestamp))
            }
            if let value = answer.packet.flatMap({ field($0.header) }) {
                return Stamped(value: value, asked: asked, heard: answer.at)
            }
        }
        throw Unmet(expected: "the field in the header of a Ping Reply's packet", actual: "it was left out four times")
    }

    /// Sends a packet with `timestamp`; gives the times between which it was received.
    fileprivate func stamp(_ timestamp: UInt16) throws -> Stamped {
        // Another timestamp first, so that this one is new.
        try ping(header: PacketHeader(.initiator, timestamp: timestamp &+ 0x5555))
        let asked = peer.now
        let answer = try ping(header: PacketHeader(.initiator, timestamp: timestamp))
        return Stamped(value: timestamp, asked: asked, heard: answer.at)
    }
}
