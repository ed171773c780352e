import Arenas
import Fixtures
import Testing

@testable import Conformance

/// Where Pings are not answered as they must be, the cases about that fail, and no others.
struct PingTests {
    struct Habit: Sendable, CustomTestStringConvertible {
        var saboteur: String
        var pings: Pings
        /// How many cases must still be decided, at least.
        var decided: Int
        var testDescription: String { saboteur }
    }

    private static let habits = [
        Habit(saboteur: "ping-reply-empty", pings: .answered, decided: 300),
        Habit(saboteur: "pings-wait-for-data", pings: .answeredOnceConnected, decided: 300),
        Habit(saboteur: "mute-to-ping", pings: .unanswered, decided: 20),
    ]

    /// What judges Pings themselves, or cannot tell a session whose keys are wrong from one that says nothing.
    private static let aboutPings: Set<String> = [
        "rendezvous/foundation/ping-is-answered", "rendezvous/foundation/session-opens",
        "rendezvous/foundation/group-2", "rendezvous/timers/ping-not-interpreted",
        "rendezvous/chunk/ping-of-0-octets", "rendezvous/chunk/ping-of-1-octets", "rendezvous/chunk/ping-of-10-octets",
        "rendezvous/chunk/ping-of-300-octets",
    ]

    @Test("No other case fails", arguments: habits)
    func onlyAboutPings(_ habit: Habit) throws {
        let checker = try Checker(arena: SimulatedServers.reference(habit.saboteur))
        #expect(checker.survey.pings == habit.pings)
        #expect(checker.survey.obstacle == nil)
        let results = checker.run(Suite.rendezvous)
        let red = Set(results.filter(\.verdict.isRed).map(\.id))
        #expect(red.isSubset(of: Self.aboutPings), "\(red.subtracting(Self.aboutPings).sorted())")
        #expect(red.contains("rendezvous/foundation/ping-is-answered"))
        #expect(results.count { $0.verdict == .passed || $0.verdict == .tolerated } >= habit.decided)
    }
}
