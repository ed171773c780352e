import RTMFP
import Testing

@testable import Fuzzing

/// What the stateful targets hold against an endpoint can be broken: each fault shows in what they begin with, and in the
/// sentence that was meant for it.
struct EndpointFaultTests {
    /// A fault, and words of the sentence about it.
    private static let faults: [(fault: FaultyEndpoint, sentence: String)] = [
        (.init([.helloFirstInPacket: true]), "answered more than once"),
        (.init([.cookieGenuine: true, .cookieFresh: true, .cookieFitsAddress: true]), "without a cookie"),
        (.init([.cookieFresh: true]), "without a cookie"),
        (.init([.cookieFitsAddress: true]), "without a cookie"),
        (.init([.initiatorSessionIDNotZero: true]), "has ID 0"),
        (.init([.roomForSession: true]), "sessions are open"),
        (.init([.roomForFlow: true]), "flows are open"),
        (.init([.roomForCandidate: true]), "goes to"),
        (.init([.fragmentNew: true]), "delivered twice"),
        (.init([.fragmentBufferFree: true]), "under reassembly"),
        (.init([.modeNotOwn: true]), "that nobody began"),
        (.init([.addressNeedsVerification: false]), "moves to an address"),
        (.init([.mobilityTokenGenuine: true, .mobilityTokenFresh: true]), "moves to an address"),
        (.init([.mobilityCheckDue: true]), "more often than once a second"),
        (.init([.pingReplyExpected: true]), "answered that nobody sent"),
        (.init([.budgetAllows: true, .burstAllows: true]), "go out at once"),
        (.init([.windowOpen: true]), "no room"),
        (.init(timers: [.silenceTimeout]), "outlives"),
        (.init(timers: [.nearCloseTimeout]), "asked to close for too long"),
        (.init(timers: [.farCloseLinger]), "outlives"),
        (.init(timers: [.openTimeout]), "outlives"),
        (.init(timers: [.fragmentProgress, .fragmentedPacketLifetime]), "something is kept"),
        (.init(timers: [.delayedAcknowledgement]), "not acknowledged in time"),
        (.init(sessionID: 0), "has ID 0"),
        (.init(sessionID: 7), "two sessions have one ID"),
        (.init { chunk in chunk.isReply ? [chunk, chunk] : [chunk] }, "answered more than once"),
        (.init { chunk in [chunk.acknowledgingMore] }, "is what has come"),
        (.init { chunk in chunk.isClose ? [chunk, .ping(Ping(message: []))] : [chunk] }, "carries something"),
        (.init { _ in [.unknown(type: 0x77, payload: [])] }, "goes out"),
        (.init(mode: .forbidden), "mode"),
    ]

    private static let lives = [(EndpointSeeds.startupLives, false), (EndpointSeeds.sessionLives, true)]

    @Test func aSoundEndpointIsNone() throws {
        for (scripts, hasSession) in Self.lives {
            for script in scripts { try EndpointUnderFuzz(hasSession: hasSession).take(script) }
        }
    }

    @Test(arguments: faults.indices) func aFaultyEndpointIsAViolation(index: Int) throws {
        let (fault, sentence) = Self.faults[index]
        var found: [String] = []
        for (scripts, hasSession) in Self.lives {
            for script in scripts {
                do {
                    try EndpointUnderFuzz(hasSession: hasSession, conduct: fault).take(script)
                } catch let violation as Violation {
                    found.append(violation.description)
                }
            }
        }
        #expect(found.contains { $0.contains(sentence) }, "\(Set(found))")
    }
}

/// Judges by some rules always in the same way, waits for a day where it should not, or says something else.
private struct FaultyEndpoint: Conduct {
    private var verdicts: [Rule: Bool] = [:]
    private var timers: Set<TimerName> = []
    private var sessionID: UInt32?
    private var mode: PacketMode?
    private var change: @Sendable (Chunk) -> [Chunk] = { [$0] }

    init(_ verdicts: [Rule: Bool]) { self.verdicts = verdicts }
    init(timers: Set<TimerName>) { self.timers = timers }
    init(sessionID: UInt32) { self.sessionID = sessionID }
    init(mode: PacketMode) { self.mode = mode }
    init(_ change: @escaping @Sendable (Chunk) -> [Chunk]) { self.change = change }

    func judges(_ rule: Rule, holds: Bool) -> Bool { verdicts[rule] ?? holds }

    func interval(_ timer: TimerName, _ correct: Interval) -> Interval {
        timers.contains(timer) ? .seconds(86_400) : correct
    }

    func sessionID(_ correct: UInt32) -> UInt32 { sessionID ?? correct }

    func sends(_ packet: OutgoingPacket) -> [OutgoingPacket] {
        var changed = packet
        changed.packet.chunks = packet.packet.chunks.flatMap(change)
        if let mode { changed.packet.header.mode = mode }
        return [changed]
    }
}

extension Chunk {
    fileprivate var isReply: Bool { if case .responderHello = self { true } else { false } }

    fileprivate var isClose: Bool { self == .sessionCloseRequest || self == .sessionCloseAcknowledgement }

    fileprivate var acknowledgingMore: Chunk {
        switch self {
        case .bitmapAcknowledgement(var given):
            given.cumulativeAcknowledgement &+= 1
            return .bitmapAcknowledgement(given)
        case .rangeAcknowledgement(var given):
            given.cumulativeAcknowledgement &+= 1
            return .rangeAcknowledgement(given)
        default: return self
        }
    }
}
