import RTMFP

/// What the tests put at the two ends.
enum Parties {
    static let client = SocketAddress.loopback(port: 50_000)
    static let server = SocketAddress.loopback(port: 1935)
    static let uri = EndpointDiscriminator(uri: "rtmfp://192.0.2.1/app").encoded

    /// An endpoint of a seed, with an ephemeral identity of group 2 unless `configure` says otherwise.
    static func endpoint(
        _ seed: UInt64,
        fixed: Bool = false,
        conduct: any Conduct = Correct(),
        configure: (inout Configuration) -> Void = { _ in }
    ) throws -> Endpoint {
        var random = SeededGenerator(seed: seed)
        let identity =
            fixed
            ? try Identity.fixed(groups: [.modp1024], acceptsAncillaryData: true, using: &random)
            : try Identity.ephemeral(groups: [.modp1024], using: &random)
        var configuration = Configuration(identity: identity)
        configure(&configuration)
        return Endpoint(configuration: configuration, random: random, conduct: conduct)
    }
}

/// A client and a server.
struct Pair {
    let pump = Pump()
    let client: Endpoint
    let server: Endpoint

    init(client: Endpoint, server: Endpoint) {
        self.client = client
        self.server = server
        pump.attach(client, at: Parties.client)
        pump.attach(server, at: Parties.server)
    }

    init(_ configure: (inout Configuration) -> Void = { _ in }) throws {
        self.init(
            client: try Parties.endpoint(1, configure: configure),
            server: try Parties.endpoint(2, configure: configure)
        )
    }

    /// Begins to open a session from the client to the server.
    @discardableResult
    func open(_ discriminator: [UInt8] = Parties.uri) -> SessionHandle {
        client.open(to: [Parties.server], endpointDiscriminator: discriminator, at: pump.now)
    }

    /// Opens a session and gives both ends' handles.
    func opened() -> (client: SessionHandle, server: SessionHandle)? {
        open()
        pump.run(.seconds(1))
        guard let near = clientEvents().openedHandle, let far = serverEvents().openedHandle else { return nil }
        return (near, far)
    }

    func clientEvents() -> [Event] { pump.takeEvents(at: Parties.client) }
    func serverEvents() -> [Event] { pump.takeEvents(at: Parties.server) }
}

extension [Event] {
    /// The handle of the first session that opened.
    var openedHandle: SessionHandle? { opened.first?.0 }

    /// The sessions that opened.
    var opened: [(SessionHandle, OpenedSession)] {
        compactMap { event in
            guard case .opened(let handle, let session) = event else { return nil }
            return (handle, session)
        }
    }
}
