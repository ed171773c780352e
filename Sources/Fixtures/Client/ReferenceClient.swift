import Flash
public import Links
public import RTMFP

/// The reference client as something that can be attached to a network, with room for a deliberate fault.
///
/// It begins to open its session when it is first advanced, connects, tells where it may be reached, and plays the stream
/// that the URI's path ends with. Peers that play that stream from it are served a few messages. It does nothing more
/// once the session has failed or is closed.
public final class ReferenceClient: DatagramNode {
    /// The endpoint itself.
    public let endpoint: Endpoint
    let fault: Fault
    /// Where peers may reach it.
    let home: SocketAddress
    /// What it was told to connect to.
    let told: String
    private let addresses: [SocketAddress]
    private var serverSession: SessionHandle?
    var connection: NetConnection?
    var peers: [SessionHandle: PeerConnection] = [:]

    /// A client that is told to connect to `uri`, whose host has `addresses`.
    ///
    /// - Parameters:
    ///   - home: the address at which it is attached.
    ///   - random: where its secrets come from; `SystemRandomNumberGenerator` unless runs must repeat.
    ///   - saboteur: who has got at it; nil for the correct client.
    public init(
        connectingTo uri: String,
        at addresses: [SocketAddress],
        from home: SocketAddress,
        random: some RandomNumberGenerator & Sendable,
        saboteur: Saboteur? = nil
    ) throws {
        var fault = Fault()
        saboteur?.sabotage(&fault)
        var random = random
        var configuration = Configuration(identity: try fault.client.identity(&random))
        fault.configure(&configuration)
        fault.memory.fingerprint = configuration.identity.certificate.fingerprint
        self.fault = fault
        self.home = home
        self.addresses = fault.client.calls(addresses)
        told = uri
        endpoint = Endpoint(configuration: configuration, random: random, conduct: fault)
    }

    /// Whether a fault has killed it.
    public var isDead: Bool { fault.memory.isDead }

    public func receive(_ datagram: [UInt8], from far: SocketAddress, at now: Instant) {
        guard !isDead else { return }
        begin(at: now)
        guard let datagram = fault.hears(datagram, far) else { return }
        endpoint.receive(datagram, from: far, at: now)
        proceed(at: now)
    }

    public func advance(to now: Instant) {
        guard !isDead else { return }
        begin(at: now)
        endpoint.advance(to: now)
        proceed(at: now)
    }

    public var nextDeadline: Instant? {
        guard !isDead else { return nil }
        return serverSession == nil ? .origin : endpoint.nextDeadline
    }

    public func takeDatagrams() -> [Datagram] {
        isDead ? [] : endpoint.takeDatagrams()
    }

    private func begin(at now: Instant) {
        guard serverSession == nil else { return }
        let discriminator = EndpointDiscriminator(uri: fault.client.asks(told)).encoded
        serverSession = endpoint.open(to: addresses, endpointDiscriminator: discriminator, at: now)
    }

    private func proceed(at now: Instant) {
        while true {
            let events = endpoint.takeEvents()
            for event in events { handle(event, at: now) }
            if events.isEmpty { return }
        }
    }

    private func handle(_ event: Event, at now: Instant) {
        switch event {
        case .opened(serverSession, _):
            connect(at: now)
        case .opened(let session, _):
            peers[session] = PeerConnection(over: session, of: endpoint)
        case .message(_, let message) where fault.client.overhears(message.bytes):
            return
        default: break
        }
        connection?.receive(event, at: now)
        for event in connection?.takeEvents() ?? [] { handle(event, at: now) }
        for session in peers.keys.sorted() {
            peers[session]?.receive(event, at: now)
            for event in peers[session]?.takeEvents() ?? [] { serve(event.event, of: event.stream, at: now) }
            if peers[session]?.isClosed ?? false { peers[session] = nil }
        }
    }

    private func connect(at now: Instant) {
        guard let serverSession else { return }
        let connection = NetConnection(.client, over: serverSession, of: endpoint)
        self.connection = connection
        connection.connect(to: told, [AMFMember("objectEncoding", .number(3))], at: now)
    }
}
