import RTMFP

/// RFC 7016 §2.3.13, §2.3.14, §3.6.3.4: what a receiver's acknowledgements say.
enum AckContentCases {
    static let all: [Case] = [
        Case(
            "rendezvous/ack/forward-number-is-a-difference",
            "Everything up to the forward sequence number counts as received, and beyond it only what was received.",
            ["RFC7016-2.3.11-03", "RFC7016-3.6.1.3-02", "RFC7016-3.6.3.2-08"],
            saboteurs: ["gaps-given-up", "forward-number-ignored", "last-range-too-long"],
            .session { session in
                let flow = session.flow(id: 2)
                try flow.deliver([0])
                let heard = try flow.deliver([flow.fragment([0], number: 10, forward: 5)], upTo: 10)
                try requireEqual(heard, "0…5, 10…10")
            }
        ),
        Case(
            "rendezvous/ack/cumulative-not-below-forward-number",
            "The cumulative acknowledgement is not less than the highest forward sequence number received.",
            ["RFC7016-2.3.13-04", "RFC7016-2.3.14-04"],
            saboteurs: ["gaps-given-up", "forward-number-ignored", "last-range-too-long"],
            .session { session in
                let flow = session.flow(id: 2)
                try flow.deliver([0])
                let heard = try flow.deliver([flow.fragment([0], number: 11, forward: 9)], upTo: 11)
                try requireEqual(heard, "0…9, 11…11")
            }
        ),
        Case(
            "rendezvous/ack/what-was-received-is-acknowledged",
            "An acknowledgement names all numbers that were received and no others, in runs with holes between them.",
            ["RFC7016-2.3.14-01", "RFC7016-3.6.3.4-01"],
            saboteurs: ["gaps-given-up", "acks-last-range-only", "last-range-too-long"],
            .session { session in
                let flow = session.flow(id: 2)
                let numbers = [UInt64](1...20).filter { ![3, 9, 10, 17, 19].contains($0) }
                try flow.deliver(packets: numbers.map { [flow.fragment([0], number: $0)] }, upTo: 20)
                try requireEqual(try flow.probe(), "0…2, 4…8, 11…16, 18…18, 20…20")
            }
        ),
        Case(
            "rendezvous/ack/filled-gap-merges",
            "When what was missing arrives, the cumulative acknowledgement goes over what came before it.",
            ["RFC7016-3.6.3.4-01"],
            saboteurs: ["gaps-given-up", "last-range-too-long"],
            .session { session in
                let flow = session.flow(id: 2)
                try flow.deliver([0])
                try flow.deliver([flow.fragment([0], number: 3)], upTo: 3)
                try requireEqual(try flow.probe(), "0…1, 3…3")
                try flow.deliver([flow.fragment([0], number: 2)], upTo: 2)
                try requireEqual(try flow.probe(), "0…3")
            }
        ),
        Case(
            "rendezvous/ack/compact-encoding-chosen",
            "Of Bitmap and Range Ack the one that takes less space is sent.",
            ["RFC7016-2.3.13-03", "RFC7016-2.3.14-06", "RFC7016-3.6.3.4.3-01"],
            level: .should,
            saboteurs: [
                "acks-always-ranges", "acks-always-bitmaps", "gap-blocks-session", "rejected-flows-acknowledged-once",
            ],
            .session { session in
                let holes = session.flow(id: 2)
                try holes.deliver([0])
                for number in stride(from: UInt64(3), through: 25, by: 2) {
                    try holes.deliver([holes.fragment([0], number: number)], upTo: number)
                }
                try requireCompact(holes.probe())
                let far = session.flow(id: 3)
                try far.deliver([0])
                try far.deliver([far.fragment([0], number: 400)], upTo: 400)
                try requireCompact(far.probe())
            }
        ),
        Case(
            "rendezvous/ack/too-long-is-cut",
            "An acknowledgement of more runs than a packet holds is cut to fit.",
            ["RFC7016-3.6.3.4.2-01"],
            saboteurs: ["acks-oversized", "gaps-given-up", "last-range-too-long"],
            .session { session in
                let flow = session.flow(id: 2)
                try flow.deliver([0])
                // Too many runs for ranges, too far apart for a bitmap.
                let numbers = (1...900).map { UInt64($0) * 200 }
                for batch in stride(from: 0, to: numbers.count, by: 60) {
                    let part = numbers[batch..<min(numbers.count, batch + 60)]
                    try session.say(part.map { flow.fragment(number: $0) })
                    try flow.expectAcknowledgement(since: 0) { $0.packet >= 0 }
                    try session.ping()
                }
                let heard = try flow.probe()
                let size = session.peer.heard[heard.packet].datagram.count
                try require(
                    size <= 1472,
                    expected: "a datagram that fits into an MTU of 1500",
                    actual: "\(size) octets"
                )
                try require(
                    heard.cumulative == 1 && !heard.ranges.isEmpty
                        && heard.ranges.allSatisfy { $0.count == 1 && $0.lowerBound % 200 == 0 },
                    expected: "the beginning of what was received",
                    actual: heard.summary
                )
            }
        ),
        Case(
            "rendezvous/ack/rejected-flow-acknowledged",
            "What comes on a rejected flow is acknowledged like any other.",
            ["RFC7016-3.1-03", "RFC7016-3.6.1.3-01"],
            saboteurs: ["rejected-flows-acknowledged-once", "gaps-given-up", "last-range-too-long"],
            .session { session in
                let flow = session.flow(id: 2, options: [])
                for number in [UInt64]([1, 2, 4]) {
                    try flow.deliver([flow.fragment([0], number: number)], upTo: number)
                }
                try requireEqual(try flow.probe(), "0…2, 4…4")
            }
        ),
        Case(
            "rendezvous/ack/exception-before-every-ack",
            "Each acknowledgement of a rejected flow follows a Flow Exception Report for it in the same packet.",
            ["RFC7016-2.3.16-02", "RFC7016-3.6.1.3-03", "RFC7016-3.6.3.4.3-02"],
            level: .should,
            saboteurs: [
                "exceptions-never-sent", "exception-sent-once", "exception-after-ack",
                "rejected-flows-acknowledged-once", "metadata-not-required",
            ],
            .session { session in
                let flow = session.flow(id: 2, options: [])
                for _ in 0..<3 { try requireException(try flow.deliver([0])) }
                try requireException(try flow.probe())
            }
        ),
        Case(
            "rendezvous/flow/rejected-flow-delivers-nothing",
            "Data of a rejected flow are not delivered.",
            ["RFC7016-3.6.3.7-02"],
            needs: [.answers],
            saboteurs: [
                "rejected-data-delivered", "low-options-ignored", "later-options-ignored",
                "rejected-flows-acknowledged-once",
            ],
            .session { session in
                let conversation = try session.converse()
                let flow = conversation.flow
                try flow.deliver([flow.fragment(options: [.value(type: 0x1ff0, [])])], upTo: 2)
                let question = conversation.question()
                try flow.deliver(question.octets)
                try session.ping()
                try session.ping()
                try conversation.requireUnanswered(question, "the flow was rejected")
            }
        ),
        Case(
            "rendezvous/flow/rejected-flow-completes",
            "A rejected flow goes on to be acknowledged until its end.",
            ["RFC7016-3.6.3.1-07"],
            saboteurs: ["rejected-flows-acknowledged-once"],
            .session { session in
                let flow = session.flow(id: 2, options: [])
                try flow.deliver([0])
                let heard = try flow.deliver([], final: true)
                try requireEqual(heard, "0…2")
            }
        ),
    ]

    private static func requireEqual(_ heard: HeardAcknowledgement, _ summary: String) throws {
        try require(heard.summary == summary, expected: "an acknowledgement of \(summary)", actual: heard.summary)
    }

    /// Fails if the other encoding takes fewer octets.
    private static func requireCompact(_ heard: HeardAcknowledgement) throws {
        let ranges = RangeAcknowledgement(
            flowID: heard.flowID,
            bufferBlocksAvailable: heard.blocks,
            cumulativeAcknowledgement: heard.cumulative,
            ranges: heard.ranges
        ).payload.count
        let last = heard.ranges.last?.upperBound ?? heard.cumulative
        let bitmap = BitmapAcknowledgement(
            flowID: heard.flowID,
            bufferBlocksAvailable: heard.blocks,
            cumulativeAcknowledgement: heard.cumulative,
            bitmap: [UInt8](
                repeating: 0,
                count: last > heard.cumulative + 1 ? Int((last - heard.cumulative + 6) / 8) : 0
            )
        ).payload.count
        try require(
            heard.payloadLength <= min(ranges, bitmap),
            expected: "\(min(ranges, bitmap)) octets, as a \(bitmap < ranges ? "Bitmap" : "Range") Ack",
            actual: "\(heard.payloadLength) octets, as a \(heard.isBitmap ? "Bitmap" : "Range") Ack"
        )
    }
}
