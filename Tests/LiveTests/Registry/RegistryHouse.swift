import Fixtures
import HLSP2P
import RTMFP
import Redis
import RedisServers
import Synchronization
import Testing

/// Registries that share real servers, and a clock that moves when it is told to.
final class RegistryHouse: Sendable {
    let address: RedisAddress
    let servers: [RedisServer]
    private let nodes: RedisNodes?
    private let clock = Mutex(1_000_000_000)

    /// One server.
    init(_ options: [String] = []) throws {
        let server = try RedisServer(options)
        (servers, nodes, address) = ([server], nil, server.address)
    }

    /// Several servers that share the keys.
    init(_ form: RedisNodes.Form) throws {
        let nodes = try RedisNodes(form)
        (servers, self.nodes, address) = (nodes.servers, nodes, nodes.address)
    }

    var server: RedisServer { servers[0] }

    func makeRegistry(
        at address: RedisAddress? = nil,
        patience: Duration = .seconds(30),
        capacity: Int = 10_000
    ) -> RedisRegistry {
        var options = RedisRegistry.Options()
        options.store.capacity = capacity
        options.now = { [self] in now }
        options.store.patience = patience
        options.store.firstPause = .milliseconds(5)
        options.store.longestPause = .milliseconds(20)
        options.store.interval = .milliseconds(20)
        return RedisRegistry(address ?? self.address, options: options)
    }

    /// What the clock says.
    var now: Int { clock.withLock(\.self) }

    func pass(seconds: Int) {
        clock.withLock { $0 += seconds }
    }

    /// What the server has.
    func run(_ command: RedisCommand) throws -> RedisReply { try server.run(command) }

    func list(_ resource: String = "film") throws -> [String] {
        try #require(run(["LRANGE", resource, "0", "-1"]).elements).map {
            String(decoding: $0.octets ?? [], as: UTF8.self)
        }
    }
}

/// A registration of a peer whose ID follows from the number.
func registration(_ number: Int, _ resource: String = "film", host: SocketAddress.IP? = nil) throws -> Registration {
    Registration(
        ticket: UInt64(number),
        peerID: try #require(PeerID([UInt8](repeating: 0, count: 31) + [UInt8(number)])),
        resource: try #require(ResourceName(resource)),
        host: host
    )
}

extension RedisRegistry {
    /// Registers, and waits for the outcome.
    @discardableResult
    func registered(_ registration: Registration) async throws -> RegistrationOutcome {
        let outcome = register(registration)
        guard outcome == .pending else { return outcome }
        return try await eventually { self.takeOutcomes().first { $0.0 == registration }?.1 }
    }

    func peers(_ resource: String = "film", atMost size: Int = 100) async throws -> [String] {
        let resource = try #require(ResourceName(resource))
        return try await withCheckedContinuation { continuation in
            peers(of: resource, atMost: size) { continuation.resume(returning: $0) }
        }.get().map(\.description)
    }

    func count(_ resource: String = "film") async throws -> Int {
        let resource = try #require(ResourceName(resource))
        return try await withCheckedContinuation { continuation in
            count(of: resource) { continuation.resume(returning: $0) }
        }.get()
    }

    func remove(_ registration: Registration, askedBy host: SocketAddress.IP? = nil) async throws {
        try await withCheckedContinuation { continuation in
            remove(registration.peerID, from: registration.resource, askedBy: host) {
                continuation.resume(returning: $0)
            }
        }.get()
    }
}

/// The value of `body` as soon as it has one; an error after two minutes: all tests of the project run beside these.
func eventually<T>(_ body: () async throws -> T?) async throws -> T {
    let end = ContinuousClock.now + .seconds(120)
    while ContinuousClock.now < end {
        if let value = try await body() { return value }
        try await Task.sleep(for: .milliseconds(2))
    }
    throw NeverCame()
}

/// Waits until `body` is true; an error after two minutes: all tests of the project run beside these.
func becomesTrue(_ body: () async throws -> Bool) async throws {
    try await eventually { try await body() ? () : nil }
}

/// What was waited for did not come.
struct NeverCame: Error {}
