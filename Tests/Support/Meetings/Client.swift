public import Flash
public import RTMFP

/// A party with a client's NetConnection over its first session, and direct streams over all others.
public final class Client: Party {
    /// Whom to connect to.
    public var uri = "rtmfp://server.example/app/instance"
    /// The command object of `connect`.
    public var members = [AMFMember("fpad", AMF0Value.boolean(false))]
    /// What follows it.
    public var arguments: [AMF0Value] = [.string("extra")]
    /// Whether the client lets a peer play.
    public var admits: (String) -> Bool = { _ in true }
    public private(set) var connection: NetConnection?
    public private(set) var log: [NetConnectionEvent] = []
    public private(set) var peers: [SessionHandle: PeerConnection] = [:]
    public private(set) var peerLog: [PeerConnection.StreamEvent] = []

    public override func take(_ event: Event, at now: Instant) {
        super.take(event, at: now)
        if case .opened(let session, _) = event {
            if connection == nil {
                let new = NetConnection(.client, over: session, of: endpoint)
                new.connect(to: uri, members, arguments, at: now)
                connection = new
            } else {
                peers[session] = PeerConnection(over: session, of: endpoint)
            }
        }
        connection?.receive(event, at: now)
        for event in connection?.takeEvents() ?? [] {
            log.append(event)
            guard case .keepalive(let server, let peer) = event, let connection else { continue }
            endpoint.setKeepalive(server, of: connection.session, at: now)
            endpoint.setKeepalive(peer, at: now)
        }
        for peer in peers.values {
            peer.receive(event, at: now)
            let events = peer.takeEvents()
            peerLog += events
            for event in events {
                guard case .playRequested(let name, _) = event.event else { continue }
                if admits(name) { event.stream.acceptPlay(at: now) } else { event.stream.refusePlay("", at: now) }
            }
        }
    }

    /// Begins to connect to the server at `uri`.
    public func connect(to server: SocketAddress, at now: Instant) {
        endpoint.open(to: [server], endpointDiscriminator: EndpointDiscriminator(uri: uri).encoded, at: now)
    }

    /// This end's peer ID.
    public var fingerprint: [UInt8] { endpoint.configuration.identity.certificate.fingerprint }
}
