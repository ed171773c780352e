public import RTMFP

/// What the player asks for (swarm-algorithm §4.4, §5.1).
extension Swarm {
    /// The player wants the playlist.
    ///
    /// - Returns: the number by which the answer is told.
    public func requestPlaylist(at now: Instant) -> Int {
        pass(to: now)
        let id = makeNumber()
        if conduct.judges(.cachedPlaylistUsable, holds: isCachedPlaylistUsable) {
            cachedAnswers.append((id, now + conduct.interval(.cachedPlaylist, .milliseconds(60))))
        } else {
            playlistWants.append(id)
            if playlistWants.count > SwarmConfiguration.maximumWants {
                output.append(.answer(playlistWants.removeFirst(), .unavailable))
            }
            if !downloads.contains(where: { $0.purpose == .playlist }) {
                download(.playlist, configuration.playlistURL)
            }
        }
        return id
    }

    /// The player wants a segment.
    ///
    /// - Parameter uri: its absolute URL.
    /// - Returns: the number by which the answer is told.
    public func requestSegment(_ uri: String, at now: Instant) -> Int {
        pass(to: now)
        let id = makeNumber()
        takeTargetDuration()
        if let data = cache[uri]?.data {
            // Whom peers feed again may never have to ask for a segment that is not there yet.
            if mode == .cdn, wayBack == .arrived { proceedBack(uri) }
            output.append(.answer(id, .data(data)))
            return id
        }
        if wants.count >= SwarmConfiguration.maximumWants {
            output.append(.answer(wants[0].id, .unavailable))
            removeWant(0)
        }
        let isRepeated = wants.contains { $0.path == uri.chunkPath }
        wants.append(Want(id: id, uri: uri, path: uri.chunkPath))
        if !isRepeated { obtain(wants.count - 1) }
        return id
    }

    /// The player does not want that any longer.
    public func cancel(_ id: Int, at now: Instant) {
        pass(to: now)
        if let index = wants.firstIndex(where: { $0.id == id }) { removeWant(index) }
        playlistWants.removeAll { $0 == id }
        cachedAnswers.removeAll { $0.id == id }
    }

    /// Forgets a request; another one for the same segment is watched in its place.
    private func removeWant(_ index: Int) {
        let want = wants.remove(at: index)
        guard let heir = wants.firstIndex(where: { $0.path == want.path }), wants[heir].stage == nil else { return }
        wants[heir].stage = want.stage
        wants[heir].deadline = want.deadline
        wants[heir].asked = want.asked
    }

    private func obtain(_ index: Int) {
        let want = wants[index]
        switch mode {
        case .fast:
            if firstPath == nil || firstPath == want.path {
                firstPath = want.path
                loadFirst(want)
            } else {
                mode = .deciding
                beginSearch()
            }
        case .deciding:
            // The player may want the first segment again, which is not cached; and it may have given up the segment for
            // which the search was to begin.
            if firstPath == want.path { loadFirst(want) } else { beginSearch() }
        case .cdn, .cdnOnly:
            let isNew = cache[want.uri] == nil
            if mode == .cdn, isNew { proceedBack(want.uri) }
            if mode == .p2p { watch(index) } else { load(want.uri) }
        case .p2p:
            cache.evict()
            watch(index)
        }
    }

    private func loadFirst(_ want: Want) {
        let purpose = Download.Purpose.first(path: want.path)
        if !downloads.contains(where: { $0.purpose == purpose }) { download(purpose, want.uri) }
    }

    /// Loads what the player waits for from a source.
    func load(_ uri: String) {
        let index: Int
        if let chunk = cache[uri] {
            let isLoading = downloads.contains {
                $0.purpose == .load(chunk: chunk.index) || $0.purpose == .repair(chunk: chunk.index)
            }
            guard !chunk.isComplete, !isLoading else { return }
            index = chunk.index
            cache[index]?.reset(.loadingFromSource)
        } else {
            cache.evict()
            index = cache.make(uri, .loadingFromSource)
        }
        // Nobody may build on this client while it is about to change (swarm-algorithm §4.3).
        let isSettled = wayBack == .initial || wayBack == .failed || mode == .cdnOnly
        cache[index]?.isStable = conduct.judges(.loadedChunkStable, holds: isSettled)
        download(.load(chunk: index), uri)
    }

    /// A chunk is complete: hands it to the player.
    func deliver(_ chunk: MediaChunk) {
        guard let data = chunk.data else { return }
        for want in wants where want.path == chunk.path { output.append(.answer(want.id, .data(data))) }
        wants.removeAll { $0.path == chunk.path }
        errorPaths.removeAll { $0 == chunk.path }
        if pull?.chunk == chunk.index { pull = nil }
    }

    /// A segment cannot be had: the player goes on without it.
    func skip(_ path: String, _ uri: String) {
        guard conduct.judges(.failedSegmentSkipped, holds: true) else { return }
        tell(.skipped(uri: uri))
        for want in wants where want.path == path { output.append(.answer(want.id, .unavailable)) }
        wants.removeAll { $0.path == path }
        if pull?.uri.chunkPath == path { pull = nil }
    }

    /// From now on segments come from sources, also those that the player waits for.
    func enterCDN(_ mode: SwarmMode) {
        self.mode = mode
        failedAt = now
        wayBack = .initial
        pull = nil
        log("P2PLoader", "will get from http server")
        for index in wants.indices {
            wants[index].stage = nil
            wants[index].deadline = nil
        }
        for want in wants {
            if want.path == firstPath { loadFirst(want) } else { load(want.uri) }
        }
    }

    private var isCachedPlaylistUsable: Bool {
        guard mode == .p2p, isPlaylistReady, playlist.octets != nil else { return false }
        return now - playlist.setAt < .seconds(targetDuration ?? 5)
    }

    private func takeTargetDuration() {
        guard targetDuration == nil, let octets = playlist.octets else { return }
        targetDuration = MediaPlaylist(octets)?.targetDuration
    }

    /// Answers from the cache, or not at all.
    func answerPlaylist(_ id: Int) {
        output.append(.answer(id, playlist.octets.map(PlayerAnswer.data) ?? .unavailable))
    }

    /// The playlist was loaded, or could not be.
    func playlistLoaded(_ octets: [UInt8]?) {
        var unnumbered: [UInt8]?
        if let octets, !playlist.adopt(octets, from: .source, at: now, conduct: conduct) {
            unnumbered = takeUnnumbered(octets)
        }
        for id in playlistWants {
            if let unnumbered { output.append(.answer(id, .data(unnumbered))) } else { answerPlaylist(id) }
        }
        playlistWants.removeAll()
    }

    /// A playlist without a media sequence number, whose first segment is number 0 (RFC 8216 §4.3.3.2): the player gets it
    /// as it is, and peers never do, who cannot read it (peer-protocol §8). Nil if it is none.
    private func takeUnnumbered(_ octets: [UInt8]) -> [UInt8]? {
        guard MediaPlaylist.mediaSequence(of: octets) == nil, let read = MediaPlaylist(octets) else { return nil }
        targetDuration = targetDuration ?? read.targetDuration
        return octets
    }
}
