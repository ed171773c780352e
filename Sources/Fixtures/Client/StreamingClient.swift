import Flash
public import Links
public import RTMFP

/// A client that connects to a server and runs one errand: the reference at the other end of the wire.
///
/// It tells what happens line by line, and in the end once what has become of the errand.
public final class StreamingClient: DatagramNode {
    /// How a client comes to know its server, and whom it tells what.
    public struct Assignment: Sendable {
        /// What to do.
        public var errand: Errand
        /// The server's URI, with the application.
        public var uri: String
        /// The resource to be registered under, as viewers are; nil for none.
        public var resource: String?
        /// Where the server is.
        public var server: SocketAddress
        /// By when the errand must be done.
        public var patience: Interval
        /// Is told the keys of each session; nil for nobody.
        public var keyLog: (@Sendable (KeyLogEntry) -> Void)?
        /// Hears what happens.
        public var tell: @Sendable (String) -> Void
        /// Hears in the end what has become of the errand.
        public var end: @Sendable (ErrandOutcome) -> Void

        /// Makes one.
        public init(
            _ errand: Errand,
            uri: String,
            server: SocketAddress,
            patience: Interval,
            tell: @escaping @Sendable (String) -> Void,
            end: @escaping @Sendable (ErrandOutcome) -> Void
        ) {
            self.errand = errand
            self.uri = uri
            self.server = server
            self.patience = patience
            self.tell = tell
            self.end = end
        }
    }

    /// How long a far end may take to answer each step of an orderly close.
    private static let farewell = Interval.seconds(1)

    /// Where the client stands.
    private enum Stage {
        case new
        case working(until: Instant)
        /// Closing the connection, then the sessions.
        case leaving(ErrandOutcome, until: Instant, isLast: Bool)
        case gone
    }

    let assignment: Assignment
    let endpoint: Endpoint
    let localAddress: SocketAddress
    var connection: NetConnection?
    var peers: [SessionHandle: PeerConnection] = [:]
    /// Whom the sessions with peers are with.
    var peerIDs: [SessionHandle: [UInt8]] = [:]
    /// Where test media go to.
    var outlets: [NetStream] = []
    var pump = MediaPump()
    var count = MediaCount()
    private var stage = Stage.new
    private var serverSession: SessionHandle?

    /// A client at `localAddress`, which it tells the server for the peers that want to reach it.
    public init(
        _ assignment: Assignment,
        at localAddress: SocketAddress,
        identity: Identity,
        random: some RandomNumberGenerator & Sendable
    ) {
        self.assignment = assignment
        self.localAddress = localAddress
        var configuration = Configuration(identity: identity)
        // As Flash clients do, it sends them if asked, and asks for none: librtmfp, as a peer, cannot be asked.
        configuration.hmac = .willSendOnRequest
        configuration.sequenceNumbers = .willSendOnRequest
        configuration.keyLog = assignment.keyLog
        endpoint = Endpoint(configuration: configuration, random: random)
    }

    /// What peers ask for this client by: its fingerprint.
    public var peerID: [UInt8] { endpoint.configuration.identity.certificate.fingerprint }

    public func receive(_ datagram: [UInt8], from far: SocketAddress, at now: Instant) {
        endpoint.receive(datagram, from: far, at: now)
        proceed(at: now)
    }

    public func advance(to now: Instant) {
        switch stage {
        case .new:
            stage = .working(until: now + assignment.patience)
            let discriminator = EndpointDiscriminator(uri: ClientFault.percentEncoded(assignment.uri)).encoded
            serverSession = endpoint.open(to: [assignment.server], endpointDiscriminator: discriminator, at: now)
        case .working(let end) where end <= now:
            leave(.failed("not done in time; \(count)"), at: now)
        case .leaving(let outcome, let end, let isLast) where end <= now:
            if isLast {
                stage = .gone
                assignment.end(outcome)
            } else {
                closeSessions(outcome, at: now)
            }
        default: break
        }
        endpoint.advance(to: now)
        proceed(at: now)
    }

    public var nextDeadline: Instant? {
        switch stage {
        case .new: .origin
        case .working(let end): [end, endpoint.nextDeadline, pump.next].compactMap(\.self).min()
        case .leaving(_, let end, _): [end, endpoint.nextDeadline].compactMap(\.self).min()
        case .gone: nil
        }
    }

    public func takeDatagrams() -> [Datagram] { endpoint.takeDatagrams() }

    /// The errand is over: closes the connection in an orderly fashion, then the sessions, and tells the outcome.
    func leave(_ outcome: ErrandOutcome, at now: Instant) {
        guard case .working = stage else { return }
        outlets.removeAll()
        pump.stop()
        for peer in peers.values {
            for stream in peer.served + peer.subscribed { peer.close(stream, at: now) }
        }
        connection?.close(at: now)
        stage = .leaving(outcome, until: now + StreamingClient.farewell, isLast: false)
    }

    private func closeSessions(_ outcome: ErrandOutcome, at now: Instant) {
        for session in [serverSession].compactMap(\.self) + peers.keys.sorted() { endpoint.close(session, at: now) }
        stage = .leaving(outcome, until: now + StreamingClient.farewell, isLast: true)
    }

    private func proceed(at now: Instant) {
        while true {
            let events = endpoint.takeEvents()
            for event in events { handle(event, at: now) }
            guard !events.isEmpty else { break }
        }
        if case .working = stage { work(at: now) }
    }

    private func handle(_ event: Event, at now: Instant) {
        switch event {
        case .opened(let session, let opened):
            if session == serverSession {
                let connection = NetConnection(.client, over: session, of: endpoint)
                self.connection = connection
                // AMF3 as Flash clients do; Cumulus refuses those that prefer AMF0.
                let arguments = assignment.resource.map { [AMF0Value.string($0)] } ?? []
                connection.connect(to: assignment.uri, [AMFMember("objectEncoding", .number(3))], arguments, at: now)
            } else {
                let role = opened.role == .initiator ? "to" : "from"
                assignment.tell("direct session \(role) \(hex(opened.farFingerprint)) at \(opened.address)")
                peers[session] = PeerConnection(over: session, of: endpoint)
                peerIDs[session] = opened.farFingerprint
                met(session, at: now)
            }
        case .openFailed(let session, .duplicate(let other)) where session != serverSession:
            met(other, at: now)
        case .openFailed(let session, let failure):
            let far = session == serverSession ? "the server" : "the peer"
            leave(.failed("no session with \(far): \(failure)"), at: now)
        case .redirected(_, let addresses):
            assignment.tell("redirected to \(addresses.map { "\($0)" }.joined(separator: ", "))")
        default: break
        }
        connection?.receive(event, at: now)
        for peer in peers.values { peer.receive(event, at: now) }
        for event in connection?.takeEvents() ?? [] { handle(event, at: now) }
        for session in peers.keys.sorted() {
            for event in peers[session]?.takeEvents() ?? [] { handle(event, of: session, at: now) }
        }
        if case .closed(let session, let reason) = event {
            peerIDs[session] = nil
            if peers.removeValue(forKey: session) != nil { assignment.tell("direct session closed: \(reason)") }
            if session == serverSession { leave(.failed("the session was closed: \(reason)"), at: now) }
        }
    }
}

/// Octets as lowercase hexadecimal digits.
func hex(_ octets: [UInt8]) -> String {
    let digits = Array("0123456789abcdef")
    return String(octets.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
}
