import Fixtures
import Flash
import HLSP2P
import Links
import RTMFP
import Synchronization
import Testing

/// Peers over a simulated network: the stream flows from viewer to viewer, whatever happens.
@Suite struct SwarmTests {
    /// Viewers who come one after the other.
    static func swarm(_ count: Int, seed: UInt64, peerCount: Int, every interval: Interval = .seconds(15)) throws
        -> SimulatedSwarm
    {
        let swarm = try SimulatedSwarm(seed: seed, peerCount: peerCount)
        for _ in 0..<count {
            try swarm.join()
            try swarm.run(interval)
        }
        return swarm
    }

    /// The first two have too few to ask; the third gets everything but its first segment from them, half from each.
    @Test(arguments: 0..<4) func threePeersFeedEachOther(_ seed: UInt64) throws {
        let swarm = try Self.swarm(3, seed: seed, peerCount: 2)
        try swarm.run(.seconds(60))
        let outcome = SwarmScenario.outcome(of: swarm)
        #expect(outcome.complaints.isEmpty)
        let last = try #require(swarm.viewers.last)
        let status = last.peer.status
        #expect(status.mode == .p2p)
        #expect(status.upstream.count == 2)
        #expect(last.viewer.player.delivered >= 15)
        #expect(status.octetsFromSources <= 25_000)
        #expect(status.octetsFromPeers > 14 * 15_000)
        let received = status.upstream.map { status.traffic[$0]?.received ?? 0 }
        #expect(received.allSatisfy { $0 > status.octetsFromPeers / 4 })
    }

    /// An upstream peer whose machine is switched off is missed by nobody.
    @Test(arguments: [true, false]) func anUpstreamPeerGoes(_ orderly: Bool) throws {
        let swarm = try Self.swarm(6, seed: 3, peerCount: 2, every: .seconds(8))
        try swarm.run(.seconds(40))
        let viewer = try #require(swarm.viewers.last { $0.peer.status.mode == .p2p })
        viewer.viewer.keepsEvents = true
        let upstream = try #require(viewer.peer.status.upstream.first)
        let former = try #require(swarm.viewers.first { $0.peer.peerID == upstream })
        swarm.part(former, orderly: orderly)
        try swarm.run(.seconds(90))
        #expect(SwarmScenario.outcome(of: swarm).complaints.isEmpty)
        #expect(viewer.viewer.player.skipped + viewer.viewer.player.missed == 0)
        #expect(viewer.viewer.events.contains { if case .repairing = $0.event { true } else { false } })
        #expect(viewer.viewer.events.contains { $0.event == .topologyRepairBegan })
        #expect(!viewer.peer.status.upstream.contains(upstream))
    }

    /// Whoever is in the swarm needs neither tracker nor rendezvous to go on.
    @Test func trackerAndRendezvousGo() throws {
        let swarm = try Self.swarm(5, seed: 5, peerCount: 2, every: .seconds(8))
        try swarm.run(.seconds(20))
        let before = try #require(swarm.viewers.last).peer.status
        #expect(before.mode == .p2p)
        swarm.web.hasTracker = false
        swarm.stopRendezvous()
        try swarm.run(.seconds(200))
        let outcome = SwarmScenario.outcome(of: swarm)
        #expect(outcome.complaints.isEmpty)
        let after = try #require(swarm.viewers.last).peer.status
        #expect(after.mode == .p2p)
        #expect(after.octetsFromPeers - before.octetsFromPeers > 40 * 15_000)
    }

    /// Without a rendezvous, a viewer gets its stream from the source, and never from elsewhere.
    @Test func thereIsNoRendezvous() throws {
        let swarm = try SimulatedSwarm(seed: 5)
        swarm.stopRendezvous()
        let viewer = try swarm.join()
        try swarm.run(.seconds(60))
        #expect(viewer.peer.status.mode == .cdnOnly)
        #expect(SwarmScenario.outcome(of: swarm).complaints.isEmpty)
        #expect(viewer.viewer.player.longestStart >= .seconds(14))
        #expect(viewer.viewer.player.delivered >= 10)
    }

    /// Who says yes and delivers nothing costs time, and no segment.
    @Test func liarsAreLeftAlone() throws {
        let swarm = try SimulatedSwarm(seed: 9, peerCount: 1)
        try swarm.join(.init { $0.conduct = LyingPeer() })
        try swarm.run(.seconds(15))
        let viewer = try swarm.join()
        viewer.viewer.keepsEvents = true
        try swarm.run(.seconds(60))
        #expect(SwarmScenario.outcome(of: swarm).complaints.isEmpty)
        #expect(viewer.viewer.events.contains { if case .stalled(_, 0) = $0.event { true } else { false } })
        #expect(viewer.viewer.player.skipped == 0)
        #expect(viewer.peer.status.octetsFromPeers == 0)
    }

    /// Who agrees to push, answers every question, and pushes nothing is not blamed by any stage of stall detection: each
    /// segment comes over HTTP when all stages are over, 17 s after it was asked for (swarm-algorithm §7.1).
    @Test func whoAnswersAndPushesNothingCostsTimeAlone() throws {
        struct Hoarder: PeerConduct {
            func judges(_ rule: PeerRule, holds: Bool) -> Bool { rule == .pushAgreed ? false : holds }
        }
        let swarm = try SimulatedSwarm(seed: 9, peerCount: 1)
        try swarm.join(.init { $0.conduct = Hoarder() })
        try swarm.run(.seconds(15))
        let viewer = try swarm.join()
        try swarm.run(.seconds(90))
        let outcome = SwarmScenario.outcome(of: swarm)
        #expect(outcome.complaints.isEmpty)
        #expect(viewer.viewer.player.longestWait >= .seconds(17))
        #expect(viewer.peer.status.mode == .p2p)
        #expect(viewer.viewer.player.delivered >= 5)
        #expect(viewer.viewer.player.skipped == 0)
    }

    /// Most of the stream comes from viewers as soon as there are dozens.
    @Test(arguments: 0..<3) func dozens(_ seed: UInt64) throws {
        let swarm = try Self.swarm(24, seed: seed, peerCount: 2, every: .seconds(2))
        try swarm.run(.seconds(90))
        let outcome = SwarmScenario.outcome(of: swarm)
        #expect(outcome.complaints.isEmpty)
        #expect(outcome.offload > 0.6)
    }

    @Test(arguments: [11, 12, 13]) func theSameSeedTellsTheSameStory(_ seed: UInt64) throws {
        let scenario = SwarmScenario(
            seed: seed,
            viewers: 5,
            duration: .seconds(60),
            troubles: Set(SwarmScenario.Trouble.allCases)
        )
        let outcomes = try (0..<2).map { _ in try scenario.run() }
        #expect(outcomes[0] == outcomes[1])
        #expect(outcomes[0].delivered > 20)
    }

    /// Whatever befalls a swarm, every segment comes, in order, as it is, and in time.
    @Test(arguments: 0..<200) func stories(_ seed: UInt64) throws {
        let outcome = try SwarmScenario(seed: seed).run()
        #expect(outcome.complaints.isEmpty)
        #expect(outcome.delivered > 0)
    }
}

/// The invariants are not kept by whoever breaks them: they can fail.
@Suite struct SwarmInvariantTests {
    /// A peer with one thing wrong.
    struct Fault: PeerConduct {
        var rule = PeerRule("none")
        var outcome = true
        var limit: PeerTimeLimit?
        var interval = Interval.zero

        func judges(_ rule: PeerRule, holds: Bool) -> Bool { rule == self.rule ? outcome : holds }
        func interval(_ limit: PeerTimeLimit, _ correct: Interval) -> Interval {
            limit == self.limit ? interval : correct
        }
    }

    /// A peer that gives up whatever does not come at once, as soon as others feed it.
    final class Impatience: PeerConduct {
        private let isFed = Mutex(false)

        func sends(_ envelope: Envelope, to peer: PeerID) -> [Envelope] {
            if envelope.subtype == "goPushMode" { isFed.withLock { $0 = true } }
            return [envelope]
        }

        func interval(_ limit: PeerTimeLimit, _ correct: Interval) -> Interval {
            limit == .segment && isFed.withLock { $0 } ? .zero : correct
        }
    }

    /// A peer that blows up all that it pushes.
    struct Padding: PeerConduct {
        static let octets = [UInt8](repeating: 0, count: 4 << 20)

        func sends(_ envelope: Envelope, to peer: PeerID) -> [Envelope] {
            guard envelope.subtype == "pushPiece", case .response = envelope.kind else { return [envelope] }
            var padded = envelope
            padded.members = envelope.members.map { member in
                switch member.name {
                case "data": AMFMember("data", .byteArray(Self.octets))
                case "chunkSize": AMFMember("chunkSize", .integer(Int32(Self.octets.count)))
                default: member
                }
            }
            return [padded]
        }
    }

    private func outcome(of conduct: any PeerConduct) throws -> SwarmScenario.Outcome {
        let swarm = try SimulatedSwarm(seed: 2, peerCount: 1)
        try swarm.join()
        try swarm.run(.seconds(15))
        for _ in 0..<2 {
            try swarm.join(.init { $0.conduct = conduct })
            try swarm.run(.seconds(10))
        }
        try swarm.run(.seconds(30))
        swarm.part(swarm.viewers[0], orderly: false)
        try swarm.run(.seconds(60))
        return SwarmScenario.outcome(of: swarm)
    }

    @Test func withoutFaultNobodyComplains() throws {
        #expect(try outcome(of: Fault()).complaints.isEmpty)
    }

    @Test func whoLeavesStallsAloneWaitsTooLong() throws {
        let complaints = try outcome(of: Fault(rule: .stallRepaired, outcome: false)).complaints
        #expect(complaints.contains { $0.contains("waited") })
    }

    @Test func whoHasNoPatienceGoesOnWithoutSegments() throws {
        let complaints = try outcome(of: Impatience()).complaints
        #expect(complaints.contains { $0.contains("went on without") })
    }

    /// Who keeps the player waiting for the playlist has it miss what was in it meanwhile.
    @Test func whoIsLateWithPlaylistsMissesSegments() throws {
        let complaints = try outcome(of: Fault(limit: .cachedPlaylist, interval: .seconds(60))).complaints
        #expect(complaints.contains { $0.contains("missed") })
    }

    @Test func whoIsFedWithTooMuchFillsTheMemory() throws {
        let swarm = try SimulatedSwarm(seed: 2, peerCount: 1)
        try swarm.join(.init { $0.conduct = Padding() })
        try swarm.run(.seconds(15))
        try swarm.join()
        try swarm.run(.seconds(60))
        #expect(SwarmScenario.outcome(of: swarm).complaints.contains { $0.contains("caches") })
    }

    @Test func whoNeverOffersAnythingLeavesAllToTheSource() throws {
        var scenario = SwarmScenario(seed: 4, viewers: 6)
        #expect(try scenario.run().complaints.isEmpty)
        scenario.conduct = Fault(rule: .chunkOffered, outcome: false)
        #expect(try scenario.run().complaints.contains { $0.contains("came from peers") })
    }

    @Test func whoTakesHalfChunksForWholeOnesShowsDamage() throws {
        let swarm = try SimulatedSwarm(seed: 2, peerCount: 2)
        for _ in 0..<2 {
            try swarm.join()
            try swarm.run(.seconds(15))
        }
        try swarm.join(.init { $0.conduct = Fault(rule: .chunkComplete, outcome: true) })
        try swarm.run(.seconds(40))
        #expect(SwarmScenario.outcome(of: swarm).complaints.contains { $0.contains("damaged") })
    }

    @Test func whoAdoptsOlderPlaylistsGoesBack() throws {
        var cached = CachedPlaylist()
        let older = Fault(rule: .playlistNotOlder, outcome: true)
        let texts = [5, 4].map { Array("#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:\($0)\n".utf8) }
        let adopted = texts.map { cached.adopt($0, from: .peer, at: .origin, conduct: older) }
        #expect(adopted == [true, true])
        #expect(cached.mediaSequence == 4)
    }
}
