import RTMFP

/// RFC 7016 §2.3.13, §2.3.14, §3.6.2.4 - §3.6.2.6: how a sender finds out what was lost, and repeats it.
enum LossCases {
    static let all: [Case] = [
        Case(
            "rendezvous/ack/three-later-acks-mean-loss",
            "A fragment is lost after three acknowledgements of later ones, not after fewer; it is sent again unchanged.",
            ["RFC7016-3.6.2.5-01", "RFC7016-3.6.1.2-07"],
            level: .should,
            needs: [.answers],
            saboteurs: Saboteurs.retransmission + ["one-later-ack-means-loss"],
            .session { session in
                let withheld = try Withheld(session)
                try withheld.acknowledge([3...3])
                try withheld.acknowledge([3...4])
                try withheld.requireNothingRepeated("after two acknowledgements of later numbers")
                try withheld.acknowledge([3...5])
                try withheld.expectRepetition(of: 2)
            }
        ),
        Case(
            "rendezvous/ack/retransmission-judged-anew",
            "Acknowledgements of what was sent before a retransmission do not count against it.",
            ["RFC7016-3.6.2.5-03"],
            level: .may,
            needs: [.answers],
            saboteurs: Saboteurs.retransmission + ["old-acks-count-against-retransmission"],
            .session { session in
                let withheld = try Withheld(session)
                for last in [UInt64](3...5) { try withheld.acknowledge([3...last]) }
                try withheld.expectRepetition(of: 2)
                let count = try withheld.conversation.openAnswers().repeated.count
                for _ in 0..<4 { try withheld.acknowledge([3...6]) }
                for _ in 0..<2 { try session.ping() }
                let repeated = try withheld.conversation.openAnswers().repeated
                try require(
                    repeated.count == count,
                    expected: "number 2 once more and then not again",
                    actual: "\(repeated.count) repetitions"
                )
            }
        ),
        lossSeen(
            "bitmap-ack-understood",
            "A Bitmap Ack says what was received as a Range Ack does, and either may come at any time.",
            ["RFC7016-2.3.13-01", "RFC7016-2.3.13-06"],
            ["bitmap-acks-ignored"]
        ) { withheld, last in
            // Bit 0 stands for the second number after the cumulative one.
            let bits = (3...last).reduce(0 as UInt8) { $0 | 1 << UInt8($1 - 3) }
            let body = BitmapAcknowledgement(
                flowID: withheld.flowID,
                bufferBlocksAvailable: 64,
                cumulativeAcknowledgement: 1,
                bitmap: [bits]
            )
            return .bitmapAcknowledgement(body)
        },
        lossSeen(
            "bitmap-and-range-acks-mixed",
            "Bitmap and Range Acks of one flow may come in any order.",
            ["RFC7016-2.3.13-06"],
            ["bitmap-acks-ignored"]
        ) { withheld, last in
            if last % 2 == 0 {
                return .rangeAcknowledgement(
                    RangeAcknowledgement(
                        flowID: withheld.flowID,
                        bufferBlocksAvailable: 64,
                        cumulativeAcknowledgement: 1,
                        ranges: [3...last]
                    )
                )
            }
            let bits = (3...last).reduce(0 as UInt8) { $0 | 1 << UInt8($1 - 3) }
            let body = BitmapAcknowledgement(
                flowID: withheld.flowID,
                bufferBlocksAvailable: 64,
                cumulativeAcknowledgement: 1,
                bitmap: [bits]
            )
            return .bitmapAcknowledgement(body)
        },
        lossSeen(
            "cut-range-leaves-others",
            "A Range Ack whose last range is cut off counts up to there.",
            ["RFC7016-2.3.14-02"],
            ["cut-range-acks-ignored"]
        ) { withheld, last in
            let body = RangeAcknowledgement(
                flowID: withheld.flowID,
                bufferBlocksAvailable: 64,
                cumulativeAcknowledgement: 1,
                ranges: [3...last]
            )
            return .unknown(type: ChunkType.rangeAcknowledgement.rawValue, payload: body.payload + [0x01, 0x83])
        },
        Case(
            "rendezvous/ack/loss-seen-across-flows",
            "Acknowledgements of another flow of the session count, where its fragments were sent later.",
            ["RFC7016-3.6.2.5-02"],
            needs: [.severalFlows],
            saboteurs: ["nothing-retransmitted", "only-timeouts-mean-loss", "loss-seen-in-own-flow-only"],
            .session { session in
                let conversation = try session.converse()
                let aside = try given { try Aside(conversation) }
                session.ear.manner = .silent
                let lost = try given { try aside.provoke() }
                let first = try conversation.openAnswers().received.cumulative
                for _ in 0..<3 { try conversation.ask() }
                for number in first + 1...first + 3 {
                    try session.sayAcknowledging([conversation.openAnswers().acknowledged(upTo: number)])
                }
                try session.waitFor("number 1 of the other flow again", within: .milliseconds(800)) {
                    session.ear.flows[lost.id]?.repeated.contains(1) == true ? () : nil
                } otherwise: {
                    "it came once"
                }
            }
        ),
        Case(
            "rendezvous/timers/retransmitted-after-timeout",
            "What is not acknowledged is sent again after the timeout, which is at least 250 ms.",
            ["RFC7016-3.6.2.6-01", "RFC7016-3.5.2.2-01", "RFC7016-3.5.2.2-02"],
            level: .should,
            needs: [.answers],
            saboteurs: ["nothing-retransmitted", "timeout-of-100-ms"],
            .session { session in
                let withheld = try Withheld(session, count: 1, roundTripKnown: true)
                let gaps = try withheld.repetitions(1)
                // A machine that is busy may have delayed what came first.
                try require(
                    gaps[0] >= .milliseconds(200),
                    expected: "the first repetition after 250 ms or more",
                    actual: "after \(Int(gaps[0].milliseconds)) ms"
                )
            }
        ),
        Case(
            "rendezvous/timers/timeout-backs-off",
            "Each timeout in a row is longer than the one before it.",
            ["RFC7016-3.5.2.2-13"],
            level: .may,
            needs: [.answers],
            saboteurs: ["nothing-retransmitted", "timeout-never-backs-off", "timeout-of-100-ms"],
            .session { session in
                let withheld = try Withheld(session, count: 1, roundTripKnown: true)
                let gaps = try withheld.repetitions(2)
                try require(
                    gaps[1] >= gaps[0] * 1.2 && gaps[1] <= .seconds(11),
                    expected: "intervals of which the second is about 1.4 times the first",
                    actual: gaps.map { "\(Int($0.milliseconds)) ms" }.joined(separator: ", ")
                )
            }
        ),
        Case(
            "rendezvous/timers/timeout-before-measurement",
            "As long as no round trip was measured the timeout is 3 seconds.",
            ["RFC7016-3.5.2.2-12"],
            level: .may,
            needs: [.answers],
            saboteurs: ["timeout-of-100-ms", "first-timeout-of-400-ms"],
            .session { session in
                let withheld = try Withheld(session, count: 1)
                try withheld.requireNothingRepeated(for: .milliseconds(500))
            }
        ),
        Case(
            "rendezvous/timers/timeout-not-below-round-trip",
            "The timeout is not shorter than the round trip that was measured.",
            ["RFC7016-3.5.2.2-03"],
            needs: [.answers],
            saboteurs: ["timeout-of-100-ms", "round-trip-ignored"],
            .session { session in
                // The echoes say that a round trip takes half a second.
                let withheld = try Withheld(session, count: 1, roundTripKnown: true, echoLag: 125)
                try withheld.requireNothingRepeated(for: .milliseconds(490))
            }
        ),
    ]

    /// A case that tells the target three times what was received after a lost number, in its own manner.
    private static func lossSeen(
        _ name: String,
        _ title: String,
        _ requirements: [String],
        _ saboteurs: [String],
        _ acknowledgement: @escaping @Sendable (Withheld, UInt64) -> Chunk
    ) -> Case {
        Case(
            "rendezvous/ack/\(name)",
            title,
            requirements,
            needs: [.answers],
            saboteurs: saboteurs + Saboteurs.retransmission,
            .session { session in
                let withheld = try Withheld(session)
                for last in [UInt64](3...5) {
                    try session.sayAcknowledging([acknowledgement(withheld, last)])
                }
                try withheld.expectRepetition(of: 2)
                let repeated = try withheld.conversation.openAnswers().repeated
                try require(
                    !repeated.contains { (3...5).contains($0) },
                    expected: "nothing sent again that was acknowledged",
                    actual: "number \(repeated.first { $0 > 2 } ?? 0) again"
                )
            }
        )
    }
}

/// A conversation whose latest answers were heard and not acknowledged: from number 2 on.
private struct Withheld {
    let session: ProbeSession
    let conversation: Conversation
    let flowID: UInt64

    /// - Parameters:
    ///   - count: how many answers are not acknowledged.
    ///   - roundTripKnown: whether the target is given a chance to measure the round trip before.
    ///   - echoLag: by how many ticks of 4 ms it seems longer.
    init(_ session: ProbeSession, count: Int = 5, roundTripKnown: Bool = false, echoLag: UInt16 = 0) throws {
        self.session = session
        session.ear.echoesTimestamps = roundTripKnown
        session.ear.echoLag = echoLag
        conversation = try session.converse()
        flowID = try conversation.openAnswers().id
        try given { [conversation] in
            if roundTripKnown {
                // Its timestamp and the echo must differ from the ones before, or they would be left out.
                for _ in 0..<3 {
                    try session.peer.wait(.milliseconds(8))
                    try conversation.ask()
                }
            }
            session.ear.manner = .silent
            for _ in 0..<count { try conversation.ask() }
        }
    }

    /// Acknowledges number 1, and ranges beyond the gap.
    func acknowledge(_ ranges: [ClosedRange<UInt64>]) throws {
        try session.sayAcknowledging([conversation.openAnswers().acknowledged(upTo: 1, and: ranges)])
    }

    func requireNothingRepeated(_ when: String) throws {
        for _ in 0..<2 { try session.ping() }
        let repeated = try conversation.openAnswers().repeated
        try require(
            repeated.isEmpty,
            expected: "nothing sent again \(when)",
            actual: "number \(repeated.first ?? 0) again"
        )
    }

    /// Fails if the last answer is sent again sooner than `interval` after it came.
    func requireNothingRepeated(for interval: Interval) throws {
        let last = try conversation.openAnswers().received.cumulative
        func copies() -> [HeardFragment] {
            conversation.answers?.fragments.filter { $0.sequenceNumber == last } ?? []
        }
        guard let first = copies().first else { return }
        let end = first.at + interval
        try session.peer.wait(end - session.peer.now)
        let early = copies().dropFirst().first { $0.at < end }
        try require(
            early == nil,
            expected: "nothing sent again within \(Int(interval.milliseconds)) ms",
            actual: "number \(last) again after \(Int(((early?.at ?? end) - first.at).milliseconds)) ms"
        )
    }

    /// Waits for a number to be sent again, unchanged, sooner than a timeout would do it.
    func expectRepetition(of number: UInt64) throws {
        try session.waitFor("number \(number) again", within: .milliseconds(800)) {
            conversation.answers?.repeated.contains(number) == true ? () : nil
        } otherwise: {
            "it came once"
        }
        let copies = try conversation.openAnswers().fragments.filter { $0.sequenceNumber == number }
        for copy in copies.dropFirst() {
            try requireEqual(copy.userData, copies[0].userData, "the octets of number \(number)")
            try require(
                copy.flags == copies[0].flags,
                expected: "the same flags with number \(number)",
                actual: "other flags"
            )
        }
    }

    /// Waits until the last answer was sent again so many times; gives the intervals.
    func repetitions(_ count: Int) throws -> [Interval] {
        let last = try conversation.openAnswers().received.cumulative
        let copies = try session.waitFor("number \(last) again, \(count) times", within: .seconds(9)) {
            let copies = conversation.answers?.fragments.filter { $0.sequenceNumber == last } ?? []
            return copies.count > count ? copies : nil
        } otherwise: {
            let copies = conversation.answers?.fragments.filter { $0.sequenceNumber == last } ?? []
            return "it came \(copies.count) times"
        }
        return zip(copies, copies.dropFirst()).map { $1.at - $0.at }
    }
}
