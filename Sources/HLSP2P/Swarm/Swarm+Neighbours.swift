internal import Flash
public import RTMFP

/// Peers that come, are there, and go.
extension Swarm {
    /// Whether a peer may subscribe to this client's streams (peer-protocol §2.5).
    public func admits(_ peer: PeerID) -> Bool {
        let fed = neighbours.count(where: \.isFed)
        let isKnown = neighboursByID[peer] != nil
        let hasRoom = isKnown || neighbours.count < configuration.maximumNeighbours
        return conduct.judges(.subscriberAdmitted, holds: fed <= SwarmConfiguration.outPeerLimit && hasRoom)
            && (conduct.judges(.failedMayCome, holds: true) || !failed.contains(peer))
    }

    /// A peer that was admitted has subscribed to this client's public stream, and is subscribed to in turn.
    public func appeared(_ peer: PeerID, at now: Instant) {
        pass(to: now)
        _ = neighbour(peer)
    }

    /// The streams with a peer are up, and messages may be sent (peer-protocol §2.3).
    public func ready(_ peer: PeerID, at now: Instant) {
        pass(to: now)
        let neighbour = neighbour(peer)
        // It may be signalled twice.
        guard !neighbour.isReady else { return }
        neighbour.readyAt = now
        if let uri = neighbour.pendingSearch {
            neighbour.pendingSearch = nil
            ask(.hasChunk(uri: uri, id: .null), neighbour)
        }
        settled(peer)
    }

    /// The session with a peer is at its end, whoever ended it.
    public func lost(_ peer: PeerID, at now: Instant) {
        pass(to: now)
        guard let neighbour = neighboursByID[peer] else { return }
        remove(neighbour, isFailure: neighbour.closeSentAt == nil)
    }

    /// Something has come from a peer.
    public func receive(_ envelope: Envelope, from peer: PeerID, at now: Instant) {
        pass(to: now)
        for envelope in conduct.receives(envelope, from: peer) {
            guard let neighbour = neighboursByID[peer] else { return }
            let incoming = neighbour.windows.receive(envelope, at: now)
            flush(neighbour)
            switch incoming {
            case .request(let request, let id): serve(request, id, neighbour)
            case .response(let response, let request): receive(response, to: request, neighbour)
            case .push(let push): receive(push, neighbour)
            case .confirmed(let response, _): confirmed(response, neighbour)
            case nil: break
            }
            if neighboursByID[peer] === neighbour, neighbour.windows.isDead { expel(neighbour) }
        }
    }

    /// The record of a peer, made if there is none.
    @discardableResult
    func neighbour(_ peer: PeerID) -> Neighbour {
        if let known = neighboursByID[peer] { return known }
        let new = Neighbour(
            peer,
            windows: MessageWindows(clock: configuration.clock, conduct: conduct),
            connectDeadline: now + conduct.interval(.peerConnect, .seconds(10))
        )
        neighbours.append(new)
        neighboursByID[peer] = new
        return new
    }

    func ask(_ request: Request, _ neighbour: Neighbour) {
        neighbour.windows.ask(request, at: now)
        flush(neighbour)
    }

    func answer(_ response: Response, to id: Int, _ neighbour: Neighbour) {
        neighbour.windows.answer(response, to: id, at: now)
        flush(neighbour)
    }

    func push(_ push: Push, _ neighbour: Neighbour) {
        neighbour.windows.push(push, at: now)
        flush(neighbour)
    }

    private func flush(_ neighbour: Neighbour) {
        for envelope in neighbour.windows.takeEnvelopes() {
            for envelope in conduct.sends(envelope, to: neighbour.id) {
                actions.append(.send(envelope, to: neighbour.id))
            }
        }
    }

    /// Connects to those of `peers` that are somebody else, not known and not failed; gives those.
    ///
    /// - Parameter limit: to how many at most.
    func connect(to peers: [PeerID], atMost limit: Int) -> [PeerID] {
        var chosen: [PeerID] = []
        for peer in peers where chosen.count < limit {
            let isOther = conduct.judges(.peerIsOther, holds: peer != nearID)
            let isSound = conduct.judges(.peerNotFailed, holds: !failed.contains(peer))
            let mayReturn = departed[peer].map { $0 <= now } ?? true
            guard isOther, isSound, mayReturn, neighboursByID[peer] == nil,
                neighbours.count < configuration.maximumNeighbours + TrackerAnswer.maximumPeers
            else { continue }
            neighbour(peer)
            actions.append(.connect(peer))
            chosen.append(peer)
        }
        return chosen
    }

    /// Ends the session with a peer that has failed.
    func expel(_ neighbour: Neighbour) {
        guard neighboursByID[neighbour.id] === neighbour else { return }
        actions.append(.disconnect(neighbour.id))
        remove(neighbour, isFailure: true)
    }

    /// Ends the session with a peer that has announced the end.
    func dismiss(_ neighbour: Neighbour) {
        guard neighboursByID[neighbour.id] === neighbour else { return }
        actions.append(.disconnect(neighbour.id))
        remove(neighbour, isFailure: false)
    }

    private func remove(_ neighbour: Neighbour, isFailure: Bool) {
        neighbours.removeAll { $0 === neighbour }
        neighboursByID[neighbour.id] = nil
        octetsToFormerPeers += neighbour.windows.octetsSent
        if isFailure { failed.insert(neighbour.id) }
        // Its timers may still run at the far end.
        if departed.count > SwarmConfiguration.failedLimit { departed.removeAll() }
        departed[neighbour.id] = now + conduct.interval(.reconnect, .seconds(30))
        if neighbour.isFed { tellDownstream() }
        searchAnswered(by: neighbour.id, qualifies: false)
        lostUpstream(neighbour)
        if repair?.answered(neighbour.id, .no) ?? false { proceedIfAnswered() }
        repair?.candidates.removeAll { $0.id == neighbour.id && $0.standing == .initial }
        settled(neighbour.id)
    }

    private func settled(_ peer: PeerID) {
        if tracker.settled(peer) { connectingDone() }
    }

    /// Those whom the tracker named are ready, have failed or are gone.
    func connectingDone() {
        guard tracker.isDone else { return }
        beginSearch()
        if let repair, repair.state == .waitingForPeers { beginRepairRound() }
    }

    /// Runs the timers of sessions.
    func advanceNeighbours() {
        for neighbour in neighbours where neighbour.nextDeadline.map({ $0 <= now }) ?? false {
            neighbour.windows.advance(to: now)
            let isLate = !neighbour.isReady && neighbour.connectDeadline <= now
            if neighbour.windows.isDead || isLate { expel(neighbour) }
        }
    }

    /// Takes leave of peers that neither feed nor are fed (swarm-algorithm §10).
    func cleanUp() {
        let period = conduct.interval(.cleanUp, .seconds(60))
        cleanUpAt = now + period
        departed = departed.filter { $0.value > now }
        for neighbour in neighbours {
            guard neighbour.isReady, neighbour.isIdle, repair?.contains(neighbour.id) != true else { continue }
            if neighbour.closeSentAt != nil {
                expel(neighbour)
            } else if neighbour.hasBeenReady(for: period, at: now) {
                neighbour.closeSentAt = now
                ask(.close, neighbour)
            }
        }
    }
}
