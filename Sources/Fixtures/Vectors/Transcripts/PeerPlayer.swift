internal import HLSP2P
internal import RTMFP

/// Plays a whole peer of a transcript with this package's `Peer`, in milliseconds, and writes down what it does.
///
/// Everybody else is a `FarEnd`. Datagrams between them take no time, so that what is written down is about messages
/// alone; a session opens at the moment that the transcript tells, whatever RTMFP would have needed for it.
final class PeerPlayer {
    private(set) var steps: [PeerStep] = []
    private let peer: Peer
    private let address: SocketAddress
    private let ends: [FarEnd]
    private var now: TranscriptStep.Time = 0
    /// What the peer's owner has not taken yet.
    private var outputs: [PeerOutput] = []
    private var responses = WebResponses()
    private var flows = 0
    /// The Hellos of sessions that are asked for and not open, by end.
    private var held: [String: [[UInt8]]] = [:]
    /// The tags of the Hellos that were seen, and of those whose session may open.
    private var tags: (seen: Set<[UInt8]>, free: Set<[UInt8]>) = ([], [])
    private let names: [[UInt8]: String]
    /// When the player of the peer began, on the clock of its scene; 0 without one.
    private let began: TranscriptStep.Time

    init(_ role: PeerTranscript.Role, _ ends: [PeerTranscript.End], began: TranscriptStep.Time = 0) throws {
        guard let swarm = role.swarm else {
            throw VectorMismatch("peer", expected: "a role to play", actual: "somebody else's")
        }
        self.began = began
        address = role.address
        self.ends = try ends.map { try FarEnd($0, peer: role.address) }
        names = Dictionary(try ends.map { (try Certificate($0.certificate).fingerprint, $0.name) }) { first, _ in first
        }
        let rendezvous = ends.filter { $0.name == PeerTranscript.rendezvous }.map(\.address)
        var configuration = PeerConfiguration(
            swarm: SwarmConfiguration(swarm),
            rendezvousURL: role.rendezvousURL,
            rendezvous: rendezvous,
            endpoint: Configuration(identity: Identity(certificate: try Certificate(role.certificate)))
        )
        configuration.localAddresses = [role.address]
        let random = SeededGenerator(seed: 7425, name: "peer")
        guard let peer = Peer(configuration, random: random, at: .origin), peer.peerID == role.id else {
            throw VectorMismatch("peer", expected: "the fingerprint of its certificate", actual: "another ID")
        }
        self.peer = peer
        exchange()
    }

    /// How often datagrams go to and fro at one time, at most; a whole piece takes a few dozen.
    private static let maximumRounds = 10_000
    /// Whether they have gone on for longer: nothing goes to and fro any more.
    private var isRestless = false

    /// The number of the next flow.
    var nextFlow: Int { flows }

    /// When the peer, or an end, next wants to be woken; never twice in a millisecond.
    var wake: TranscriptStep.Time? {
        ([peer.nextDeadline] + ends.map(\.endpoint.nextDeadline)).compactMap(\.self).min()
            .map { max(now + 1, Int((max(0, $0.nanoseconds) + 999_999) / 1_000_000)) }
    }

    /// Has everybody do what is due.
    func advance(to at: TranscriptStep.Time) {
        now = at
        peer.advance(to: Instant(milliseconds: at))
        for end in ends { end.endpoint.advance(to: Instant(milliseconds: at)) }
        exchange()
    }

    /// Something reaches the peer.
    ///
    /// - Throws: `VectorMismatch` if it is said on a session or a flow that is not there.
    func receive(_ content: PeerStep.Content, at: TranscriptStep.Time) throws(VectorMismatch) {
        now = max(now, at)
        let instant = Instant(milliseconds: now)
        switch content {
        case .in(let input): note(.in(peer.take(input, at: instant)))
        case .far(let name, .opened):
            note(content)
            open(try end(name), at: instant)
        case .far(let name, let act):
            note(content)
            if case .message(let flow, .some, _) = act { flows = max(flows, flow + 1) }
            try end(name).perform(act, at: instant)
        case .out, .near: break
        }
        exchange()
    }

    private func end(_ name: String) throws(VectorMismatch) -> FarEnd {
        guard let end = ends.first(where: { $0.name == name }) else {
            throw VectorMismatch("end", expected: "one of the ends", actual: name)
        }
        return end
    }

    private func open(_ end: FarEnd, at instant: Instant) {
        guard let hellos = held.removeValue(forKey: end.name) else {
            end.open(EndpointDiscriminator(fingerprint: peer.peerID.octets).encoded, at: instant)
            return
        }
        for datagram in hellos {
            if let hello = InitialHello(datagram) { tags.free.insert(hello.tag) }
            end.endpoint.receive(datagram, from: address, at: instant)
        }
    }

    private func note(_ content: PeerStep.Content) { steps.append(PeerStep(at: now, content: content)) }

    /// Carries datagrams to and fro until nobody has any, and takes down what the peer does: first towards others.
    private func exchange() {
        guard !isRestless else { return }
        let instant = Instant(milliseconds: now)
        var isQuiet = false
        var rounds = 0
        while !isQuiet {
            isQuiet = true
            rounds += 1
            guard rounds < PeerPlayer.maximumRounds else {
                isRestless = true
                return
            }
            for datagram in peer.takeDatagrams() {
                isQuiet = false
                carry(datagram, at: instant)
            }
            for end in ends {
                for datagram in end.endpoint.takeDatagrams() {
                    isQuiet = false
                    peer.receive(datagram.bytes, from: end.address, at: instant)
                }
            }
        }
        for output in peer.takeOutput() {
            outputs.append(output)
            if let output = SwarmStep.Output(output) { note(.out(output)) }
        }
    }

    private func carry(_ datagram: Datagram, at instant: Instant) {
        var destination = ends.first { $0.address == datagram.far }
        if let hello = InitialHello(datagram.bytes) {
            let fingerprint = (try? EndpointDiscriminator(hello.discriminator))?.fingerprint
            let name = fingerprint.map { names[$0] ?? "unknown" } ?? PeerTranscript.rendezvous
            if tags.seen.insert(hello.tag).inserted { note(.near(name, .open(discriminator: hello.discriminator))) }
            guard tags.free.contains(hello.tag) else {
                held[name, default: []].append(datagram.bytes)
                return
            }
            destination = ends.first { $0.name == name }
        }
        guard let destination else { return }
        destination.endpoint.receive(datagram.bytes, from: address, at: instant)
        let acts = destination.takeActs { _ in
            defer { flows += 1 }
            return flows
        }
        for act in acts { note(.near(destination.name, act)) }
    }
}

/// The face for the player and for HTTP of a scene. A response counts as come when all of it has.
extension PeerPlayer: SwarmMember {
    func requestPlaylist(at now: Instant) -> Int { request(.playlist(id: 0), at: now) }

    func requestSegment(_ uri: String, at now: Instant) -> Int { request(.segment(id: 0, url: uri), at: now) }

    func cancel(_ id: Int, at now: Instant) { take(.unwanted(id: id), at: now) }

    func receive(_ event: WebEvent, of request: Int, at now: Instant) {
        if let response = responses.take(event, of: request) { take(response, at: now) }
    }

    func takeOutput() -> [PeerOutput] {
        defer { outputs = [] }
        return outputs
    }

    var status: PeerStatus { peer.status }

    private func request(_ input: SwarmStep.Input, at now: Instant) -> Int {
        let count = steps.count
        take(input, at: now)
        guard case .in(let made) = steps[count].content else { return 0 }
        return made.id ?? 0
    }

    private func take(_ input: SwarmStep.Input, at instant: Instant) {
        // Of what neither has an end nor is on a flow, nothing can be amiss.
        try? receive(.in(input), at: instant.milliseconds - began)
    }
}

/// An IHello, as what asks for a session.
private struct InitialHello {
    let discriminator: [UInt8]
    let tag: [UInt8]

    /// - Returns: nil if a datagram holds something else.
    init?(_ datagram: [UInt8]) {
        guard let opened = try? PacketOpener(.defaultSession).open(datagram), opened.sessionID == 0 else { return nil }
        var reader = ByteReader(opened.plain.span)
        guard (try? PacketHeader(from: &reader)) != nil, let placed = Packet.nextChunk(&reader),
            case .initiatorHello(let hello) = placed.chunk
        else { return nil }
        discriminator = hello.endpointDiscriminator
        tag = hello.tag
    }
}
