internal import Flash
internal import RTMFP

/// Finding others for pieces that nobody delivers (swarm-algorithm §8).
extension Swarm {
    private var roundTimeout: Interval { conduct.interval(.repairRound, .seconds(10)) }

    /// Starts a topology repair if one is needed and may begin (swarm-algorithm §8.1).
    func supervise() {
        guard mode == .p2p, isRepairNeeded, !isRepairBlocked, repair == nil, let uri = missedURI else { return }
        missedURI = nil
        beginRepair(of: homeless.map(\.assignment), uri, isOneShot: false)
    }

    /// Begins a repair, or the way back from the CDN.
    func beginRepair(of pieces: [Assignment], _ uri: String, isOneShot: Bool) {
        log("P2PNetworkRepairer", "repairTopology")
        tell(.topologyRepairBegan)
        repair = TopologyRepair(homeless: pieces, isOneShot: isOneShot, beganAt: now, uri: uri)
        beginRepairRound()
    }

    /// State Init: claims peers that nobody uses, and pings them.
    func beginRepairRound() {
        guard var repair else { return }
        repair.visits += 1
        for neighbour in neighbours {
            guard neighbour.isReady, !neighbour.isUsed, neighbour.upstream == .pull, neighbour.closeSentAt == nil,
                !repair.contains(neighbour.id)
            else { continue }
            repair.candidates.append(TopologyRepair.Candidate(id: neighbour.id))
        }
        let open = repair.candidates.filter { $0.standing == .initial && neighboursByID[$0.id] != nil }
        if repair.isOneShot {
            let wanted = repair.visits == 1 ? Double(repair.homeless.count) * 1.5 : Double(repair.homeless.count)
            guard Double(open.count) >= wanted else {
                // Those that are there are counted again when others have come.
                self.repair = repair
                if repair.visits == 1 { seekMorePeers() } else { repairFailed() }
                return
            }
        }
        self.repair = repair
        guard !open.isEmpty else {
            seekMorePeers()
            return
        }
        beginRound(.pinging, with: open.map(\.id)) { neighbour, round in
            .ping(pingID: .number(neighbour.pings), externalID: .string(round))
        }
    }

    /// Asks the candidates of a round, and waits for their answers.
    private func beginRound(
        _ state: TopologyRepair.State,
        with peers: [PeerID],
        _ request: (Neighbour, String) -> Request?
    ) {
        repairerTokens += 1
        let began = Int(configuration.clock.milliseconds(at: startedAt))
        let round = "P2PNetworkRepairer_\(began)\(repairerTokens)"
        repair?.state = state
        repair?.round = round
        repair?.deadline = now + roundTimeout
        for peer in peers {
            guard let index = repair?.candidates.firstIndex(where: { $0.id == peer }) else { continue }
            repair?.candidates[index].standing = .waiting
            guard let neighbour = neighboursByID[peer], let request = request(neighbour, round) else {
                repair?.candidates[index].standing = .no
                continue
            }
            ask(request, neighbour)
        }
        proceedIfAnswered()
    }

    private func seekMorePeers() {
        guard let repair else { return }
        self.repair?.deadline = nil
        if askForMorePeers(since: repair.beganAt) {
            self.repair?.state = .waitingForPeers
        } else if repair.isOneShot {
            repairFailed()
        } else {
            self.repair?.state = .failedPending
        }
    }

    /// A candidate has answered; answers to older rounds are discarded.
    func repairAnswered(_ round: String, _ neighbour: Neighbour, _ standing: TopologyRepair.Candidate.Standing) {
        guard let repair, repair.round == round else { return }
        var standing = standing
        if repair.state == .asking, standing == .no, let readyAt = neighbour.readyAt,
            now - readyAt < conduct.interval(.secondChance, .seconds(4))
        {
            standing = .initial
        }
        guard self.repair?.answered(neighbour.id, standing) ?? false else { return }
        proceedIfAnswered()
    }

    /// A candidate has answered that it pushes, or that it does not.
    func wentPush(_ neighbour: Neighbour, _ result: Bool, _ assignment: Assignment, _ round: String) {
        let isExpected = repair.map { $0.state == .going && $0.round == round } ?? false
        guard isExpected else {
            // Too late: somebody else does it.
            if result, neighbour.upstream == .pull { ask(.stopPush(externalID: .string("")), neighbour) }
            return
        }
        if result {
            neighbour.upstream = .push
            neighbour.assignment = assignment
            tellUpstream()
        }
        repairAnswered(round, neighbour, result ? .yes : .no)
    }

    func proceedIfAnswered() {
        if let repair, repair.deadline != nil, !repair.isWaiting { repairRoundEnded() }
    }

    /// All have answered, or the time for that is over.
    func repairRoundEnded() {
        guard var repair else { return }
        for index in repair.candidates.indices where repair.candidates[index].standing == .waiting {
            repair.candidates[index].standing = .no
        }
        repair.deadline = nil
        self.repair = repair
        let willing = repair.candidates.filter { $0.standing == .yes }.map(\.id)
        switch repair.state {
        case .pinging: pingsAnswered(willing)
        case .asking: chunksAnswered(willing)
        case .going: pushesAnswered(willing)
        case .stopping: stopsAnswered()
        case .waitingForPeers, .failedPending: break
        }
    }

    private func pingsAnswered(_ willing: [PeerID]) {
        guard !willing.isEmpty else {
            giveUpAttempt()
            return
        }
        // U1: where nothing newer can be stable, what others may have.
        let newest = cache.chunks.suffix(2)
        if newest.count == 2, newest.allSatisfy({ !$0.isStable }), let second = newest.first {
            repair?.uri = second.uri
        }
        let uri = repair?.uri ?? ""
        for index in repair?.candidates.indices ?? 0..<0 { repair?.candidates[index].uri = uri }
        beginRound(.asking, with: willing) { _, round in .hasChunk(uri: uri, id: .string(round)) }
    }

    private func chunksAnswered(_ willing: [PeerID]) {
        guard let repair else { return }
        guard willing.count >= repair.homeless.count else {
            for index in repair.candidates.indices where repair.candidates[index].standing == .yes {
                self.repair?.candidates[index].standing = .initial
            }
            giveUpAttempt()
            return
        }
        let chosen = Array(willing.prefix(repair.homeless.count))
        var tasks: [PeerID: Assignment] = [:]
        for (task, peer) in chosen.enumerated() {
            guard let index = repair.candidates.firstIndex(where: { $0.id == peer }) else { continue }
            self.repair?.candidates[index].task = task
            tasks[peer] = repair.homeless[task]
        }
        for peer in willing.dropFirst(chosen.count) {
            guard let index = repair.candidates.firstIndex(where: { $0.id == peer }) else { continue }
            self.repair?.candidates[index].standing = .initial
        }
        // U2: what this client will hold next is not stable, so that it is not asked for again.
        let newest = cache.chunks.last
        let uri = newest.map { $0.isStable ? repair.uri : $0.uri } ?? repair.uri
        beginRound(.going, with: chosen) { neighbour, round in
            tasks[neighbour.id].map { .goPushMode2(uri: uri, $0, externalID: .string(round)) }
        }
    }

    private func pushesAnswered(_ willing: [PeerID]) {
        guard let repair else { return }
        if willing.count == repair.homeless.count {
            repairSucceeded(willing)
        } else if willing.isEmpty {
            giveUpAttempt()
        } else {
            for peer in willing { release(peer) }
            beginRound(.stopping, with: willing) { _, round in .stopPush(externalID: .string(round)) }
        }
    }

    private func stopsAnswered() {
        guard let repair else { return }
        for index in repair.candidates.indices where repair.candidates[index].task != nil {
            self.repair?.candidates[index].standing = .initial
            self.repair?.candidates[index].task = nil
        }
        if repair.isOneShot { repairFailed() } else { beginRepairRound() }
    }

    /// This attempt has failed; the way back from the CDN has no other.
    private func giveUpAttempt() {
        if repair?.isOneShot ?? false { repairFailed() } else { seekMorePeers() }
    }

    private func release(_ peer: PeerID) {
        neighboursByID[peer]?.upstream = .pull
        neighboursByID[peer]?.assignment = nil
    }

    private func repairSucceeded(_ accepted: [PeerID]) {
        guard let repair else { return }
        self.repair = nil
        let former = closeFormer { former in repair.homeless.contains { $0.id == former.id } }
        for peer in accepted { neighboursByID[peer]?.isUsed = true }
        log("P2PNetworkRepairer", "repairTopology OK")
        tell(.topologyRepairEnded(success: true))
        tellUpstream()
        if repair.isOneShot {
            wayBack = .arrived
            return
        }
        for neighbour in former { expel(neighbour) }
        guard !isRepairNeeded else { return }
        let newest = cache.newestComplete?.uri
        for neighbour in neighbours where neighbour.isUsed && neighbour.upstream == .paused {
            neighbour.upstream = .push
            if let newest { ask(.resumePush(uri: newest), neighbour) }
        }
    }

    /// Takes pieces off the list of those that nobody delivers; gives the peers that did, if they are still there.
    private func closeFormer(_ isDone: (Assignment) -> Bool) -> [Neighbour] {
        let done = homeless.filter { isDone($0.assignment) }
        homeless.removeAll { isDone($0.assignment) }
        return done.compactMap { neighboursByID[$0.peer] }.filter { !$0.isUsed }
    }

    /// The repair has failed: without all pieces there is no use in some (swarm-algorithm §8.3).
    func repairFailed() {
        guard let repair else { return }
        self.repair = nil
        tell(.topologyRepairEnded(success: false))
        if repair.isOneShot {
            for candidate in repair.candidates where neighboursByID[candidate.id]?.upstream == .push {
                stop(candidate.id)
            }
            wayBack = .failed
            failedAt = now
            tellUpstream()
            return
        }
        guard conduct.judges(.failedRepairLeaves, holds: true) else { return }
        log("P2PNetworkRepairer", "p2p network error")
        isRepairBlocked = true
        let former = closeFormer { _ in true }
        for neighbour in former { expel(neighbour) }
        for neighbour in neighbours where neighbour.upstream != .pull || neighbour.isUsed { stop(neighbour.id) }
        isRepairBlocked = false
        missedURI = nil
        tellUpstream()
        enterCDN(.cdn)
    }

    /// Has a peer stop pushing; it may be used again.
    private func stop(_ peer: PeerID) {
        guard let neighbour = neighboursByID[peer] else { return }
        if neighbour.upstream != .pull { ask(.stopPush(externalID: .string("")), neighbour) }
        neighbour.isUsed = false
        release(peer)
    }
}
