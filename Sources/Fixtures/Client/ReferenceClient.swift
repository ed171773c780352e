import Flash
public import Links
public import RTMFP

/// The reference client as something that can be attached to a network, with room for a deliberate fault.
///
/// It begins to open its session when it is first advanced, connects, tells where it may be reached, and plays the stream
/// that the URI's path ends with, or another from a peer. Peers that play the former from it are served media ten times a
/// second. It does nothing more once the session has failed or is closed.
public final class ReferenceClient: DatagramNode {
    /// What a client is told to do.
    public struct Task {
        /// Where to connect to.
        public var uri: String
        /// The addresses of the URI's host.
        public var addresses: [SocketAddress]
        /// The name that the server must prove; nil for none.
        public var requiredHostname: String?
        /// A peer, and the stream to play from it once connected; nil to play from the server.
        public var subscription: (peerID: [UInt8], streamName: String)?

        /// Makes a task.
        public init(
            uri: String,
            addresses: [SocketAddress],
            requiredHostname: String? = nil,
            subscription: (peerID: [UInt8], streamName: String)? = nil
        ) {
            self.uri = uri
            self.addresses = addresses
            self.requiredHostname = requiredHostname
            self.subscription = subscription
        }
    }

    /// The endpoint itself.
    public let endpoint: Endpoint
    let fault: Fault
    /// Where peers may reach it.
    let home: SocketAddress
    /// What it was told to do.
    let task: Task
    private let addresses: [SocketAddress]
    private var serverSession: SessionHandle?
    /// The server's address, once the session is open.
    private(set) var serverAddress: SocketAddress?
    var connection: NetConnection?
    var peers: [SessionHandle: Neighbour] = [:]
    /// Streams that peers play, and the number of the next frame.
    var outlets: [(stream: NetStream, next: UInt32)] = []
    var nextFrame: Instant?
    /// The stream that it plays from a peer.
    var subscription: NetStream?

    /// Another client with which it has a session.
    struct Neighbour {
        let peerID: [UInt8]
        let connection: PeerConnection
    }

    /// A client with a task.
    ///
    /// - Parameters:
    ///   - home: the address at which it is attached.
    ///   - random: where its secrets come from; `SystemRandomNumberGenerator` unless runs must repeat.
    ///   - saboteur: who has got at it; nil for the correct client.
    public init(
        _ task: Task,
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
        self.task = task
        addresses = fault.client.calls(task.addresses)
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
        stream(at: now)
    }

    public var nextDeadline: Instant? {
        guard !isDead else { return nil }
        return serverSession == nil ? .origin : [endpoint.nextDeadline, nextFrame].compactMap(\.self).min()
    }

    public func takeDatagrams() -> [Datagram] {
        isDead ? [] : endpoint.takeDatagrams()
    }

    private func begin(at now: Instant) {
        guard serverSession == nil else { return }
        let discriminator = EndpointDiscriminator(
            requiredHostname: task.requiredHostname.map { Array($0.utf8) },
            ancillaryData: Array(fault.client.asks(task.uri).utf8)
        )
        serverSession = endpoint.open(to: addresses, endpointDiscriminator: discriminator.encoded, at: now)
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
        case .opened(serverSession, let opened):
            serverAddress = opened.address
            connect(at: now)
        case .opened(let session, let opened):
            let connection = PeerConnection(over: session, of: endpoint, conduct: fault)
            peers[session] = Neighbour(peerID: opened.farFingerprint, connection: connection)
            met(session, at: now)
        case .message(_, let message) where fault.client.overhears(message.bytes):
            return
        default: break
        }
        connection?.receive(event, at: now)
        for event in connection?.takeEvents() ?? [] { handle(event, at: now) }
        for session in peers.keys.sorted() {
            peers[session]?.connection.receive(event, at: now)
            for event in peers[session]?.connection.takeEvents() ?? [] { serve(event.event, of: event.stream, at: now) }
            if peers[session]?.connection.isClosed ?? false { peers[session] = nil }
        }
    }

    private func connect(at now: Instant) {
        guard let serverSession else { return }
        let connection = NetConnection(.client, over: serverSession, of: endpoint, conduct: fault)
        self.connection = connection
        connection.connect(to: task.uri, [AMFMember("objectEncoding", .number(3))], at: now)
    }
}
