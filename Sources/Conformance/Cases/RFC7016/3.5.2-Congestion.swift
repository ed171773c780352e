import RTMFP

/// RFC 7016 §3.5.2, Appendix A: how much a sender puts on its way.
///
/// The probe acknowledges packet by packet, and looks after each what came of it; no case trusts the time that passes.
enum CongestionCases {
    static let all: [Case] = [
        Case(
            "rendezvous/congestion/unacknowledged-data-bounded",
            "As long as nothing is acknowledged no more is sent than an initial window.",
            ["RFC7016-3.5.2-01", "RFC7016-3.5.2-04", "RFC7016-3.6.2.6-03", "RFC7016-3.6.2-01", "RFC7016-A-01"],
            needs: [.longAnswers],
            saboteurs: ["congestion-window-ignored"],
            .session { session in
                let bulk = try Bulk(session)
                try require(
                    bulk.outstanding <= initialWindow,
                    expected: "\(initialWindow) octets at most on their way",
                    actual: "\(bulk.outstanding)"
                )
            }
        ),
        Case(
            "rendezvous/congestion/bursts-are-short",
            "No more than six packets with user data are sent between acknowledgements.",
            ["RFC7016-3.5.2.3-01"],
            level: .should,
            needs: [.longAnswers],
            saboteurs: ["bursts-unlimited", "congestion-window-ignored", "sequence-number-of-one-octet"],
            .session { session in
                let bulk = try Bulk(session, count: 2)
                // Until the congestion window is not what limits a burst.
                try bulk.grow(to: 9)
                // A target that sends in another thread than it answers Pings in shows the whole burst only sometimes.
                for _ in 0..<4 where bulk.outstanding > 0 {
                    try bulk.acknowledge(all: true)
                    try require(
                        bulk.packets <= 6,
                        expected: "six packets at most after one acknowledgement",
                        actual: "\(bulk.packets)"
                    )
                }
            }
        ),
        Case(
            "rendezvous/congestion/each-ack-permits-another-burst",
            "Any acknowledgement permits another burst of packets.",
            ["RFC7016-3.5.2.3-02"],
            level: .may,
            needs: [.longAnswers],
            saboteurs: ["large-ack-permits-nothing", "congestion-window-ignored", "sequence-number-of-one-octet"],
            .session { session in
                let bulk = try Bulk(session, count: 2)
                try bulk.grow(to: 9)
                let before = bulk.heard
                try bulk.acknowledge(all: true)
                let first = bulk.heard
                try bulk.acknowledge(all: true)
                try require(
                    first > before && bulk.heard > first,
                    expected: "more data after each acknowledgement",
                    actual: "\(first - before) and \(bulk.heard - first) packets"
                )
            }
        ),
        Case(
            "rendezvous/congestion/growth-not-beyond-slow-start",
            "The window grows by no more than what was acknowledged.",
            ["RFC7016-3.5.2-02", "RFC7016-3.5.2-03"],
            needs: [.longAnswers],
            saboteurs: ["congestion-window-ignored", "window-grows-without-bound"],
            .session { session in
                let bulk = try Bulk(session)
                for _ in 0..<16 where bulk.outstanding > 0 {
                    try bulk.acknowledge()
                    try require(
                        bulk.outstanding <= initialWindow + bulk.acknowledged,
                        expected: "\(initialWindow + bulk.acknowledged) octets at most on their way, "
                            + "\(bulk.acknowledged) acknowledged",
                        actual: "\(bulk.outstanding)"
                    )
                }
            }
        ),
        Case(
            "rendezvous/congestion/loss-shrinks-window",
            "Loss makes the congestion window smaller.",
            ["RFC7016-3.5.2-05"],
            needs: [.longAnswers],
            saboteurs: ["window-grows-without-bound"],
            .session { session in
                let bulk = try Bulk(session, count: 3)
                try bulk.grow(to: 16)
                let before = bulk.outstanding
                try bulk.loseOne()
                try bulk.round()
                try require(
                    bulk.outstanding < before,
                    expected: "less than \(before) octets on their way, as before the loss",
                    actual: "\(bulk.outstanding)"
                )
            }
        ),
        Case(
            "rendezvous/congestion/timeout-shrinks-window",
            "After a timeout the window is one or two packets.",
            ["RFC7016-A-02"],
            level: .may,
            needs: [.longAnswers],
            saboteurs: [
                "congestion-window-ignored", "window-grows-without-bound", "nothing-retransmitted",
                "sequence-number-of-one-octet",
            ],
            .session { session in
                session.ear.echoesTimestamps = true
                let bulk = try Bulk(session, count: 2)
                try bulk.grow(to: 8)
                let before = bulk.heard
                try session.waitFor("a packet after the timeout", within: .seconds(4)) {
                    bulk.heard > before ? () : nil
                } otherwise: {
                    "none"
                }
                for _ in 0..<2 { try session.ping() }
                try require(
                    bulk.heard - before <= 2,
                    expected: "two packets at most",
                    actual: "\(bulk.heard - before)"
                )
            }
        ),
        timeCriticalReverse(
            "yields-to-time-critical-data",
            "A sender that is told of time-critical data elsewhere does without slow start.",
            ["RFC7016-3.5.2.1-01"],
            growth: 1460,
            rounds: 4
        ),
        timeCriticalReverse(
            "grows-little-beside-time-critical-data",
            "A sender that is told of time-critical data elsewhere grows by 384 octets a round trip at most, or 0.5 %.",
            ["RFC7016-3.5.2.1-02", "RFC7016-3.1-02"],
            level: .should,
            growth: 384,
            rounds: 5
        ),
        Case(
            "rendezvous/congestion/notice-of-time-critical-data-fades",
            "800 ms after the last notice of time-critical data elsewhere the window grows again as before.",
            ["RFC7016-3.5.2.1-03"],
            needs: [.longAnswers],
            saboteurs: [
                "time-critical-notice-sticks", "window-grows-without-bound", "congestion-window-ignored",
                "sequence-number-of-one-octet",
            ],
            .session { session in
                var stuck: (before: Int, after: Int)?
                for trial in 1...4 {
                    let other =
                        try trial == 1 ? session : given { try session.probe.open(from: session.probe.newPeer()) }
                    let bulk = try Bulk(other, count: 2)
                    try bulk.requireNotTimeCritical()
                    let first = try bulk.growth()
                    other.ear.timeCriticalReverse = true
                    try bulk.round()
                    other.ear.timeCriticalReverse = false
                    try other.peer.wait(.milliseconds(850))
                    let before = bulk.outstanding
                    let second = try bulk.growth()
                    if second > 2 * 1460 { return }
                    // Whoever sends time-critical data itself, to whomever, may grow as little (Appendix A); and whoever
                    // has waited too long for an acknowledgement, on a busy machine, begins anew.
                    if first > 2 * 1460, !bulk.hasTimedOut { stuck = (before, before + second) }
                }
                guard let stuck else {
                    throw Inconclusive(reason: "its window does not grow as in slow start, notice or not")
                }
                throw Unmet(expected: "well more than \(stuck.before) octets on their way", actual: "\(stuck.after)")
            }
        ),
        Case(
            "rendezvous/congestion/no-notice-without-time-critical-data",
            "A target that nobody sends time-critical data does not say that it receives some.",
            ["RFC7016-2.2.4-09"],
            saboteurs: ["time-critical-reverse-always"],
            .session { session in
                let start = session.peer.heard.count
                try session.flow(id: 2).deliver([0])
                try session.ping()
                let notices = session.peer.heard[start...].contains { heard in
                    heard.packet?.header.timeCriticalReverse == true
                }
                try require(!notices, expected: "no packet with timeCriticalReverse", actual: "one")
            }
        ),
    ]

    /// Octets: ten segments, more than RFC 5681 §3.1 has, and as much as TCP is known to begin with.
    fileprivate static let initialWindow = 10 * 1460

    private static func timeCriticalReverse(
        _ name: String,
        _ title: String,
        _ requirements: [String],
        level: Case.Level = .must,
        growth: Int,
        rounds: Int
    ) -> Case {
        Case(
            "rendezvous/congestion/\(name)",
            title,
            requirements,
            level: level,
            needs: [.longAnswers],
            saboteurs: ["time-critical-notice-ignored", "window-grows-without-bound", "sequence-number-of-one-octet"],
            .session { session in
                session.ear.timeCriticalReverse = true
                let bulk = try Bulk(session, count: 2)
                try bulk.requireNotTimeCritical()
                let before = bulk.outstanding
                for number in 1...rounds {
                    try bulk.round()
                    // The window is kept in whole packets: one more may be on its way.
                    let most = before + number * max(growth, before / 200) + 1460
                    try require(
                        bulk.outstanding <= most,
                        expected: "\(most) octets at most on their way after \(number) round trips, \(before) before",
                        actual: "\(bulk.outstanding)"
                    )
                }
            }
        )
    }
}

/// A long answer of the target's, of which nothing is acknowledged but by the case.
private final class Bulk {
    private let session: ProbeSession
    private let conversation: Conversation
    private let flowID: UInt64
    private let start: Int
    /// The number up to which everything was acknowledged.
    private var cumulative: UInt64
    /// Octets that were acknowledged.
    private(set) var acknowledged = 0

    /// Octets of an answer: an even number of fragments in the question, of which the last need not wait for a timer.
    private static let size = 59_000

    /// - Parameter count: how many answers of 59 000 octets the target has to give.
    init(_ session: ProbeSession, count: Int = 1) throws {
        self.session = session
        conversation = try session.converse()
        try given { [conversation] in _ = try conversation.ask() }
        let answers = try conversation.openAnswers()
        flowID = answers.id
        start = answers.fragments.count
        cumulative = answers.received.cumulative
        session.ear.manner = .silent
        try given { [conversation] in
            for _ in 0..<count {
                try conversation.flow.deliver(long: conversation.question(size: Bulk.size).octets)
            }
        }
        try settle()
        guard outstanding > 0 else { throw Inconclusive(reason: "it did not begin a long answer") }
    }

    private var sent: ArraySlice<HeardFragment> { conversation.answers?.fragments.dropFirst(start) ?? [] }

    private var unacknowledged: [HeardFragment] { sent.filter { $0.sequenceNumber > cumulative } }

    /// Octets on their way, as far as the probe has heard them.
    var outstanding: Int { unacknowledged.reduce(0) { $0 + $1.chunkLength } }

    /// Packets on their way.
    var packets: Int { Set(unacknowledged.map(\.packet)).count }

    /// Packets with data that have come.
    var heard: Int { Set(sent.map(\.packet)).count }

    /// Whether the target has sent something again. Where no loss was reported, it has waited too long for the
    /// acknowledgement.
    var hasTimedOut: Bool { Set(sent.map(\.sequenceNumber)).count < sent.count }

    /// Acknowledges the next packet, or all that has come, and waits for what the target makes of it.
    func acknowledge(all: Bool = false) throws {
        let waiting = unacknowledged
        guard let first = waiting.first else { return }
        let covered = waiting.filter { all || $0.packet == first.packet }
        cumulative = covered.map(\.sequenceNumber).max() ?? cumulative
        acknowledged += covered.reduce(0) { $0 + $1.chunkLength }
        try repeatAcknowledgement()
    }

    private func repeatAcknowledgement() throws {
        try session.sayAcknowledging([conversation.openAnswers().acknowledged(upTo: cumulative)])
        try settle()
    }

    /// Acknowledges, packet by packet, all that is on its way now: a round trip.
    func round() throws {
        for _ in 0..<packets { try acknowledge() }
    }

    /// By how many octets a round trip makes that more which is on its way; fails if it is more than was acknowledged and
    /// nothing was sent twice.
    func growth() throws -> Int {
        let before = outstanding
        guard before > 0 else { throw Inconclusive(reason: "its answers are not long enough") }
        try requireNoExcess()
        try round()
        try requireNoExcess()
        return outstanding - before
    }

    private func requireNoExcess() throws {
        try require(
            hasTimedOut || outstanding <= CongestionCases.initialWindow + acknowledged,
            expected: "no more growth than what was acknowledged",
            actual: "\(outstanding) octets"
        )
    }

    /// Acknowledges packet by packet until so many packets are on their way.
    func grow(to count: Int) throws {
        for _ in 0..<60 where packets < count { try acknowledge() }
        guard packets >= count else {
            throw Inconclusive(reason: "its window did not grow to \(count) packets within 60 acknowledgements")
        }
    }

    /// Acknowledges everything but the first packet on its way, in steps, until the target has sent that again.
    func loseOne() throws {
        let waiting = unacknowledged
        guard let first = waiting.first, let last = waiting.last else { return }
        let lost = waiting.filter { $0.packet == first.packet }.map(\.sequenceNumber).max() ?? first.sequenceNumber
        for step in stride(from: lost + 2, through: last.sequenceNumber, by: 2) {
            try session.sayAcknowledging([
                conversation.openAnswers().acknowledged(upTo: cumulative, and: [lost + 1...step])
            ])
        }
        _ = try given {
            try session.waitFor("number \(first.sequenceNumber) again", within: .seconds(1)) {
                sent.filter { $0.sequenceNumber == first.sequenceNumber }.count > 1 ? () : nil
            } otherwise: {
                "it came once"
            }
        }
        cumulative = max(lost, last.sequenceNumber)
        try repeatAcknowledgement()
    }

    /// A sender of time-critical data need not yield to others (RFC 7016 §3.5.2.1).
    func requireNotTimeCritical() throws {
        let packets = Set(sent.map(\.packet))
        if packets.contains(where: { session.peer.heard[$0].packet?.header.timeCritical == true }) {
            throw Lacking(reason: "what it sends is time-critical itself")
        }
    }

    /// Waits until what the target has to say has come: a Ping sent now is answered after it.
    private func settle() throws {
        for _ in 0..<2 { try session.ping() }
    }
}
