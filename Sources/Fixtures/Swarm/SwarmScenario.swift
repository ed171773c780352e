public import HLSP2P
import Links
public import RTMFP

/// A story of viewers who come and go, with whatever befalls them: all of it follows from the seed.
public struct SwarmScenario: Sendable {
    /// What may befall the swarm.
    public enum Trouble: String, Hashable, Sendable, CaseIterable {
        /// Viewers leave, orderly or not, and others come.
        case churn
        /// Datagrams get lost and overtake each other.
        case loss
        /// Some are far away.
        case slowPeers
        /// Some say yes and deliver nothing.
        case liars
        /// Some are behind address translators.
        case nats
        /// The swarm falls apart for a while.
        case partition
    }

    /// What has come of it.
    public struct Outcome: Hashable, Sendable {
        /// What must not have happened, in words.
        public var complaints: [String] = []
        /// Octets of segments that came from peers, and over HTTP.
        public var fromPeers = 0
        /// Octets of segments that came over HTTP.
        public var fromSources = 0
        /// Segments that were delivered.
        public var delivered = 0
        /// The longest that a player waited for a segment.
        public var longestWait = Interval.zero
        /// The longest that a player waited for one of the first two.
        public var longestStart = Interval.zero

        /// Octets from peers, of all.
        public var offload: Double {
            let all = fromPeers + fromSources
            return all == 0 ? 0 : Double(fromPeers) / Double(all)
        }
    }

    /// The seed.
    public var seed: UInt64
    /// Viewers that are there at a time, about.
    public var viewers: Int
    /// N.
    public var peerCount: Int
    /// How long it goes on after all have come.
    public var duration: Interval
    /// What befalls it.
    public var troubles: Set<Trouble>
    /// How all act who are no liars.
    public var conduct: any PeerConduct = CorrectPeer()

    /// A player that waits for a segment longer than this was forgotten: stall detection takes 17 s at most, then the
    /// source answers (swarm-algorithm §7.1).
    public static let longestWait = Interval.seconds(18)
    /// The same for the first two, for which peers are sought: the tracker has 4 s, connecting 10 s, and the question
    /// for the chunk 30 s (swarm-algorithm §5.3).
    public static let longestStart = Interval.seconds(46)

    /// The share of octets that come from peers at least.
    ///
    /// Whoever feeds others does not return from the CDN, and a viewer in the swarm is fed by N, so that one of
    /// N + 1 is in the swarm if each has its upstream peers to itself. Where viewers are too few for N of them to be
    /// found, or do not deliver, or come and go, it may be nothing: that is no fault of anybody's.
    public var offloadFloor: Double {
        let isMild = troubles.isDisjoint(with: [.churn, .liars, .partition])
        guard isMild, viewers > 2 * peerCount else { return 0 }
        // With one upstream peer the tracker is asked for one, and may name the asker.
        return peerCount == 1 ? 0.15 : 0.6 / Double(peerCount + 1)
    }

    /// Makes a story of the given kind.
    public init(
        seed: UInt64,
        viewers: Int,
        peerCount: Int = 2,
        duration: Interval = .seconds(120),
        troubles: Set<Trouble> = []
    ) {
        self.seed = seed
        self.viewers = viewers
        self.peerCount = peerCount
        self.duration = duration
        self.troubles = troubles
    }

    /// Makes a story whose kind follows from the seed too.
    public init(seed: UInt64) {
        var random = SeededGenerator(seed: seed, name: "scenario")
        let troubles = Trouble.allCases.filter { _ in Int.random(in: 0..<3, using: &random) == 0 }
        self.init(
            seed: seed,
            viewers: .random(in: 3...8, using: &random),
            peerCount: .random(in: 1...3, using: &random),
            duration: .seconds(.random(in: 60...120, using: &random)),
            troubles: Set(troubles)
        )
    }

    /// Lets it happen.
    public func run() throws -> Outcome {
        var random = SeededGenerator(seed: seed, name: "story")
        let swarm = try SimulatedSwarm(seed: seed, peerCount: peerCount)
        if troubles.contains(.loss) {
            swarm.network.conditions.loss = .random(in: 0.005...0.03, using: &random)
            swarm.network.conditions.reordering = 0.02
        }
        for _ in 0..<viewers {
            try swarm.join(traits(&random))
            try swarm.run(.seconds(.random(in: 0.5...8, using: &random)))
        }
        let end = swarm.now + duration
        var cut: (until: Instant, group: [ViewerNode], others: [ViewerNode])?
        while swarm.now < end {
            try swarm.run(.seconds(.random(in: 2...10, using: &random)))
            if let healing = cut, healing.until <= swarm.now {
                swarm.partition(healing.group, from: healing.others, isCut: false)
                cut = nil
            }
            if troubles.contains(.partition), cut == nil, Int.random(in: 0..<4, using: &random) == 0 {
                let shuffled = swarm.viewers.shuffled(using: &random)
                let group = Array(shuffled.prefix(shuffled.count / 2))
                let others = Array(shuffled.dropFirst(shuffled.count / 2))
                swarm.partition(group, from: others, isCut: true)
                cut = (swarm.now + .seconds(.random(in: 5...30, using: &random)), group, others)
            }
            if troubles.contains(.churn), Int.random(in: 0..<3, using: &random) == 0,
                let leaver = swarm.viewers.randomElement(using: &random)
            {
                swarm.part(leaver, orderly: .random(using: &random))
                try swarm.join(traits(&random))
            }
        }
        var outcome = SwarmScenario.outcome(of: swarm)
        if outcome.offload < offloadFloor { outcome.complaints.append("only \(outcome.offload) came from peers") }
        return outcome
    }

    private func traits(_ random: inout SeededGenerator) -> SimulatedSwarm.Traits {
        SimulatedSwarm.Traits { traits in
            func happens(_ trouble: Trouble, _ chance: Double) -> Bool {
                let number = Double.random(in: 0..<1, using: &random)
                return troubles.contains(trouble) && number < chance
            }
            traits.isBehindNAT = happens(.nats, 0.5)
            if happens(.slowPeers, 0.25) {
                traits.conditions = Conditions {
                    $0.delay = .milliseconds(400)
                    $0.jitter = .milliseconds(200)
                }
            }
            traits.conduct = happens(.liars, 0.25) ? LyingPeer() : conduct
        }
    }

    /// What has come of a swarm up to now.
    public static func outcome(of swarm: SimulatedSwarm) -> Outcome {
        var outcome = Outcome()
        for (number, node) in (swarm.former + swarm.viewers).enumerated() {
            let isThere = swarm.viewers.contains { $0 === node }
            outcome.add(node.viewer, "viewer \(number)", swarm.web.origin, isThere: isThere, at: swarm.now)
        }
        return outcome
    }
}

extension SwarmScenario.Outcome {
    /// Adds what has come of one viewer.
    mutating func add(_ viewer: Viewer, _ name: String, _ origin: LiveOrigin, isThere: Bool, at now: Instant) {
        let player = viewer.player
        let status = viewer.member.status
        func complain(_ text: String) { complaints.append("\(name): \(text)") }
        for complaint in player.complaints { complain(complaint) }
        let open = isThere ? player.waitingSince.map { now - $0 } ?? .zero : .zero
        let wait = max(player.longestWait, player.isStarting ? .zero : open)
        let start = max(player.longestStart, player.isStarting ? open : .zero)
        if wait > SwarmScenario.longestWait { complain("waited \(wait.seconds) s for a segment") }
        if start > SwarmScenario.longestStart { complain("waited \(start.seconds) s for one of the first segments") }
        if player.skipped > 0 { complain("went on without \(player.skipped) segments") }
        // Who has to wait for longer than the window lasts cannot but miss something.
        let slack = Interval.seconds(Double(origin.window - 3) * origin.segmentDuration)
        if player.missed > 0, max(wait, start) < slack { complain("missed \(player.missed) segments") }
        let most = ChunkCache.hardLimit * origin.segmentSize * 5 / 4
        if status.octetsCached > most { complain("caches \(status.octetsCached) octets") }
        fromPeers += status.octetsFromPeers
        fromSources += status.octetsFromSources
        delivered += player.delivered
        longestWait = max(longestWait, wait)
        longestStart = max(longestStart, start)
    }
}
