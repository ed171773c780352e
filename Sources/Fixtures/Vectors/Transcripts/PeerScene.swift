internal import HLSP2P
internal import RTMFP

/// Makes transcripts of whole peers: a peer with its player, HTTP, and actors who say what the other ends say, in whole
/// milliseconds.
final class PeerScene {
    /// How long what is said is under way.
    static let latency: TranscriptStep.Time = 20

    let role: PeerTranscript.Role
    /// On the clock of the web and of the other viewers; the peer's own begins when it comes.
    private(set) var now: TranscriptStep.Time
    private let began: TranscriptStep.Time
    private let registry: InMemoryRegistry
    private let resource: ResourceName
    private let player: PeerPlayer
    /// Who is there besides the peer.
    private let ends: [PeerTranscript.End]
    private let web: SimulatedWeb
    private let viewer: Viewer
    private let actors: [any PeerActor]
    private var queue = EventQueue<() throws -> Void>()
    /// How many steps the actors have seen.
    private var seen = 0

    /// Begins: the peer comes when the web has been there for `began` milliseconds.
    ///
    /// - Parameters:
    ///   - rendezvous: what the rendezvous says.
    ///   - neighbours: other peers.
    init(
        seed: UInt64,
        peerCount: Int,
        began: TranscriptStep.Time,
        _ rendezvous: RendezvousActor.Manner,
        _ neighbours: [(name: String, manner: NeighbourActor.Manner)]
    ) throws {
        self.began = began
        guard let resource = ResourceName("film") else { throw SimulationError.resource }
        registry = InMemoryRegistry(random: SeededGenerator(seed: seed, name: "registry"))
        let origin = LiveOrigin(seed: seed, window: 4, segmentSize: 120)
        web = SimulatedWeb(origin: origin, registry: registry, seed: seed)
        func identity(_ name: String) throws -> Identity {
            var random = SeededGenerator(seed: seed, name: name)
            return try .ephemeral(
                groups: [.modp1024],
                acceptsAncillaryData: name == PeerTranscript.rendezvous,
                using: &random
            )
        }
        func end(_ name: String, host: UInt32, port: UInt16) throws -> PeerTranscript.End {
            PeerTranscript.End(
                name: name,
                address: SocketAddress(.v4(0xc000_0200 + host), port: port),
                certificate: try identity(name).certificate.encoded
            )
        }
        let own = try identity("peer").certificate
        guard let id = PeerID(own.fingerprint) else { throw SimulationError.resource }
        var swarm = SwarmPlayer.Role(
            id: id,
            playlistURL: LiveOrigin.playlistURL,
            trackerURL: SimulatedWeb.trackerURL,
            resource: resource,
            peerCount: peerCount,
            clock: 1_700_000_000_000 + began
        )
        role = PeerTranscript.Role(
            address: SocketAddress(.v4(0xc000_0201), port: 40_001),
            certificate: own.encoded,
            rendezvousURL: "rtmfp://rendezvous.example",
            id: id,
            swarm: swarm
        )
        self.resource = resource
        ends =
            [try end(PeerTranscript.rendezvous, host: 80, port: 1_935)]
            + (try neighbours.enumerated().map { number, neighbour in
                try end(neighbour.name, host: 2 + UInt32(number), port: 40_002 + UInt16(number))
            })
        var actors: [any PeerActor] = [RendezvousActor(rendezvous)]
        for (neighbour, end) in zip(neighbours, ends.dropFirst()) {
            let id = try PeerID(Certificate(end.certificate).fingerprint)
            guard let id else { throw SimulationError.resource }
            swarm.id = id
            swarm.clock = 1_700_000_000_000
            let ticket = UInt64(actors.count)
            actors.append(
                NeighbourActor(end.name, neighbour.manner, swarm, of: role.id, web, registry, ticket: ticket)
            )
        }
        self.actors = actors
        // The others have been there for a while.
        now = 0
        while let next = actors.compactMap(\.wake).min(), next < began {
            now = max(now, next)
            for actor in actors { actor.live(to: now) }
        }
        now = began
        player = try PeerPlayer(role, ends, began: began)
        viewer = Viewer(player, SimulatedPlayer(web.origin, at: Instant(milliseconds: began)), web)
        settle()
    }

    /// Lets time pass.
    func run(_ milliseconds: Int) throws {
        let end = now + milliseconds
        var rounds = 0
        while let next = next, next <= end {
            now = max(now, next)
            if let wake = player.wake, wake + began <= now {
                player.advance(to: now - began)
                settle()
            }
            if let due = viewer.nextDeadline, due.roundedUp <= now {
                viewer.advance(to: Instant(milliseconds: now))
                settle()
            }
            for actor in actors {
                guard let wake = actor.wake, wake <= now else { continue }
                actor.live(to: now)
                actor.act(in: self)
            }
            while let first = queue.first, first.milliseconds <= now, let (_, event) = queue.popFirst() { try event() }
            rounds += 1
            guard rounds < 100_000 else { throw VectorFormatError("transcript", "has no rest") }
        }
        now = end
    }

    /// What the peer has gone through.
    var transcript: PeerTranscript { PeerTranscript(role: role, ends: ends, steps: player.steps) }

    /// The rendezvous has the peer on its list from now on.
    func register() {
        _ = registry.register(Registration(ticket: 0, peerID: role.id, resource: resource))
    }

    /// Has something happen in so many milliseconds.
    func after(_ milliseconds: TranscriptStep.Time, _ event: @escaping () throws -> Void) {
        queue.insert(event, at: Instant(milliseconds: now + milliseconds))
    }

    /// An end does something, which reaches the peer now.
    func perform(_ act: PeerStep.Act, by end: String) throws {
        try player.receive(.far(end, act), at: now - began)
        settle()
    }

    /// An end begins a flow with messages, which reach the peer now.
    ///
    /// - Returns: the flow's number.
    @discardableResult
    func begin(
        _ metadata: [UInt8],
        _ association: Int?,
        _ messages: [[UInt8]],
        by end: String
    ) throws -> Int {
        let flow = player.nextFlow
        for (number, message) in messages.enumerated() {
            let opening = number == 0 ? PeerStep.Opening(metadata: metadata, association: association) : nil
            try perform(.message(flow: flow, opening, message), by: end)
        }
        return flow
    }

    /// The other peers play a stream once more.
    func play(_ id: PeerID) throws {
        for case let neighbour as NeighbourActor in actors { try neighbour.play(id.description, in: self) }
    }

    private var next: TranscriptStep.Time? {
        ([queue.first?.milliseconds, player.wake.map { $0 + began }, viewer.nextDeadline?.roundedUp]
            + actors.map(\.wake)).compactMap(\.self).min()
    }

    private func settle() {
        viewer.settle(at: Instant(milliseconds: now))
        while seen < player.steps.count {
            let step = player.steps[seen]
            seen += 1
            guard case .near(let end, let act) = step.content else { continue }
            actors.first { $0.name == end }?.see(act, in: self)
        }
    }
}

/// Who says what an end of a scene says.
protocol PeerActor: AnyObject {
    /// The name of its end.
    var name: String { get }

    /// When it next does something by itself, on the scene's clock.
    var wake: TranscriptStep.Time? { get }

    /// Does what is due.
    func live(to now: TranscriptStep.Time)

    /// Says what follows from what was due.
    func act(in scene: PeerScene)

    /// The peer does something towards the end. It has yet to get there.
    func see(_ act: PeerStep.Act, in scene: PeerScene)
}

extension PeerActor {
    var wake: TranscriptStep.Time? { nil }
    func live(to now: TranscriptStep.Time) {}
    func act(in scene: PeerScene) {}
}
