import Flash
import HLSP2P
import RTMFP
import Synchronization

/// A peer, and what a script of octets does to its sessions and streams: far ends that speak as they like, one of them
/// in the place of the rendezvous, the player, HTTP and time.
final class PeerSessionUnderFuzz: Woken {
    /// The keys of sessions that have opened.
    private final class Keys: Sendable {
        private let entries = Mutex<[KeyLogEntry]>([])

        func add(_ entry: KeyLogEntry) { entries.withLock { $0.append(entry) } }

        func take() -> [KeyLogEntry] {
            entries.withLock { entries in
                defer { entries = [] }
                return entries
            }
        }
    }

    let peer: Peer
    private let keys = Keys()
    private let standard = PacketOpener(.defaultSession)
    var now = Instant.origin
    /// Each far end's latest session, and those before.
    private(set) var sessions: [SocketAddress: PeerSession] = [:]
    private var former: [PeerSession] = []
    /// The tag of the latest IHello for whom a discriminator names.
    private(set) var tags: [[UInt8]: [UInt8]] = [:]
    /// The session ID of the latest IIKeying that went to an address.
    private(set) var keyed: [SocketAddress: UInt32] = [:]
    /// The cookie of the latest RHello that went to an address.
    private(set) var cookies: [SocketAddress: [UInt8]] = [:]
    /// HTTP requests that are under way.
    private(set) var requests: [WebRequest] = []
    private(set) var datagram: [UInt8] = []
    var nextID = 1_000
    var attempts: UInt32 = 0

    static let url = "rtmfp://h/live"

    init(
        conduct: any PeerConduct = CorrectPeer(),
        messageConduct: any MessageConduct = CorrectMessages(),
        endpointConduct: any Conduct = Correct()
    ) throws {
        guard let near = FarEnd.near, let rendezvous = FarEnd.all.last, let resource = ResourceName("film") else {
            throw Violation(description: "there is no peer")
        }
        var endpoint = FarEnd.configuration(of: near)
        endpoint.keyLog = { [keys] in keys.add($0) }
        endpoint.maximumSessions = 6
        endpoint.flows.maximumReceivingFlows = 6
        endpoint.flows.maximumSendingFlows = 6
        let configuration = PeerConfiguration(
            swarm: FuzzedStream.configuration(of: resource),
            rendezvousURL: Self.url,
            rendezvous: [rendezvous.address],
            endpoint: endpoint
        )
        let peer = Peer(
            configuration,
            random: SeededGenerator(seed: 2),
            conduct: conduct,
            messageConduct: messageConduct,
            endpointConduct: endpointConduct,
            at: now
        )
        guard let peer else { throw Violation(description: "there is no peer") }
        self.peer = peer
        try settle()
    }

    func take(_ script: [UInt8]) throws {
        var rest = script[...]
        while let step = PeerSessionStep(&rest) {
            try carryOut(step)
            if let deadline = peer.nextDeadline, deadline <= now { try advance(to: now) }
        }
        try conclude()
    }

    func deliver(_ datagram: [UInt8], from source: SocketAddress) throws {
        self.datagram = datagram
        try act { $0.receive(datagram, from: source, at: now) }
    }

    func act(_ action: (Peer) -> Void) throws {
        action(peer)
        try settle()
    }

    var nextDeadline: Instant? { peer.nextDeadline }

    func wake() throws {
        try act { $0.advance(to: now) }
    }

    /// Takes what the peer says and wants, and looks how it stands.
    private func settle() throws {
        for entry in keys.take() {
            guard let far = FarEnd.all.first(where: { $0.address == entry.address }),
                let id = PeerID(far.certificate.fingerprint)
            else { throw Violation(description: "a session opens with nobody") }
            if let session = sessions[entry.address] { former.append(session) }
            sessions[entry.address] = PeerSession(entry, with: id, of: peer.peerID)
        }
        for datagram in peer.takeDatagrams() { try check(datagram) }
        for output in peer.takeOutput() {
            switch output {
            case .http(let request): requests.append(request)
            case .cancel(let id): requests.removeAll { $0.id == id }
            case .answer, .event: break
            }
        }
        try checkStatus()
    }

    /// The oldest HTTP request gets an answer.
    func serve(_ answer: (WebRequest) -> [WebEvent]) throws {
        guard !requests.isEmpty else { return }
        let request = requests.removeFirst()
        for event in answer(request) { try act { $0.receive(event, of: request.id, at: now) } }
    }

    private func check(_ datagram: Datagram) throws {
        let id = try unscrambledSessionID(datagram.bytes)
        // An address to which a far end seems to have moved is asked as well.
        for session in sessions.values where session.entry.farSessionID == id {
            guard let packet = session.opened(datagram.bytes) else { continue }
            try session.check(packet)
            return
        }
        if former.contains(where: { $0.opened(datagram.bytes) != nil }) { return }
        guard let packet = (try? standard.open(datagram.bytes)).flatMap({ try? Packet($0.plain) }) else {
            throw Violation(description: "nobody can open what is sent")
        }
        for chunk in packet.chunks {
            switch chunk {
            case .initiatorHello(let hello): tags[hello.endpointDiscriminator] = hello.tag
            case .initiatorInitialKeying(let keying): keyed[datagram.far] = keying.initiatorSessionID
            case .responderHello(let hello): cookies[datagram.far] = hello.cookie
            default: break
            }
        }
    }

    private func checkStatus() throws {
        let ready = Set(peer.status.ready)
        for far in FarEnd.all {
            guard let id = PeerID(far.certificate.fingerprint), ready.contains(id) else { continue }
            try require(
                sessions[far.address]?.mayBeReady ?? false,
                "somebody counts who has not played its stream, or has gone"
            )
        }
        let (footprint, limits) = (peer.endpoint.footprint, peer.endpoint.configuration)
        try require(footprint.sessions <= limits.maximumSessions, "\(footprint.sessions) sessions are open")
        let receiving = footprint.sessions * limits.flows.maximumReceivingFlows
        try require(footprint.receivingFlows <= receiving, "\(footprint.receivingFlows) flows are open")
        let sending = footprint.sessions * limits.flows.maximumSendingFlows
        try require(footprint.sendingFlows <= sending, "\(footprint.sendingFlows) flows are open")
    }

    /// Everybody falls silent: of them nothing is left; and nothing at all once the peer leaves.
    private func conclude() throws {
        try outlast()
        try require(peer.endpoint.footprint.sessions == 0, "a session outlives its far end")
        try require(peer.status.ready.isEmpty, "somebody counts who has gone")
        peer.leave(at: now)
        try settle()
        try outlast()
        try require(peer.nextDeadline == nil, "something is waited for that cannot come")
        try require(peer.endpoint.footprint == Footprint(), "something is kept of those who are gone")
    }

    /// As long as a session lasts whose far end is silent: until it is taken for dead, or until it is closed in vain.
    private func outlast() throws {
        let end = now + .seconds(240)
        for _ in 0..<4_000 {
            guard let deadline = peer.nextDeadline, deadline <= end else { break }
            try advance(to: max(now, deadline))
        }
    }
}
