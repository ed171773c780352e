import Flash
public import HLSP2P
public import RTMFP

/// A swarm in virtual time without RTMFP: the same `Swarm`s, windows and envelopes, whose sessions are made by decree and
/// whose messages arrive after a while. For thousands of peers.
public final class DirectSwarm {
    private final class Member {
        let number: Int
        let id: PeerID
        let swarm: Swarm
        let viewer: Viewer
        /// The wake-up that counts.
        var wake: Instant?
        /// Those with whom there is a session; true if messages may be sent.
        var links: [PeerID: Bool] = [:]
        /// When the last message to each of them arrives.
        var arrivals: [PeerID: Instant] = [:]
        var isGone = false

        init(_ number: Int, _ id: PeerID, _ swarm: Swarm, _ viewer: Viewer) {
            self.number = number
            self.id = id
            self.swarm = swarm
            self.viewer = viewer
        }
    }

    private enum Event {
        case join
        case connected(Int)
        case wake(Int)
        case introduced(from: Int, to: PeerID)
        case ready(Int, PeerID)
        case envelope(Envelope, from: PeerID, to: PeerID)
        case lost(PeerID, by: PeerID)
    }

    /// Origin and tracker.
    public let web: SimulatedWeb
    /// The virtual time.
    public private(set) var now = Instant.origin
    /// Events that were carried out.
    public private(set) var events = 0

    private let peerCount: Int
    private let resource: ResourceName
    private let registry: InMemoryRegistry
    private var members: [Member] = []
    private var membersByID: [PeerID: Member] = [:]
    private var queue = EventQueue<Event>()
    private var random: SeededGenerator
    private let bandwidth = 1_000_000.0

    /// Makes a swarm without viewers.
    public init(seed: UInt64, peerCount: Int = 2, segmentSize: Int = 2_000) throws {
        guard let resource = ResourceName("film") else { throw SimulationError.resource }
        self.resource = resource
        self.peerCount = peerCount
        random = SeededGenerator(seed: seed, name: "direct")
        let origin = LiveOrigin(seed: seed, segmentSize: segmentSize)
        registry = InMemoryRegistry(random: SeededGenerator(seed: seed, name: "registry"))
        web = SimulatedWeb(origin: origin, registry: registry, seed: seed)
    }

    /// A viewer will come after that time.
    public func join(after interval: Interval) {
        queue.insert(.join, at: now + interval)
    }

    /// Lets time pass.
    public func run(_ interval: Interval) {
        let end = now + interval
        while let first = queue.first, first <= end, let (at, event) = queue.popFirst() {
            now = max(now, at)
            events += 1
            carryOut(event, at: at)
        }
        now = end
    }

    /// What has come of it up to now.
    public var outcome: SwarmScenario.Outcome {
        var outcome = SwarmScenario.Outcome()
        for member in members {
            outcome.add(member.viewer, "viewer \(member.number)", web.origin, isThere: true, at: now)
        }
        return outcome
    }

    /// How many viewers get their segments from where.
    public var modes: [SwarmMode: Int] {
        members.reduce(into: [:]) { $0[$1.swarm.mode, default: 0] += 1 }
    }

    private func carryOut(_ event: Event, at: Instant) {
        switch event {
        case .join:
            makeMember()
        case .connected(let number):
            let member = members[number]
            _ = registry.register(Registration(ticket: UInt64(number), peerID: member.id, resource: resource))
            member.swarm.rendezvousConnected(at: now)
            settle(member)
        case .wake(let number):
            let member = members[number]
            guard member.wake == at else { return }
            member.wake = nil
            member.swarm.advance(to: now)
            member.viewer.settle(at: now)
            member.viewer.advance(to: now)
            settle(member)
        case .introduced(let number, let id):
            introduce(members[number], id)
        case .ready(let number, let id):
            guard members[number].links[id] != nil else { return }
            members[number].links[id] = true
            members[number].swarm.ready(id, at: now)
            settle(members[number])
        case .envelope(let envelope, let from, let to):
            guard let member = membersByID[to], member.links[from] != nil else { return }
            member.swarm.receive(envelope, from: from, at: now)
            settle(member)
        case .lost(let id, let by):
            guard let member = membersByID[by], member.links.removeValue(forKey: id) != nil else { return }
            member.swarm.lost(id, at: now)
            settle(member)
        }
    }

    private func makeMember() {
        guard let id = PeerID(random.octets(32)) else { return }
        var configuration = SwarmConfiguration(
            playlistURL: LiveOrigin.playlistURL,
            trackerURL: SimulatedWeb.trackerURL,
            resource: resource,
            peerCount: peerCount,
            clock: WallClock(millisecondsAtOrigin: 1_700_000_000_000)
        )
        configuration.maximumNeighbours = 100
        let swarm = Swarm(configuration, nearID: id, at: now)
        let viewer = Viewer(swarm, SimulatedPlayer(web.origin, at: now), web)
        let member = Member(members.count, id, swarm, viewer)
        members.append(member)
        membersByID[id] = member
        queue.insert(.connected(member.number), at: now + .milliseconds(150))
        settle(member)
    }

    private func introduce(_ member: Member, _ id: PeerID) {
        guard member.links[id] != nil, let other = membersByID[id] else { return }
        if other.links[member.id] == nil {
            guard other.swarm.admits(member.id) else { return }
            other.links[member.id] = false
            other.swarm.appeared(member.id, at: now)
        }
        queue.insert(.ready(other.number, member.id), at: now + latency())
        queue.insert(.ready(member.number, id), at: now + latency())
        settle(other)
    }

    private func settle(_ member: Member) {
        member.viewer.settle(at: now)
        for action in member.swarm.takeActions() {
            switch action {
            case .connect(let id):
                if member.links[id] == nil { member.links[id] = false }
                queue.insert(.introduced(from: member.number, to: id), at: now + latency() * 4)
            case .send(let envelope, let id):
                let transfer = Interval.seconds(Double(envelope.size) / bandwidth)
                let arrival = max(now + latency() + transfer, member.arrivals[id] ?? now)
                member.arrivals[id] = arrival
                queue.insert(.envelope(envelope, from: member.id, to: id), at: arrival)
            case .disconnect(let id):
                member.links[id] = nil
                let arrival = max(now + latency(), member.arrivals.removeValue(forKey: id) ?? now)
                queue.insert(.lost(member.id, by: id), at: arrival)
            }
        }
        let wanted = [member.swarm.nextDeadline, member.viewer.nextDeadline].compactMap(\.self).min()
        guard let wanted, member.wake.map({ wanted < $0 }) ?? true else { return }
        member.wake = max(wanted, now)
        queue.insert(.wake(member.number), at: max(wanted, now))
    }

    private func latency() -> Interval {
        .milliseconds(.random(in: 10...40, using: &random))
    }
}

extension Envelope {
    /// Octets on the wire, about.
    fileprivate var size: Int {
        members.reduce(200) { sum, member in
            if case .byteArray(let octets) = member.value { sum + octets.count } else { sum }
        }
    }
}
