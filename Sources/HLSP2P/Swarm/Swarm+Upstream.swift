internal import Flash
internal import RTMFP

/// What comes from those who feed this client (swarm-algorithm §6.2, §6.4).
extension Swarm {
    /// A peer has answered.
    func receive(_ response: Response, to request: Request, _ neighbour: Neighbour) {
        switch (response, request) {
        case (.hasChunk(let answer), .hasChunk(_, .null)): searchAnswered(answer, by: neighbour.id)
        case (.hasChunk(let answer), .hasChunk(_, .string(let round))):
            repairAnswered(round, neighbour, answer.result ? .yes : .no)
        case (.getPiece(let piece), .getPiece): pulled(piece, neighbour)
        case (.noPiece, .getPiece): notPulled(neighbour)
        case (.goPushMode, .goPushMode):
            if neighbour.upstream == .pullToPush { neighbour.upstream = .push }
        case (.goPushMode2(let result, _), .goPushMode2(_, let assignment, let external)):
            wentPush(neighbour, result, assignment, external.text ?? "")
        case (.stopPush, .stopPush(.string(let round))): repairAnswered(round, neighbour, .yes)
        case (.ping(let pingID, _), .ping(_, .null)):
            guard pingID.integral == neighbour.pings, !neighbour.hasAnsweredPing else { return }
            neighbour.pings += 1
            neighbour.hasAnsweredPing = true
        case (.ping, .ping(_, .string(let round))): repairAnswered(round, neighbour, .yes)
        case (.speedTest(_, let id), .speedTest):
            if let start = speedTestsStarted[id] { neighbour.speed = now - start }
        default: break
        }
    }

    /// A peer has pushed something.
    func receive(_ push: Push, _ neighbour: Neighbour) {
        switch push {
        case .pushPiece(let piece, let timing): pushed(piece, timing, neighbour)
        case .pushPieceError(let uri):
            guard neighbour.assignment != nil, !(cache[uri]?.isComplete ?? false) else { return }
            isPlaylistReady = false
            let path = uri.chunkPath
            guard !errorPaths.contains(path) else { return }
            errorPaths.append(path)
            if errorPaths.count > ChunkCache.maximumCount { errorPaths.removeFirst() }
        }
    }

    private func pushed(_ piece: Piece, _ timing: PushTiming, _ neighbour: Neighbour) {
        // Whoever pushes without being asked to is confirmed, and ignored.
        guard let assignment = neighbour.assignment, neighbour.upstream != .pull else {
            if !conduct.judges(.uninvitedIgnored, holds: true), let index = cache[piece.uri]?.index {
                cache[index]?.complete(Array(piece.content))
            }
            return
        }
        neighbour.lastUsedTime = timing.lastUsedTime
        adopt(piece.playlist)
        if piece.playlist != nil { isPlaylistReady = true }
        let known = cache[piece.uri]
        guard known != nil || cache.hasRoomForPushes else { return }
        let index = known?.index ?? cache.make(piece.uri, .loadingFromPeers)
        if cache[index]?.state == .initial { cache[index]?.state = .loadingFromPeers }
        let isExpected = cache[index]?.state == .loadingFromPeers
        guard conduct.judges(.pieceExpected, holds: isExpected), piece.id == assignment.id,
            piece.offset == assignment.offset
        else { return }
        store(piece, in: index, neighbour)
    }

    /// Puts a piece in its place, and passes on what it makes possible.
    func store(_ piece: Piece, in index: Int, _ neighbour: Neighbour) {
        adopt(piece.playlist)
        guard var chunk = cache[index], !chunk.isComplete, let assignment = neighbour.assignment else { return }
        if let size = piece.chunkSize, size <= MediaChunk.maximumSize, chunk.size == nil { chunk.size = size }
        chunk.isStable = conduct.judges(.stabilityPassedOn, holds: true) ? piece.isFromStableSource : true
        // A piece of another length than was agreed would leave a gap, or hide another piece.
        let wanted = chunk.size.map { assignment.range(in: $0).count }
        let isLong = assignment.length >= 0 && piece.content.count > assignment.length
        if !isLong, wanted ?? piece.content.count == piece.content.count {
            let part = MediaChunk.Part(id: piece.id, offset: piece.offset, content: piece.content)
            if !conduct.judges(.firstPieceCounts, holds: true) { chunk.forget(piece.id) }
            let isNew = chunk.insert(part) { conduct.judges(.chunkComplete, holds: $0) }
            if isNew {
                neighbour.received += piece.content.count
                octetsFromPeers += piece.content.count
            } else {
                chunk.completeIfPossible { conduct.judges(.chunkComplete, holds: $0) }
            }
        }
        cache[index] = chunk
        if chunk.isComplete {
            cache[index]?.state = .loadFromPeersDone
            deliver(chunk)
        }
        propagate(cache[index] ?? chunk)
    }

    private func adopt(_ octets: [UInt8]?) {
        if let octets { _ = playlist.adopt(octets, from: .peer, at: now, conduct: conduct) }
    }

    /// An upstream peer is gone (swarm-algorithm §7.3).
    func lostUpstream(_ neighbour: Neighbour) {
        if pull?.waiting.contains(neighbour.id) ?? false {
            notPulled(neighbour)
            return
        }
        guard neighbour.upstream != .pull, neighbour.isUsed else { return }
        rehome(neighbour)
        tellUpstream()
        // What the player waits for is completed at once.
        for want in wants where mode == .p2p && want.path != firstPath {
            missedURI = missedURI ?? want.uri
            repairOverHTTP(want.uri)
        }
        supervise()
    }

    /// A peer will not deliver its piece any longer: somebody else must.
    func rehome(_ neighbour: Neighbour) {
        guard let assignment = neighbour.assignment, !homeless.contains(where: { $0.assignment.id == assignment.id })
        else { return }
        homeless.append((neighbour.id, assignment))
        neighbour.isUsed = false
    }

    /// Holds those back who push, as long as others are sought.
    func pauseUpstream() {
        for neighbour in neighbours where neighbour.isUsed && neighbour.upstream == .push {
            neighbour.upstream = .paused
            ask(.pausePush, neighbour)
        }
    }

    func tellUpstream() {
        tell(.upstream(neighbours.filter { $0.upstream != .pull }.map(\.id)))
    }
}
