public import Flash
public import RTMFP

/// A peer of the system: an endpoint with a connection to the rendezvous and streams with other peers, and the swarm
/// algorithm on top of them. Without I/O.
///
/// Whoever drives it hands in datagrams, what comes of HTTP requests, what the player wants, and times; and after each
/// call takes out datagrams and output, and looks when to call again:
///
/// ```swift
/// peer.receive(bytes, from: address, at: now)      // or advance(to:), receive(_:of:at:), requestSegment(_:at:)
/// for datagram in peer.takeDatagrams() { socket.send(datagram.bytes, to: datagram.far) }
/// for output in peer.takeOutput() { … }            // HTTP requests, answers to the player, events
/// wake(at: peer.nextDeadline)
/// ```
///
/// Nothing that another peer, the tracker or a source says ends more than the session with that peer.
public final class Peer {
    /// What it was told.
    public let configuration: PeerConfiguration
    /// Who it is.
    public let peerID: PeerID
    /// Its endpoint.
    public let endpoint: Endpoint

    let swarm: Swarm
    let messageConduct: any MessageConduct
    let conduct: any PeerConduct
    var now: Instant
    /// Where the rendezvous is.
    var rendezvous: [SocketAddress]
    var rendezvousSession: SessionHandle?
    var rendezvousConnection: NetConnection?
    /// When to connect to the rendezvous again.
    var rendezvousRetryAt: Instant?
    /// Whom sessions are being opened to.
    var openings: [SessionHandle: PeerID] = [:]
    /// Sessions with peers.
    var sessions: [SessionHandle: PeerStreams] = [:]
    /// The session with each peer.
    var sessionsByPeer: [PeerID: PeerStreams] = [:]
    private var hasLeft = false

    /// How long a session may be without streams.
    static let idleLimit = Interval.seconds(10)
    /// How long after the rendezvous has gone it is connected to again.
    static let rendezvousPause = Interval.seconds(30)

    /// Makes a peer, which begins to connect to the rendezvous.
    ///
    /// - Parameters:
    ///   - random: where its secrets come from; for anything but tests, `SystemRandomNumberGenerator`.
    ///   - conduct: deliberate faults.
    ///   - messageConduct: deliberate faults of streams.
    ///   - endpointConduct: deliberate faults of the endpoint.
    /// - Returns: nil if the identity has no fingerprint of 32 octets.
    public init?(
        _ configuration: PeerConfiguration,
        random: any RandomNumberGenerator & Sendable,
        conduct: any PeerConduct = CorrectPeer(),
        messageConduct: any MessageConduct = CorrectMessages(),
        endpointConduct: any Conduct = Correct(),
        at now: Instant
    ) {
        guard let peerID = PeerID(configuration.endpoint.identity.certificate.fingerprint) else { return nil }
        self.configuration = configuration
        self.peerID = peerID
        self.conduct = conduct
        self.messageConduct = messageConduct
        self.now = now
        rendezvous = configuration.rendezvous
        endpoint = Endpoint(configuration: configuration.endpoint, random: random, conduct: endpointConduct)
        swarm = Swarm(configuration.swarm, nearID: peerID, conduct: conduct, at: now)
        if rendezvous.isEmpty { swarm.rendezvousUnknown(at: now) } else { connectToRendezvous() }
        pump()
    }

    /// It has turned out where the rendezvous is, which was not known.
    public func rendezvousFound(at addresses: [SocketAddress], at now: Instant) {
        guard !hasLeft, rendezvous.isEmpty, !addresses.isEmpty else { return }
        pass(to: now)
        rendezvous = addresses
        connectToRendezvous()
        pump()
    }

    /// A datagram arrived.
    public func receive(_ datagram: [UInt8], from far: SocketAddress, at now: Instant) {
        pass(to: now)
        endpoint.receive(datagram, from: far, at: now)
        pump()
    }

    /// Does what is due.
    public func advance(to now: Instant) {
        pass(to: now)
        guard !hasLeft else {
            endpoint.advance(to: now)
            return
        }
        endpoint.advance(to: now)
        swarm.advance(to: now)
        if let retry = rendezvousRetryAt, retry <= now {
            rendezvousRetryAt = nil
            connectToRendezvous()
        }
        for streams in sessions.values.sorted(by: { $0.connection.session < $1.connection.session })
        where streams.idleDeadline.map({ $0 <= now }) ?? false {
            forget(streams)
            endpoint.close(streams.connection.session, at: now)
        }
        pump()
    }

    /// When `advance` has something to do.
    public var nextDeadline: Instant? {
        guard !hasLeft else { return endpoint.nextDeadline }
        let idle = sessions.values.compactMap(\.idleDeadline).min()
        return [endpoint.nextDeadline, swarm.nextDeadline, idle, rendezvousRetryAt].compactMap(\.self).min()
    }

    /// The datagrams to send since the last call, in order.
    public func takeDatagrams() -> [Datagram] { endpoint.takeDatagrams() }

    /// What the owner is to do or to know since the last call, in order.
    public func takeOutput() -> [PeerOutput] { swarm.takeOutput() }

    /// Ends all sessions, as when the viewer's page is closed. The tracker is told (tracker-protocol §5).
    public func leave(at now: Instant) {
        guard !hasLeft else { return }
        pass(to: now)
        hasLeft = true
        swarm.sayGoodbye()
        rendezvousConnection?.close(at: now)
        for session in ([rendezvousSession].compactMap(\.self) + sessions.keys).sorted() {
            endpoint.close(session, at: now)
        }
        _ = endpoint.takeEvents()
    }

    /// Where the peer stands.
    public var status: PeerStatus { swarm.status }

    func pass(to now: Instant) {
        self.now = max(self.now, now)
    }

    /// Has everything done that follows from what has happened.
    func pump() {
        guard !hasLeft else { return }
        while true {
            let events = endpoint.takeEvents()
            for event in events { handle(event) }
            let actions = swarm.takeActions()
            for action in actions { carryOut(action) }
            if events.isEmpty, actions.isEmpty { return }
        }
    }
}

/// What the player wants, and what comes of HTTP requests: see `SwarmMember`.
extension Peer: SwarmMember {
    public func requestPlaylist(at now: Instant) -> Int {
        pass(to: now)
        defer { pump() }
        return swarm.requestPlaylist(at: now)
    }

    public func requestSegment(_ uri: String, at now: Instant) -> Int {
        pass(to: now)
        defer { pump() }
        return swarm.requestSegment(uri, at: now)
    }

    public func cancel(_ id: Int, at now: Instant) {
        pass(to: now)
        swarm.cancel(id, at: now)
        pump()
    }

    public func receive(_ event: WebEvent, of request: Int, at now: Instant) {
        pass(to: now)
        swarm.receive(event, of: request, at: now)
        pump()
    }
}
