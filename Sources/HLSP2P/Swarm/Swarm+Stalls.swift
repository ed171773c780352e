internal import Flash
internal import RTMFP

/// Stall detection (swarm-algorithm §7.1), and completing single chunks over HTTP (§8.4).
extension Swarm {
    /// Begins to watch a segment that peers are to deliver.
    func watch(_ index: Int) {
        let want = wants[index]
        if isRepairNeeded {
            missedURI = missedURI ?? want.uri
            repairOverHTTP(want.uri)
            supervise()
            return
        }
        wants[index].stage = 1
        wants[index].deadline = now + conduct.interval(.segment, .seconds(4))
    }

    /// Whether pieces have nobody who delivers them.
    var isRepairNeeded: Bool { !homeless.isEmpty }

    /// Runs the stages that are due.
    func advanceStalls() {
        for id in wants.filter({ $0.deadline.map { $0 <= now } ?? false }).map(\.id) {
            guard let index = wants.firstIndex(where: { $0.id == id }), let stage = wants[index].stage else { continue }
            wants[index].stage = nil
            wants[index].deadline = nil
            run(stage, wants[index], index)
        }
    }

    private func run(_ stage: Int, _ want: Want, _ index: Int) {
        if stage == 1 { stalls += 1 }
        tell(.stalled(uri: want.uri, stage: stage))
        if stage == 1, isRepairNeeded {
            missedURI = missedURI ?? want.uri
            repairOverHTTP(want.uri)
            supervise()
            return
        }
        let bad = stage == 2 ? silentOrSlow(want.asked) : stage == 3 ? tooSlow(want.asked) : []
        // Who answers ping and speed test in time is not blamed, whatever it delivers: there is no stage for that.
        if !bad.isEmpty {
            blame(bad, for: want, closing: stage == 2)
        } else if stage == 4 || errorPaths.contains(want.path) {
            errorPaths.removeAll { $0 == want.path }
            repairOverHTTP(want.uri)
        } else {
            wants[index].asked = stage == 1 ? pingUpstream(want) : stage == 2 ? testSpeed(want.asked) : []
            wants[index].stage = stage + 1
            let last = conduct.interval(.desperate, .seconds(5))
            wants[index].deadline = now + (stage == 3 ? last : conduct.interval(.segment, .seconds(4)))
        }
    }

    /// Pings those whose piece of the chunk is missing.
    private func pingUpstream(_ want: Want) -> [PeerID] {
        let chunk = cache[want.uri]
        let late = neighbours.filter { neighbour in
            guard neighbour.isUsed, let assignment = neighbour.assignment else { return false }
            return !(chunk?.holds(assignment) ?? false)
        }
        for neighbour in late {
            neighbour.hasAnsweredPing = false
            ask(.ping(pingID: .number(neighbour.pings), externalID: .null), neighbour)
        }
        return late.map(\.id)
    }

    private func silentOrSlow(_ peers: [PeerID]) -> [Neighbour] {
        let slowest = Int((targetDuration ?? 30) * 1_000)
        return peers.compactMap { neighboursByID[$0] }.filter { neighbour in
            let isThere = conduct.judges(.pingAnswered, holds: neighbour.hasAnsweredPing)
            return neighbour.isUsed && (!isThere || neighbour.lastUsedTime ?? 0 >= slowest)
        }
    }

    private func testSpeed(_ peers: [PeerID]) -> [PeerID] {
        speedTests += 1
        let id = "DefaultP2PNetwork\(speedTests)"
        speedTestsStarted = [id: now]
        let tested = peers.compactMap { neighboursByID[$0] }.filter(\.isUsed)
        for neighbour in tested {
            neighbour.speed = nil
            ask(.speedTest(start: configuration.clock.milliseconds(at: now), id: id), neighbour)
        }
        return tested.map(\.id)
    }

    private func tooSlow(_ peers: [PeerID]) -> [Neighbour] {
        let limit = conduct.interval(.speedTest, .seconds(3))
        return peers.compactMap { neighboursByID[$0] }.filter { neighbour in
            neighbour.isUsed && (neighbour.speed.map { $0 > limit } ?? true)
        }
    }

    /// Peers have failed to deliver: others are sought, and the segment comes over HTTP.
    private func blame(_ bad: [Neighbour], for want: Want, closing: Bool) {
        missedURI = want.uri
        for neighbour in bad {
            rehome(neighbour)
            failed.insert(neighbour.id)
        }
        if closing {
            for neighbour in bad { expel(neighbour) }
            pauseUpstream()
        }
        repairOverHTTP(want.uri)
        supervise()
    }

    /// Completes a chunk over HTTP (swarm-algorithm §8.4).
    func repairOverHTTP(_ uri: String) {
        guard conduct.judges(.stallRepaired, holds: true), mode == .p2p else { return }
        if repair?.state == .failedPending, cache.chunks.last?.isComplete ?? false {
            repairFailed()
            return
        }
        if cache[uri] == nil { _ = cache.make(uri, .loadingFromSource) }
        guard let chunk = cache[uri], !chunk.isComplete else { return }
        let purpose = Download.Purpose.repair(chunk: chunk.index)
        guard !downloads.contains(where: { $0.purpose == purpose }) else { return }
        if conduct.judges(.repairedChunkUnstable, holds: true) { cache[chunk.index]?.isStable = false }
        cache[chunk.index]?.state = .loadingFromSource
        cache[chunk.index]?.isErroneous = false
        repairs += 1
        tell(.repairing(uri: uri))
        log("P2PNetworkRepairer", "repairData url=\(uri)")
        download(purpose, uri)
    }

    /// More of a chunk has come over HTTP: passes on the pieces that were missing and are whole now.
    func repairProgressed(_ index: Int, _ body: [UInt8]) {
        guard var chunk = cache[index], let division, !chunk.isComplete else { return }
        var hasGained = false
        for assignment in division.assignments where assignment.length > 0 && !chunk.holds(assignment) {
            let end = assignment.offset + assignment.length
            guard end <= body.count else { break }
            let content = body[assignment.offset..<end]
            let part = MediaChunk.Part(id: assignment.id, offset: assignment.offset, content: content)
            // Never complete by this: how long it is turns out in the end.
            if chunk.insert(part, isComplete: { _ in false }) { hasGained = true }
        }
        guard hasGained else { return }
        cache[index] = chunk
        propagate(chunk)
    }
}
