public import Flash
public import RTMFP

/// The rendezvous application: registers clients, answers their calls, introduces them to each other, and relays media.
///
/// Its owner hands in every event of the endpoint, in order:
///
/// ```swift
/// for event in endpoint.takeEvents() { rendezvous.handle(event, at: now) }
/// ```
public final class Rendezvous {
    /// What it permits and advises.
    public let configuration: RendezvousConfiguration

    let endpoint: Endpoint
    let registry: any Registry
    let conduct: any MessageConduct
    /// The clients by session.
    var clients: [SessionHandle: RendezvousClient] = [:]
    /// The clients that are connected, or wait for their registration, by peer ID.
    var clientsByPeer: [PeerID: RendezvousClient] = [:]
    /// The clients that are connected, by resource, in the order in which they came.
    var participants: [ResourceName: [RendezvousClient]] = [:]
    var relay: MediaRelay
    var random: any RandomNumberGenerator & Sendable
    private var peerIDs: [SessionHandle: PeerID] = [:]
    private var waiting: [UInt64: SessionHandle] = [:]
    private var nextTicket: UInt64 = 1
    private var hasStopped = false

    /// Makes a rendezvous, which becomes the endpoint's introducer.
    ///
    /// - Parameters:
    ///   - registry: where clients are registered.
    ///   - random: where the order of participants comes from.
    ///   - conduct: deliberate faults.
    public init(
        on endpoint: Endpoint,
        registry: any Registry,
        configuration: RendezvousConfiguration = RendezvousConfiguration(),
        random: any RandomNumberGenerator & Sendable,
        conduct: any MessageConduct = CorrectMessages()
    ) {
        self.endpoint = endpoint
        self.registry = registry
        self.configuration = configuration
        self.random = random
        self.conduct = conduct
        relay = MediaRelay(mediaLifetime: configuration.mediaLifetime, conduct: conduct)
        endpoint.introducer = self
    }

    /// Octets of an application's name at most; who asks for a longer one is refused.
    public static let maximumApp = 1_024

    /// Clients that are connected.
    public var connectedClients: Int { clients.values.count(where: \.isConnected) }

    /// Acts on an event of the endpoint.
    public func handle(_ event: Event, at now: Instant) {
        switch event {
        case .opened(let session, let opened):
            peerIDs[session] = PeerID(opened.farFingerprint)
        case .flowOpened(let flow, _):
            if clients[flow.session] == nil { makeClient(of: flow.session) }
            pass(event, to: flow.session, at: now)
        case .message(let flow, _), .flowEnded(let flow), .flowRefused(let flow), .flowRejected(let flow, _),
            .flowFinished(let flow):
            pass(event, to: flow.session, at: now)
        case .closed(let session, _):
            pass(event, to: session, at: now)
            peerIDs[session] = nil
        default:
            break
        }
    }

    /// The registry has found out what came of a registration to which it had answered `pending`.
    public func complete(_ registration: Registration, _ outcome: RegistrationOutcome, at now: Instant) {
        guard outcome != .pending else { return }
        guard let session = waiting.removeValue(forKey: registration.ticket), let client = clients[session],
            case .registering(registration) = client.standing
        else {
            // The client has gone in the meantime.
            if outcome == .registered { registry.unregister(registration) }
            return
        }
        conclude(client, registration, outcome, at: now)
        takeEvents(of: client, at: now)
    }

    /// Stops: closes all connections and their sessions, then empties the registry. Nobody can connect any longer.
    public func stop(at now: Instant) {
        guard !hasStopped else { return }
        hasStopped = true
        for session in peerIDs.keys.sorted() {
            if let client = clients[session] {
                client.connection.abort(at: now)
                takeEvents(of: client, at: now)
            }
            endpoint.close(session, at: now)
        }
        registry.stop()
    }

    private func makeClient(of session: SessionHandle) {
        guard let peerID = peerIDs[session] else { return }
        let connection = NetConnection(.server, over: session, of: endpoint, conduct: conduct)
        clients[session] = RendezvousClient(connection, peerID)
    }

    private func pass(_ event: Event, to session: SessionHandle, at now: Instant) {
        guard let client = clients[session] else { return }
        client.connection.receive(event, at: now)
        takeEvents(of: client, at: now)
    }

    private func takeEvents(of client: RendezvousClient, at now: Instant) {
        while true {
            let events = client.connection.takeEvents()
            if events.isEmpty { return }
            for event in events { handle(event, of: client, at: now) }
        }
    }

    private func handle(_ event: NetConnectionEvent, of client: RendezvousClient, at now: Instant) {
        switch event {
        case .connectRequested(let request):
            connect(client, request, at: now)
        case .peerInfo(let addresses):
            let former = conduct.judges(.addressesReplaced, holds: true) ? [] : client.advertised
            client.advertised = Array((former + addresses).prefix(configuration.maximumAdvertisedAddresses))
            client.connection.adviseKeepalive(
                server: configuration.serverKeepalive,
                peer: configuration.peerKeepalive,
                at: now
            )
        case .called(let command):
            answer(command, of: client, at: now)
        case .stream(let stream, let event):
            relay.handle(event, of: stream, app: client.app, at: now)
        case .closed:
            remove(client)
        case .connected, .rejected, .answered, .status, .keepalive, .streamCreated:
            break
        }
    }

    /// Registers a client that wants to connect; the registration's outcome decides (RFC 7425 §5.3.2).
    private func connect(_ client: RendezvousClient, _ request: ConnectRequest, at now: Instant) {
        let app = request.app ?? ""
        guard app.utf8.count <= Rendezvous.maximumApp else {
            client.connection.reject("The name of the application is too long", at: now)
            return
        }
        client.app = app
        client.objectEncoding = request.objectEncoding
        let isNew = clientsByPeer[client.peerID] == nil
        guard !hasStopped, conduct.judges(.peerIDNew, holds: isNew) else {
            client.connection.reject(hasStopped ? "The server stops" : "The peer is already connected", at: now)
            return
        }
        guard let argument = request.arguments.first, !argument.isNull else {
            if conduct.judges(.resourceNamed, holds: isExemptFromResource(client)) {
                welcome(client, at: now)
            } else {
                client.connection.reject("The first argument must name a resource", at: now)
            }
            return
        }
        let named = argument.string.flatMap(ResourceName.init)
        guard conduct.judges(.resourceAcceptable, holds: named != nil), let resource = named ?? ResourceName("unnamed")
        else {
            client.connection.reject("The first argument cannot be the name of a resource", at: now)
            return
        }
        let registration = Registration(
            ticket: nextTicket,
            peerID: client.peerID,
            resource: resource,
            host: endpoint.address(of: client.session)?.ip
        )
        nextTicket += 1
        client.standing = .registering(registration)
        clientsByPeer[client.peerID] = client
        waiting[registration.ticket] = client.session
        if !conduct.judges(.registeredFirst, holds: true) { client.connection.accept(at: now) }
        let outcome = registry.register(registration)
        guard outcome != .pending, waiting.removeValue(forKey: registration.ticket) != nil else { return }
        conclude(client, registration, outcome, at: now)
    }

    private func isExemptFromResource(_ client: RendezvousClient) -> Bool {
        switch configuration.resourceRule {
        case .everybody: false
        case .rootApplication: !client.app.isEmpty
        case .nobody: true
        }
    }

    private func conclude(
        _ client: RendezvousClient,
        _ registration: Registration,
        _ outcome: RegistrationOutcome,
        at now: Instant
    ) {
        switch outcome {
        case .registered:
            client.standing = .registered(registration)
            participants[registration.resource, default: []].append(client)
            welcome(client, at: now)
        case .failed(let reason):
            client.standing = .unregistered
            clientsByPeer[client.peerID] = nil
            client.connection.reject(reason, at: now)
        case .pending:
            break
        }
    }

    private func welcome(_ client: RendezvousClient, at now: Instant) {
        clientsByPeer[client.peerID] = client
        client.connection.accept(at: now)
    }

    /// A connection has come to its end, whichever: the client is no longer registered, nor introduced.
    private func remove(_ client: RendezvousClient) {
        if clients[client.session] === client { clients[client.session] = nil }
        if clientsByPeer[client.peerID] === client { clientsByPeer[client.peerID] = nil }
        guard case .registered(let registration) = client.standing,
            conduct.judges(.departureNoted, holds: true)
        else { return }
        client.standing = .unregistered
        participants[registration.resource]?.removeAll { $0 === client }
        if participants[registration.resource]?.isEmpty ?? false { participants[registration.resource] = nil }
        registry.unregister(registration)
    }
}
