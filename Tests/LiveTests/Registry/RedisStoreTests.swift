import Redis
import RedisServers
import Synchronization
import Testing

/// A store before real servers that come and go.
struct RedisStoreTests {
    @Test func commandsAreCarriedOutInOrder() async throws {
        let server = try RedisServer()
        let store = RedisStore(server.address)
        for number in 0..<1000 { store.submit(["RPUSH", "list", "\(number)"]) }
        let list = try await store.run(["LRANGE", "list", "0", "-1"]).get()
        #expect(list == .array((0..<1000).map { .string(Array("\($0)".utf8)) }))
        #expect(try await store.run(["GET", "list"]).get().errorText?.hasPrefix("WRONGTYPE") == true)
        #expect(try await store.run(["GET", "nothing"]).get() == .null)
        #expect(try await store.run(["SET", "empty", ""]).get() == .status("OK"))
        #expect(try await store.run(["GET", "empty"]).get() == .string([]))
        store.stop()
    }

    @Test func aDatabaseIsSelected() async throws {
        let server = try RedisServer()
        let address = RedisAddress(host: server.address.host, port: server.address.port, database: 3)
        let store = RedisStore(address)
        _ = try await store.run(["SET", "key", "value"]).get()
        #expect(try server.run(["GET", "key"]) == .null)
        #expect(throws: RedisFailure.self) {
            try RedisConnection(RedisAddress(host: server.address.host, port: server.address.port, database: 99))
        }
    }

    @Test func whileItIsAwayCommandsFailAndThenGoOn() async throws {
        let server = try RedisServer()
        let ticks = Atomic<Int>(0)
        let store = RedisStore(server.address, options: .impatient) { ticks.add(1, ordering: .relaxed) }
        _ = try await store.run(["SET", "key", "value"]).get()
        server.stop()
        for _ in 0..<3 {
            guard case .failure = await store.run(["GET", "key"]) else {
                Issue.record("the server is gone, and answers")
                return
            }
        }
        try server.start()
        while case .failure = await store.run(["SET", "key", "value"]) { try await Task.sleep(for: .milliseconds(5)) }
        #expect(ticks.load(ordering: .relaxed) == 2)
    }

    @Test func aServerThatWasNeverThereIsFoundLater() async throws {
        let server = try RedisServer()
        server.stop()
        let store = RedisStore(server.address, options: .impatient)
        guard case .failure(.unreachable) = await store.run(["GET", "key"]) else {
            Issue.record("nobody is there, and answers")
            return
        }
        try server.start()
        while case .failure = await store.run(["GET", "key"]) { try await Task.sleep(for: .milliseconds(5)) }
    }

    @Test func aServerThatSaysNothingIsGivenUp() async throws {
        let server = try RedisServer()
        let store = RedisStore(server.address, options: .impatient)
        _ = try await store.run(["CLIENT", "PAUSE", "100000"]).get()
        guard case .failure(.lost) = await store.run(["GET", "key"]) else {
            Issue.record("it pauses, and answers")
            return
        }
    }

    @Test func thereIsARoomForSoManyCommands() async throws {
        let server = try RedisServer()
        var options = RedisStore.Options()
        options.capacity = 10
        let store = RedisStore(server.address, options: options)
        _ = try await store.run(["CLIENT", "PAUSE", "200"]).get()
        let overloaded = Atomic<Int>(0)
        for _ in 0..<300 {
            store.submit(["GET", "key"]) { result in
                if case .failure(.overloaded) = result { overloaded.add(1, ordering: .relaxed) }
            }
        }
        store.stop()
        #expect((1..<300).contains(overloaded.load(ordering: .relaxed)))
    }

    @Test func afterItsEndAStoreTakesNothing() async throws {
        let server = try RedisServer()
        let store = RedisStore(server.address)
        store.submit(["SET", "key", "value"])
        store.stop()
        #expect(try server.run(["GET", "key"]) == .string(Array("value".utf8)))
        #expect(await store.run(["GET", "key"]) == .failure(.overloaded))
    }

    @Test(arguments: RedisNodes.Form.allCases)
    func severalServersAreAskedAsOne(form: RedisNodes.Form) async throws {
        let nodes = try RedisNodes(form)
        let store = RedisStore(nodes.address)
        for number in 0..<50 {
            #expect(try await store.run(["SET", "key \(number)", "\(number)"]).get() == .status("OK"))
        }
        for number in 0..<50 {
            #expect(try await store.run(["GET", "key \(number)"]).get() == .string(Array("\(number)".utf8)))
        }
        for server in nodes.servers {
            #expect(try #require(server.run(["DBSIZE"]).integer) > 0)
        }
    }
}

extension RedisStore {
    /// Carries out a command, and waits for what comes of it.
    func run(_ command: RedisCommand) async -> Result<RedisReply, RedisFailure> {
        await withCheckedContinuation { continuation in
            submit(command) { continuation.resume(returning: $0) }
        }
    }
}

extension RedisStore.Options {
    /// Gives up soon, and tries again soon.
    static var impatient: RedisStore.Options {
        var options = RedisStore.Options()
        options.patience = .seconds(2)
        options.firstPause = .milliseconds(5)
        options.longestPause = .milliseconds(20)
        options.interval = .seconds(1000)
        return options
    }
}
