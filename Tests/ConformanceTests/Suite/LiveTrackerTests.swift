@testable import Conformance
import Fixtures
import Links
import Redis
import RedisServers
import Synchronization
import Testing

/// The reference tracker over real sockets: in memory, and on a real Redis that the checker writes to as well.
struct LiveTrackerTests {
    // All tests of the project run beside these: patience costs nothing where answers come.
    private func checker(of reference: ReferenceDeployment, _ registry: (any RegistryAccess)? = nil) throws -> Checker {
        let arena = LiveTracker(
            at: try #require(reference.tracker),
            rendezvous: Target(reference.address),
            registry: registry,
            targetArgument: "\(reference.address)"
        )
        return try Checker(arena: arena, options: Checker.Options(timeoutScale: 5, jobs: 4))
    }

    private func expectNothingWrong(_ results: [CaseResult]) {
        for result in results where result.verdict != .passed && result.verdict != .tolerated {
            Issue.record("\(FailureBlock(result))")
        }
    }

    @Test("In memory, with peers that connect")
    func inMemory() async throws {
        let reference = try ReferenceDeployment()
        defer { reference.stop() }
        let checker = try checker(of: reference)
        #expect(checker.survey.capabilities == [.sharedSessions, .peers])
        let cases = Suite.tracker.filter { !$0.needs.contains(.registry) }
        expectNothingWrong(checker.run(cases))
    }

    @Test(
        "A saboteur is found out behind real sockets too",
        arguments: [
            ("size-ignored", "tracker/selection/never-more-than-size", Verdict.failed),
            ("departures-unnoticed", "tracker/registration/removed-on-close", .failed),
            ("disconnect-from-other-keys-crashes", "tracker/disconnect/app-is-no-list", .crashed),
        ]
    )
    func sabotaged(_ name: String, _ id: String, _ verdict: Verdict) async throws {
        let saboteur = try #require(TrackerSaboteur.named(name))
        #expect(saboteur.showsOnSockets)
        let deployment = try SabotagedDeployment(saboteur)
        defer { deployment.stop() }
        let arena = LiveTracker(
            at: deployment.tracker,
            rendezvous: Target(deployment.address),
            targetArgument: "\(deployment.tracker)"
        )
        let subject = try #require(Suite.tracker.first { $0.id == id })
        #expect(try Checker(arena: arena).runBlocking(subject).verdict == verdict)
    }

    @Test("On Redis, with peers that the checker writes, of which nothing stays")
    func onRedis() async throws {
        let server = try RedisServer()
        var options = ReferenceDeployment.Options()
        options.redis = server.address
        let reference = try ReferenceDeployment(options: options)
        defer { reference.stop() }
        _ = try server.run(["RPUSH", "film", String(repeating: "ab", count: 32)])
        _ = try server.run(["SADD", "cumulus_app", "film"])
        let checker = try checker(of: reference, RealRegistry(server.connect()))
        #expect(checker.survey.capabilities == Capability.ofTrackers)
        expectNothingWrong(checker.run(Suite.tracker))
        #expect(try server.run(["SMEMBERS", "cumulus_app"]).elements?.count == 1)
        #expect(try server.run(["KEYS", "hlsp2p-check*"]).elements == [])
        #expect(try server.run(["LLEN", "film"]).integer == 1)
    }

    @Test("On Redis, a case that fails leaves a capture with what the registry said")
    func failsOnRedis() throws {
        let server = try RedisServer()
        var options = ReferenceDeployment.Options()
        options.redis = server.address
        let reference = try ReferenceDeployment(options: options)
        defer { reference.stop() }
        let arena = LiveTracker(
            at: try #require(reference.tracker),
            rendezvous: Target(reference.address),
            registry: ForgetfulRegistry(RealRegistry(try server.connect())),
            targetArgument: "\(reference.address)"
        )
        let subject = try #require(Suite.tracker.first { $0.id == "tracker/disconnect/removes-one-registration" })
        try FailureReplayTests().expectRepeats(subject, in: arena)
    }

    @Test("What a checker has written that is killed goes by itself, and what is left in a set the next one takes out")
    func killed() async throws {
        let server = try RedisServer()
        let reference = try ReferenceDeployment()
        defer { reference.stop() }
        let access = try RealRegistry(server.connect())
        // Nobody takes leave: these are never ended.
        let killed = RegistryLedger(access, mark: "killed")
        try killed.begin()
        try killed.register("ab", under: "hlsp2p-check-killed-1")
        try killed.register("ab", under: "hlsp2p-check-killed-2")
        try killed.makeText("hlsp2p-check-killed-3")
        let keys = try #require(server.run(["KEYS", "*"]).elements).compactMap(\.octets)
        for key in keys where key != Array("cumulus_app".utf8) {
            let left = try server.run(RedisCommand([Array("TTL".utf8), key])).integer
            #expect((1...900).contains(try #require(left)))
        }
        _ = try server.run(["SADD", "cumulus_app", "film"])
        _ = try server.run(["SADD", "cumulus_app", "hlsp2p-check"])
        // One key has expired, and the run's is still there.
        _ = try server.run(["DEL", "hlsp2p-check-killed-1"])
        try RegistryLedger(access, mark: "next").begin()
        #expect(try server.run(["SCARD", "cumulus_app"]).integer == 4)
        // All have expired.
        _ = try server.run(["DEL", "hlsp2p-check-killed-2"])
        _ = try server.run(["DEL", "hlsp2p-check-killed"])
        let last = RegistryLedger(access, mark: "last")
        try last.begin()
        try last.end()
        #expect(try server.run(["SMEMBERS", "cumulus_app"]).elements == [.string(Array("film".utf8))])
    }
}

/// A real registry, on one connection.
private final class RealRegistry: RegistryAccess, @unchecked Sendable {
    private let voice = Mutex(())
    private let connection: RedisConnection

    init(_ connection: RedisConnection) {
        self.connection = connection
    }

    func run(_ command: [[UInt8]]) throws -> RegistryReply {
        try voice.withLock { _ in Self.reply(try connection.run(RedisCommand(command))) }
    }

    private static func reply(_ reply: RedisReply) -> RegistryReply {
        switch reply {
        case .status(let text): .status(text)
        case .error(let text): .error(text)
        case .integer(let number): .integer(number)
        case .string(let octets): .octets(octets)
        case .null: .null
        case .array(let elements): .array(elements.map { self.reply($0) })
        }
    }
}

/// A registry that puts one peer on a list, and then says to have put others there, and has not.
private final class ForgetfulRegistry: RegistryAccess {
    private let registry: RealRegistry
    private let pushed = Mutex(0)

    init(_ registry: RealRegistry) {
        self.registry = registry
    }

    func run(_ command: [[UInt8]]) throws -> RegistryReply {
        guard command.first == Array("LPUSH".utf8) else { return try registry.run(command) }
        let isFirst = pushed.withLock { count in
            count += 1
            return count == 1
        }
        return isFirst ? try registry.run(command) : .integer(1)
    }
}
