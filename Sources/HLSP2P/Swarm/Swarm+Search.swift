internal import Flash
internal import RTMFP

/// Establishing the topology (swarm-algorithm §5.3, §6.1).
extension Swarm {
    /// Begins the search for the second segment, once it is asked for and everybody is connected who will be.
    func beginSearch() {
        guard mode == .deciding, !hasSearched, search == nil, tracker.isDone,
            let want = wants.first(where: { $0.path != firstPath })
        else { return }
        hasSearched = true
        if cache[want.uri] == nil {
            cache.evict()
            _ = cache.make(want.uri, .initial)
        }
        search = Search(uri: want.uri, asked: Set(neighbours.map(\.id)))
        for neighbour in neighbours {
            if neighbour.isReady {
                ask(.hasChunk(uri: want.uri, id: .null), neighbour)
            } else {
                neighbour.pendingSearch = want.uri
            }
        }
        concludeSearch()
    }

    /// A peer has answered the search, or will not.
    func searchAnswered(by peer: PeerID, qualifies: Bool) {
        guard search?.asked.remove(peer) != nil else { return }
        if qualifies { search?.qualified.append(peer) }
        concludeSearch()
    }

    /// The answer to a `hasChunk` of the search.
    func searchAnswered(_ answer: ChunkAnswer, by peer: PeerID) {
        let isSound = conduct.judges(
            .basisPositive,
            holds: (1...MediaChunk.maximumSize).contains(answer.averageChunkSize)
        )
        if answer.result, isSound, search?.asked.contains(peer) ?? false {
            if answer.averagedChunks > search?.best?.count ?? -1 {
                search?.best = (answer.averageChunkSize, answer.averagedChunks)
            }
        }
        searchAnswered(by: peer, qualifies: answer.result && isSound)
    }

    private func concludeSearch() {
        guard let search else { return }
        if search.qualified.count == configuration.peerCount {
            self.search = nil
            join(search)
        } else if search.asked.isEmpty, !conduct.judges(.enoughPeers, holds: false) {
            self.search = nil
            for neighbour in neighbours { neighbour.pendingSearch = nil }
            enterCDN(.cdn)
        }
    }

    /// Pulls the chunk, a piece from each of the peers that have qualified.
    private func join(_ search: Search) {
        for neighbour in neighbours { neighbour.pendingSearch = nil }
        let used = search.qualified.compactMap { neighboursByID[$0] }
        if division == nil { division = Division(average: search.best?.size ?? -1, count: configuration.peerCount) }
        guard let division, used.count == division.assignments.count, let chunk = cache[search.uri] else {
            enterCDN(.cdn)
            return
        }
        log("P2PLoader", "will get from peers")
        mode = .p2p
        cache[chunk.index]?.state = .loadingFromPeers
        let timeout = Interval.seconds(targetDuration ?? 30)
        pull = Pull(uri: search.uri, chunk: chunk.index, deadline: now + timeout, waiting: used.map(\.id))
        for (neighbour, assignment) in zip(used, division.assignments) {
            neighbour.isUsed = true
            neighbour.assignment = assignment
            ask(.getPiece(uri: search.uri, assignment), neighbour)
        }
        tellUpstream()
        for index in wants.indices where wants[index].path != chunk.path && wants[index].path != firstPath {
            watch(index)
        }
    }

    /// A pulled piece has come.
    func pulled(_ piece: Piece, _ neighbour: Neighbour) {
        guard let pull, let assignment = neighbour.assignment, pull.waiting.contains(neighbour.id) else { return }
        guard piece.id == assignment.id, piece.offset == assignment.offset else {
            notPulled(neighbour)
            return
        }
        self.pull?.waiting.removeAll { $0 == neighbour.id }
        neighbour.upstream = .pullToPush
        store(piece, in: pull.chunk, neighbour)
        ask(.goPushMode(uri: pull.uri, assignment), neighbour)
        tellUpstream()
    }

    /// A piece will not be pulled: it is fetched elsewhere, at once (swarm-algorithm §11).
    func notPulled(_ neighbour: Neighbour) {
        guard let pull, pull.waiting.contains(neighbour.id) else { return }
        self.pull?.waiting.removeAll { $0 == neighbour.id }
        rehome(neighbour)
        missedURI = pull.uri
        repairOverHTTP(pull.uri)
        supervise()
    }

    /// The first chunk has taken too long (swarm-algorithm §7.2).
    func pullTimedOut() {
        guard let pull else { return }
        self.pull = nil
        stalls += 1
        tell(.stalled(uri: pull.uri, stage: 0))
        for peer in pull.waiting {
            if let neighbour = neighboursByID[peer] { rehome(neighbour) }
        }
        if !homeless.isEmpty {
            pauseUpstream()
            missedURI = pull.uri
        }
        repairOverHTTP(pull.uri)
        supervise()
    }
}
