import Arenas
import Conformance
import Fixtures
import Testing

/// The reference tracker keeps the rules, in whichever of the three ways it is judged.
struct ReferenceTrackerTests {
    private func verdict(_ subject: Case, _ arena: SimulatedTrackers) throws -> CaseResult {
        try Checker(arena: arena).runBlocking(subject)
    }

    @Test("By its registry, and with sessions", arguments: Suite.tracker)
    func openRegistry(_ subject: Case) throws {
        let result = try verdict(subject, SimulatedTrackers(kind: .reference()))
        #expect(result.verdict == .passed || result.verdict == .tolerated, "\(FailureBlock(result))")
    }

    @Test("With sessions alone", arguments: Suite.tracker)
    func sessions(_ subject: Case) throws {
        let result = try verdict(subject, SimulatedTrackers(kind: .reference(), hasRegistry: false))
        let expected: [Verdict] = subject.needs.contains(.registry) ? [.unsupported] : [.passed, .tolerated]
        #expect(expected.contains(result.verdict), "\(FailureBlock(result))")
        if subject.needs == [.peers] { #expect(result.means == "by sessions") }
    }

    @Test("As a black box", arguments: Suite.tracker)
    func blackBox(_ subject: Case) throws {
        let arena = SimulatedTrackers(kind: .reference(), hasRendezvous: false, hasRegistry: false)
        let result = try verdict(subject, arena)
        let expected: [Verdict] = subject.needs.isEmpty ? [.passed, .tolerated] : [.unsupported]
        #expect(expected.contains(result.verdict), "\(FailureBlock(result))")
        #expect(!subject.needs.isEmpty || result.means == "black box")
    }

    @Test("The survey finds out in which way peers can be registered")
    func survey() throws {
        let open = try Checker(arena: SimulatedTrackers(kind: .reference())).survey
        #expect(open.capabilities == Capability.ofTrackers && open.way == .registry && open.listsWitness)
        let closed = try Checker(arena: SimulatedTrackers(kind: .reference(), hasRegistry: false)).survey
        #expect(closed.capabilities == [.sharedSessions, .peers] && closed.way == .sessions)
        let lone = SimulatedTrackers(kind: .reference(), hasRendezvous: false, hasRegistry: false)
        let alone = try Checker(arena: lone).survey
        #expect(alone.capabilities == [] && alone.way == .blackBox)
    }

    @Test("A tracker that does not share the registry of the rendezvous is found out")
    func strangers() throws {
        let saboteur = TrackerSaboteur.named("sessions-never-registered")
        let arena = SimulatedTrackers(kind: .reference(saboteur), hasRegistry: false)
        #expect(try Checker(arena: arena).survey.way == .blackBox)
    }

    @Test(
        "Where nobody answers HTTP there is nothing to survey",
        arguments: [
            WorthlessTracker.dead, .mute, .hangingUp, .echoing, .randomBytes,
        ]
    )
    func absent(_ tracker: WorthlessTracker) {
        #expect(throws: Unreachable.self) { try Checker(arena: SimulatedTrackers(kind: .worthless(tracker))) }
    }

    @Test("Nothing that the checker writes stays in the registry", arguments: [false, true])
    func restored(_ isStopped: Bool) throws {
        let store = RegistryStore()
        _ = store.run(["LPUSH", "film", "somebody"])
        _ = store.run(["SADD", "cumulus_app", "film"])
        let arena = try SharedWorld(store)
        let cases = Suite.tracker.filter { $0.needs.contains(.registry) }
        let checker = Checker(arena: arena, survey: .assumed)
        let results = checker.run(cases, shouldStop: { isStopped && store.lists.count > 1 })
        #expect(results.count == (isStopped ? results.count : cases.count))
        #expect(store.lists == ["film"])
        #expect(store.run(["SMEMBERS", "cumulus_app"]) == .array(["film"]))
    }
}

/// One world for all cases, as a live target is.
private final class SharedWorld: Arena, @unchecked Sendable {
    let targetArgument = "simulated"
    let isSerial = true
    private let world: TrackerWorld
    private let ledger: RegistryLedger

    init(_ store: RegistryStore) throws {
        world = try TrackerWorld(.reference(), seed: 1, store: store)
        ledger = RegistryLedger(SimulatedRegistry(store: store), mark: "1")
    }

    func enter(seed: UInt64) throws -> Ground {
        let site = TrackerSite(
            streams: world.network,
            address: TrackerWorld.address,
            registry: ledger,
            hasRendezvous: true,
            mark: "\(seed)"
        )
        return Ground(network: world.network, target: Target(TrackerWorld.address), tracker: site)
    }

    func leave() throws {
        try ledger.end()
    }
}
