import Flash
import HLSP2P
import Links
import RTMFP

/// Another implementation's peer: streams and envelopes by hand.
final class ForeignPeer: DatagramNode {
    let endpoint: Endpoint
    let peerID: PeerID
    /// Which names it lets the other end play; nil to say nothing about it.
    var admits: (String) -> Bool? = { _ in true }
    /// Whether it confirms what wants to be.
    var confirms = false
    private(set) var session: SessionHandle?
    private(set) var connection: PeerConnection?
    /// What the other end asked to play, in order.
    private(set) var played: [String] = []
    /// What this end plays, by name, and what became of it.
    private(set) var subscriptions: [String: NetStream] = [:]
    private(set) var statuses: [String: [String]] = [:]
    /// The streams that the other end plays, by name.
    private(set) var publications: [String: NetStream] = [:]
    /// Streams of either kind that the other end has ended, by name.
    private(set) var closed: [String] = []
    /// What the other end said, and on the stream of which name.
    private(set) var heard: [(name: String, envelope: Envelope)] = []

    init?(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed, name: "foreign")
        let identity = try Identity.fixed(groups: [.modp1024], using: &random)
        endpoint = Endpoint(configuration: Configuration(identity: identity), random: random)
        guard let peerID = PeerID(identity.certificate.fingerprint) else { return nil }
        self.peerID = peerID
    }

    func open(to peer: PeerID, at address: SocketAddress, now: Instant) {
        let discriminator = EndpointDiscriminator(fingerprint: peer.octets).encoded
        endpoint.open(to: [address], endpointDiscriminator: discriminator, at: now)
    }

    @discardableResult
    func play(_ name: String, at now: Instant) -> NetStream? {
        let stream = connection?.play(name, [.number(-2_000)], at: now)
        subscriptions[name] = stream
        return stream
    }

    /// Says something on the private stream for the other end.
    func say(_ envelope: Envelope, to peer: PeerID, at now: Instant) {
        say(envelope.message(), to: peer, at: now)
    }

    func say(_ message: Message, to peer: PeerID, at now: Instant) {
        publications[peer.description]?.send(message, at: now)
    }

    func receive(_ datagram: [UInt8], from far: SocketAddress, at now: Instant) {
        endpoint.receive(datagram, from: far, at: now)
        look(at: now)
    }

    func advance(to now: Instant) {
        endpoint.advance(to: now)
        look(at: now)
    }

    var nextDeadline: Instant? { endpoint.nextDeadline }

    func takeDatagrams() -> [Datagram] { endpoint.takeDatagrams() }

    private func look(at now: Instant) {
        for event in endpoint.takeEvents() {
            if case .opened(let session, _) = event {
                self.session = session
                connection = PeerConnection(over: session, of: endpoint)
            }
            connection?.receive(event, at: now)
        }
        for entry in connection?.takeEvents() ?? [] { take(entry, at: now) }
    }

    private func take(_ entry: PeerConnection.StreamEvent, at now: Instant) {
        let stream = entry.stream
        let name = (subscriptions.merging(publications) { first, _ in first }).first { $0.value === stream }?.key ?? ""
        switch entry.event {
        case .playRequested(let name, _):
            played.append(name)
            guard let isAdmitted = admits(name) else { return }
            guard isAdmitted else {
                stream.refusePlay("", at: now)
                return
            }
            publications[name] = stream
            stream.acceptPlay(at: now)
        case .status(let status): statuses[name, default: []].append(status.code)
        case .message(let message):
            guard let envelope = try? Envelope.reading(message).get() else { return }
            heard.append((name, envelope))
            guard confirms, case .response(_, wantsConfirm: true) = envelope.kind else { return }
            publications.first { $0.key != peerID.description }?.value
                .send(envelope.confirm(id: 1_000 + heard.count).message(), at: now)
        case .closed: closed.append(name)
        default: break
        }
    }
}
