internal import Flash
internal import HLSP2P
internal import RTMFP

/// Makes transcripts of peers: a swarm without RTMFP, in whole milliseconds, of which every peer's steps are written down.
final class SwarmScene {
    private final class Member {
        let role: SwarmPlayer.Role
        let player: SwarmPlayer
        let viewer: Viewer
        /// When it came.
        let joined: TranscriptStep.Time
        /// With whom there is a session.
        var links: Set<PeerID> = []
        var isGone = false
        var hasRendezvous = true

        init(_ role: SwarmPlayer.Role, _ player: SwarmPlayer, _ viewer: Viewer, at joined: TranscriptStep.Time) {
            self.joined = joined
            self.role = role
            self.player = player
            self.viewer = viewer
        }
    }

    /// What happens to a swarm; peers have numbers, in the order in which they come.
    enum Act: Sendable {
        /// A peer comes, with its player.
        case joins
        /// A peer is switched off: the others notice when their sessions with it end, which is at once.
        case leaves(Int)
        /// The rendezvous refuses a peer that has just come.
        case isRefused(Int)
    }

    private enum Event {
        case connected(Int)
        case introduced(Int, PeerID)
        case ready(Int, PeerID)
        case message([UInt8], from: PeerID, to: PeerID)
        case lost(PeerID, by: PeerID)
    }

    let web: SimulatedWeb
    private(set) var now: TranscriptStep.Time = 0
    private let peerCount: Int
    private let resource: ResourceName
    private let registry: InMemoryRegistry
    private var members: [Member] = []
    private var queue = EventQueue<Event>()
    private var random: SeededGenerator

    private static let latency = 20
    private static let introduction = 80

    /// Makes a swarm without peers.
    init(seed: UInt64, peerCount: Int) throws {
        guard let resource = ResourceName("film") else { throw SimulationError.resource }
        self.resource = resource
        self.peerCount = peerCount
        random = SeededGenerator(seed: seed, name: "peers")
        registry = InMemoryRegistry(random: SeededGenerator(seed: seed, name: "registry"))
        let origin = LiveOrigin(seed: seed, window: 4, segmentSize: 120)
        web = SimulatedWeb(origin: origin, registry: registry, seed: seed)
    }

    /// Has something happen.
    func perform(_ act: Act) throws {
        switch act {
        case .joins: try join()
        case .leaves(let number): leave(number)
        case .isRefused(let number): refuse(number)
        }
    }

    private func join() throws {
        guard let id = PeerID(random.octets(32)) else { throw SimulationError.resource }
        let role = SwarmPlayer.Role(
            id: id,
            playlistURL: LiveOrigin.playlistURL,
            trackerURL: SimulatedWeb.trackerURL,
            resource: resource,
            peerCount: peerCount,
            clock: 1_700_000_000_000
        )
        let player = SwarmPlayer(role, at: now)
        let viewer = Viewer(player, SimulatedPlayer(web.origin, at: Instant(milliseconds: now)), web)
        members.append(Member(role, player, viewer, at: now))
        schedule(.connected(members.count - 1), after: 150)
        settle(members[members.count - 1])
    }

    private func leave(_ number: Int) {
        let member = members[number]
        member.isGone = true
        registry.unregister(Registration(ticket: UInt64(number), peerID: member.role.id, resource: resource))
        for peer in member.links { schedule(.lost(member.role.id, by: peer), after: SwarmScene.latency) }
        member.links = []
    }

    private func refuse(_ number: Int) {
        members[number].hasRendezvous = false
        members[number].player.receive(.rendezvous(isThere: false), at: now)
        settle(members[number])
    }

    /// Lets time pass.
    func run(_ milliseconds: Int) throws {
        let end = now + milliseconds
        var rounds = 0
        while let next = next, next <= end {
            now = max(now, next)
            for member in members where !member.isGone { wake(member) }
            while let first = queue.first, first.milliseconds <= now, let (_, event) = queue.popFirst() {
                carryOut(event)
            }
            rounds += 1
            guard rounds < 100_000 else { throw VectorFormatError("transcript", "has no rest") }
        }
        now = end
    }

    /// What a peer went through since it came.
    func transcript(_ number: Int) -> SwarmTranscript {
        let member = members[number]
        var role = member.role
        role.clock += member.joined
        let steps = member.player.steps.map { SwarmStep(at: $0.at - member.joined, content: $0.content) }
        return SwarmTranscript(role: role, steps: steps)
    }

    private var next: TranscriptStep.Time? {
        let wakes = members.lazy.filter { !$0.isGone }.flatMap { member in
            [member.player.wake, member.viewer.nextDeadline?.roundedUp].compactMap(\.self)
        }
        return ([queue.first?.milliseconds].compactMap(\.self) + wakes).min()
    }

    private func wake(_ member: Member) {
        if let wake = member.player.wake, wake <= now {
            member.player.advance(to: now)
            settle(member)
        }
        if let due = member.viewer.nextDeadline, due.roundedUp <= now {
            member.viewer.advance(to: Instant(milliseconds: now))
            settle(member)
        }
    }

    private func carryOut(_ event: Event) {
        switch event {
        case .connected(let number):
            let member = members[number]
            guard !member.isGone, member.hasRendezvous else { return }
            _ = registry.register(Registration(ticket: UInt64(number), peerID: member.role.id, resource: resource))
            tell(member, .rendezvous(isThere: true))
        case .introduced(let number, let id):
            introduce(members[number], id)
        case .ready(let number, let id):
            guard members[number].links.contains(id) else { return }
            tell(members[number], .ready(id))
        case .message(let octets, let from, let to):
            guard let member = member(to), member.links.contains(from) else { return }
            tell(member, .message(from, octets))
        case .lost(let id, let by):
            guard let member = member(by), member.links.remove(id) != nil else { return }
            tell(member, .lost(id))
        }
    }

    private func introduce(_ member: Member, _ id: PeerID) {
        guard member.links.contains(id), let number = members.firstIndex(where: { $0 === member }) else { return }
        guard let other = self.member(id), let far = members.firstIndex(where: { $0 === other }) else { return }
        if !other.links.contains(member.role.id) {
            guard other.player.swarm.admits(member.role.id) else { return }
            other.links.insert(member.role.id)
            tell(other, .appeared(member.role.id))
        }
        schedule(.ready(far, member.role.id), after: SwarmScene.latency)
        schedule(.ready(number, id), after: SwarmScene.latency)
    }

    private func tell(_ member: Member, _ input: SwarmStep.Input) {
        member.player.receive(input, at: now)
        settle(member)
    }

    private func settle(_ member: Member) {
        member.viewer.settle(at: Instant(milliseconds: now))
        for action in member.player.takeActions() {
            switch action {
            case .connect(let id):
                member.links.insert(id)
                if let number = members.firstIndex(where: { $0 === member }) {
                    schedule(.introduced(number, id), after: SwarmScene.introduction)
                }
            case .send(let envelope, let id):
                let octets = envelope.message().encoded
                schedule(.message(octets, from: member.role.id, to: id), after: SwarmScene.latency)
            case .disconnect(let id):
                member.links.remove(id)
                schedule(.lost(member.role.id, by: id), after: SwarmScene.latency)
            }
        }
    }

    private func member(_ id: PeerID) -> Member? { members.first { $0.role.id == id && !$0.isGone } }

    private func schedule(_ event: Event, after milliseconds: Int) {
        queue.insert(event, at: Instant(milliseconds: now + milliseconds))
    }
}

extension Instant {
    /// The millisecond that it falls into, or the next.
    var roundedUp: TranscriptStep.Time { Int((max(0, nanoseconds) + 999_999) / 1_000_000) }
}
