import Flash
import HLSP2P
import Meetings
import RTMFP
import Testing

/// A rendezvous, and clients that come to it.
final class House {
    let world = World()
    let host: Host
    let registry: TestRegistry
    private var ports: UInt16 = 40_000

    /// The server as a party.
    final class Host: Party {
        private(set) var rendezvous: Rendezvous?

        func begin(
            _ registry: any Registry,
            _ configuration: RendezvousConfiguration,
            _ conduct: any MessageConduct
        ) {
            rendezvous = Rendezvous(
                on: endpoint,
                registry: registry,
                configuration: configuration,
                random: SeededGenerator(seed: 7),
                conduct: conduct
            )
        }

        override func take(_ event: Event, at now: Instant) {
            super.take(event, at: now)
            rendezvous?.handle(event, at: now)
        }
    }

    init(
        conduct: any MessageConduct = CorrectMessages(),
        _ configure: (inout RendezvousConfiguration) -> Void = { _ in }
    ) throws {
        host = try Host(world, port: 1935, seed: 1)
        registry = TestRegistry()
        var configuration = RendezvousConfiguration()
        configure(&configuration)
        host.begin(registry, configuration, conduct)
    }

    var now: Instant { world.now }
    var rendezvous: Rendezvous {
        get throws { try #require(host.rendezvous) }
    }

    /// A client that is about to connect as viewers do.
    func makeClient(_ resource: String? = "film", app: String = "", encoding: Double = 3) throws -> Client {
        ports += 1
        let client = try Client(world, port: ports, seed: UInt64(ports))
        client.uri = "rtmfp://127.0.0.1/\(app)"
        client.members = [AMFMember("objectEncoding", .number(encoding))]
        client.arguments = resource.map { [.string($0)] } ?? []
        return client
    }

    /// A client that has connected as viewers do.
    func viewer(_ resource: String? = "film", app: String = "", encoding: Double = 3) throws -> Client {
        let client = try makeClient(resource, app: app, encoding: encoding)
        client.connect(to: host.address, at: now)
        world.run()
        return client
    }

    /// A client that has connected for the media.
    func guest(app: String = "live") throws -> Client {
        try viewer(nil, app: app, encoding: 0)
    }

    /// Peers of a resource, in text.
    func peers(_ resource: String = "film") throws -> [String] {
        registry.inner.peers(of: try #require(ResourceName(resource))).map(\.description)
    }
}

/// A registry that can take its time, and fail.
final class TestRegistry: Registry {
    let inner = InMemoryRegistry(random: SeededGenerator(seed: 1))
    /// Registrations that wait for their outcome.
    private(set) var waiting: [Registration] = []
    var isSlow = false
    var failure: String?

    func register(_ registration: Registration) -> RegistrationOutcome {
        if let failure { return .failed(failure) }
        guard isSlow else { return inner.register(registration) }
        waiting.append(registration)
        return .pending
    }

    /// Carries out the oldest waiting registration.
    func proceed() throws -> Registration {
        let registration = try #require(waiting.first)
        waiting.removeFirst()
        _ = inner.register(registration)
        return registration
    }

    func unregister(_ registration: Registration) {
        inner.unregister(registration)
    }

    func stop() {
        inner.stop()
    }
}

extension Client {
    /// The peer ID in the registry's form.
    var peerID: String { PeerID(fingerprint)?.description ?? "" }
    var brief: [String] { log.map(Meetings.brief) }
    var peerBrief: [String] { peerLog.map { Meetings.brief($0.event) } }
}
