internal import Flash
internal import RTMFP

/// What those get whom this client feeds (swarm-algorithm §6.2, §6.3).
extension Swarm {
    /// A peer asks for something.
    func serve(_ request: Request, _ id: Int, _ neighbour: Neighbour) {
        switch request {
        case .hasChunk(let uri, let echo):
            answer(.hasChunk(offer(uri, echo)), to: id, neighbour)
        case .getPiece(let uri, let assignment):
            answer(piece(uri, assignment).map(Response.getPiece) ?? .noPiece, to: id, neighbour)
        case .goPushMode(let uri, let assignment):
            neighbour.windows.dropWaitingPieces()
            neighbour.slice = assignment
            neighbour.downstream = .pullToPush(uri: uri)
            answer(.goPushMode(result: true), to: id, neighbour)
            tellDownstream()
            if !conduct.judges(.pushAwaitsConfirm, holds: true) { beginPush(after: uri, neighbour) }
        case .goPushMode2(let uri, let assignment, let external):
            neighbour.windows.dropWaitingPieces()
            neighbour.slice = assignment
            neighbour.position = -1
            answer(.goPushMode2(result: true, externalID: external), to: id, neighbour)
            beginPush(after: uri, neighbour)
            tellDownstream()
        case .pausePush:
            // A stray pause would count as a relation.
            guard neighbour.isFed, conduct.judges(.pauseMinded, holds: true) else { return }
            neighbour.downstream = .paused
        case .resumePush(let uri):
            guard neighbour.isFed else { return }
            beginPush(after: uri, neighbour)
        case .stopPush(let external):
            if conduct.judges(.stopMinded, holds: true) {
                neighbour.windows.dropWaitingPieces()
                neighbour.downstream = .pull
                neighbour.slice = nil
            }
            answer(.stopPush(externalID: external), to: id, neighbour)
            tellDownstream()
        case .ping(let pingID, let external):
            answer(.ping(pingID: pingID, externalID: external), to: id, neighbour)
        case .speedTest(let start, let test):
            answer(.speedTest(start: start, id: test), to: id, neighbour)
        case .close:
            dismiss(neighbour)
        }
    }

    /// A response was confirmed: after that of `goPushMode` the pushing begins.
    func confirmed(_ response: Response, _ neighbour: Neighbour) {
        guard case .goPushMode = response, case .pullToPush(let uri) = neighbour.downstream else { return }
        neighbour.position = -1
        beginPush(after: uri, neighbour)
    }

    private func offer(_ uri: String?, _ id: AMF3Value) -> ChunkAnswer {
        let chunk = uri.flatMap { cache[$0] }
        let isOffered = chunk.map { $0.isComplete && $0.isStable && $0.size ?? 0 > 0 } ?? false
        let average = cache.average
        return ChunkAnswer(
            uri: uri,
            result: conduct.judges(.chunkOffered, holds: isOffered),
            id: id,
            outPeerNumber: neighbours.count { $0.isFed || $0.isIdle && $0.hasBeenReady(for: .seconds(30), at: now) },
            averageChunkSize: average?.size ?? -1,
            averagedChunks: average?.count ?? 0
        )
    }

    private func piece(_ uri: String, _ assignment: Assignment) -> Piece? {
        let chunk = cache[uri]
        let isSound = assignment.isSound && assignment.id < assignment.count
        let content = isSound ? chunk?.extract(assignment) : nil
        guard conduct.judges(.pieceAvailable, holds: content != nil), let chunk, let content, let size = chunk.size
        else { return nil }
        return Piece(
            uri: chunk.uri,
            id: assignment.id,
            offset: assignment.offset,
            chunkSize: size,
            content: content,
            isFromStableSource: chunk.isStable,
            playlist: playlist.octets
        )
    }

    /// Pushes from the chunk after that one on; waits for that one if it is not there.
    private func beginPush(after uri: String, _ neighbour: Neighbour) {
        neighbour.isFresh = true
        let start = cache[uri] ?? (conduct.judges(.startAwaited, holds: true) ? nil : cache.chunks.first)
        guard let chunk = start else {
            neighbour.downstream = .resume(uri: uri)
            return
        }
        enterPush(after: chunk, neighbour)
        catchUp(neighbour)
    }

    private func enterPush(after chunk: MediaChunk, _ neighbour: Neighbour) {
        neighbour.downstream = .push
        let start = conduct.judges(.pushStartsAfter, holds: true) ? chunk.index : chunk.index - 1
        neighbour.position = max(neighbour.position, start)
    }

    /// Pushes all complete chunks that are newer, up to the first that is not.
    private func catchUp(_ neighbour: Neighbour) {
        guard let slice = neighbour.slice else { return }
        guard conduct.judges(.catchesUp, holds: true) else {
            neighbour.position = cache.newestComplete?.index ?? neighbour.position
            return
        }
        while let chunk = cache.next(after: neighbour.position), chunk.isComplete {
            neighbour.position = chunk.index
            if let content = chunk.extract(slice), !content.isEmpty { send(content, of: chunk, slice, neighbour) }
        }
    }

    /// A chunk has gained something, or will not: passes it on to everybody who is fed (swarm-algorithm §6.3).
    func propagate(_ chunk: MediaChunk) {
        for neighbour in neighbours {
            if case .resume(let uri) = neighbour.downstream, let start = cache[uri] {
                enterPush(after: start, neighbour)
            }
            if case .resume = neighbour.downstream, !conduct.judges(.othersServed, holds: true) { return }
            let isAgreed = conduct.judges(.pushAgreed, holds: neighbour.downstream == .push)
            // Whoever is pushed to has a slice, unless by mistake.
            guard isAgreed, let slice = neighbour.slice ?? neighbours.lazy.compactMap(\.slice).first else { continue }
            let isNext = cache.next(after: neighbour.position)?.index == chunk.index
            if neighbour.isFresh, !isNext { catchUp(neighbour) } else { propagate(chunk, slice, neighbour) }
            neighbour.isFresh = false
            if neighbour.windows.isDead { expel(neighbour) }
        }
    }

    private func propagate(_ newest: MediaChunk, _ slice: Assignment, _ neighbour: Neighbour) {
        while let chunk = cache.next(after: neighbour.position) {
            let content = chunk.extract(slice) { conduct.judges(.rangeComplete, holds: $0) }
            if let content, !chunk.isErroneous {
                neighbour.position = chunk.index
                send(content, of: chunk, slice, neighbour)
            } else if chunk.isErroneous || (newest.isComplete && newest.index > chunk.index) {
                // It will not come from here any more.
                neighbour.position = chunk.index
                if conduct.judges(.skippedChunkReported, holds: true) {
                    push(.pushPieceError(uri: chunk.uri), neighbour)
                }
            } else {
                return
            }
        }
    }

    private func send(_ content: ArraySlice<UInt8>, of chunk: MediaChunk, _ slice: Assignment, _ neighbour: Neighbour) {
        let piece = Piece(
            uri: chunk.uri,
            id: slice.id,
            offset: slice.offset,
            chunkSize: chunk.size,
            content: content,
            isFromStableSource: chunk.isStable,
            playlist: playlist.octets
        )
        push(.pushPiece(piece, PushTiming()), neighbour)
    }

    func tellDownstream() {
        tell(.downstream(neighbours.filter(\.isFed).map(\.id)))
    }
}
