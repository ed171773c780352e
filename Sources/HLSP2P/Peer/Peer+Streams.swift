internal import Flash
internal import RTMFP

/// Sessions with other peers (peer-protocol §2).
extension Peer {
    /// Does what the swarm algorithm wants.
    func carryOut(_ action: TransportAction) {
        switch action {
        case .connect(let peer):
            if let streams = sessionsByPeer[peer] {
                subscribe(streams)
            } else {
                let discriminator = EndpointDiscriminator(fingerprint: peer.octets).encoded
                let session = endpoint.open(
                    to: configuration.rendezvous,
                    endpointDiscriminator: discriminator,
                    at: now
                )
                openings[session] = peer
            }
        case .send(let envelope, let peer):
            if let streams = sessionsByPeer[peer] { send(envelope, streams) }
        case .disconnect(let peer):
            for (session, other) in openings where other == peer {
                openings[session] = nil
                endpoint.close(session, at: now)
            }
            if let streams = sessionsByPeer[peer] { end(streams) }
        }
    }

    /// Acts on an event of the endpoint.
    func handle(_ event: Event) {
        switch event {
        case .opened(let session, let opened):
            if session == rendezvousSession { openedRendezvous(session) } else { openedPeer(session, opened) }
        case .openFailed(let session, let reason):
            openFailed(session, reason)
        case .flowOpened(let flow, _), .message(let flow, _), .flowEnded(let flow), .flowRefused(let flow),
            .flowRejected(let flow, _), .flowFinished(let flow), .flowWritable(let flow):
            pass(event, to: flow.session)
        case .closed(let session, _):
            pass(event, to: session)
            if session == rendezvousSession { lostRendezvous() }
            if let streams = sessions[session] {
                forget(streams)
                lost(streams)
            }
        case .addressChanged, .pingReplied, .redirected, .keyed, .flowTurnedAway:
            break
        }
    }

    private func pass(_ event: Event, to session: SessionHandle) {
        if session == rendezvousSession {
            rendezvousConnection?.receive(event, at: now)
            lookAtRendezvous()
        } else if let streams = sessions[session] {
            streams.connection.receive(event, at: now)
            look(at: streams)
        }
    }

    private func openedPeer(_ session: SessionHandle, _ opened: OpenedSession) {
        guard let peer = PeerID(opened.farFingerprint) else {
            endpoint.close(session, at: now)
            return
        }
        let wanted = openings.contains { $0.value == peer }
        openings = openings.filter { $0.value != peer || $0.key != session }
        if let former = sessionsByPeer[peer] {
            // The far end would not have opened another if it still knew of that one.
            forget(former)
            endpoint.close(former.connection.session, at: now)
            lost(former)
        }
        let streams = PeerStreams(
            peer,
            PeerConnection(over: session, of: endpoint, conduct: messageConduct)
        )
        sessions[session] = streams
        sessionsByPeer[peer] = streams
        streams.idleDeadline = now + Peer.idleLimit
        if wanted { subscribe(streams) }
    }

    private func openFailed(_ session: SessionHandle, _ reason: OpenFailure) {
        if session == rendezvousSession {
            lostRendezvous()
            return
        }
        guard let peer = openings.removeValue(forKey: session) else { return }
        switch reason {
        case .glare:
            // The other session is about to open, or has opened.
            if let streams = sessionsByPeer[peer] { subscribe(streams) } else { openings[session] = peer }
        case .duplicate(let other):
            if let streams = sessions[other] { subscribe(streams) } else { openings[session] = peer }
        case .timedOut, .noCommonGroup, .tooManySessions, .abandoned:
            swarm.lost(peer, at: now)
        }
    }

    /// Subscribes to the far peer's public stream (S1, S2).
    private func subscribe(_ streams: PeerStreams) {
        streams.isRecorded = true
        streams.idleDeadline = nil
        openings = openings.filter { $0.value != streams.peer }
        guard conduct.judges(.notSubscribed, holds: streams.publicSubscription == nil) else { return }
        guard let stream = streams.connection.play(streams.peer.description, at: now) else {
            end(streams)
            lost(streams)
            return
        }
        streams.publicSubscription = stream
    }

    private func look(at streams: PeerStreams) {
        while true {
            let events = streams.connection.takeEvents()
            if events.isEmpty { return }
            for event in events { handle(event.event, of: event.stream, streams) }
        }
    }

    private func handle(_ event: NetStreamEvent, of stream: NetStream, _ streams: PeerStreams) {
        switch event {
        case .playRequested(let name, _):
            admit(stream, name, streams)
        case .status(let status):
            guard streams.owns(stream) else { return }
            if status.code == "NetStream.Play.Start" {
                started(stream, streams)
            } else if status.level == .error || status.code == "NetStream.Play.Failed" {
                end(streams)
                lost(streams)
            }
        case .message(let message):
            guard stream === streams.privateSubscription, case .success(let envelope) = Envelope.reading(message)
            else { return }
            swarm.receive(envelope, from: streams.peer, at: now)
        case .closed, .stopped:
            guard streams.owns(stream), conduct.judges(.closedStreamEndsSession, holds: true) else { return }
            end(streams)
            lost(streams)
        case .publishRequested, .paused, .wanted, .begun, .ended, .command:
            break
        }
    }

    /// The far peer wants to play a stream (peer-protocol §2.5).
    private func admit(_ stream: NetStream, _ name: String, _ streams: PeerStreams) {
        let isPublic = name == peerID.description
        let isPrivate = conduct.judges(.subscriberNamed, holds: name == streams.peer.description)
        let isTaken = !isPublic && streams.privatePublication != nil
        guard isPublic || isPrivate, !isTaken, swarm.admits(streams.peer) else {
            if conduct.judges(.refusalTold, holds: true) { stream.refusePlay("No stream for you", at: now) }
            return
        }
        let isNew = !streams.isRecorded
        streams.isRecorded = true
        streams.idleDeadline = nil
        if isNew { swarm.appeared(streams.peer, at: now) }
        if isPublic { streams.publicPublications.append(stream) } else { streams.privatePublication = stream }
        stream.acceptPlay(at: now)
        if conduct.judges(.notSubscribed, holds: streams.publicSubscription == nil),
            conduct.judges(.subscribesBack, holds: true)
        {
            subscribe(streams)
        }
        if !isPublic {
            let held = streams.held
            streams.held = []
            for envelope in held { send(envelope, streams) }
        }
        becomeReady(streams)
    }

    /// A stream that this end plays has started.
    private func started(_ stream: NetStream, _ streams: PeerStreams) {
        if stream === streams.publicSubscription {
            // It may be said twice.
            guard streams.privateSubscription == nil else { return }
            guard let subscription = streams.connection.play(peerID.description, at: now) else {
                end(streams)
                lost(streams)
                return
            }
            streams.privateSubscription = subscription
        } else if stream === streams.privateSubscription {
            streams.hasStarted = true
            becomeReady(streams)
            if let stream = streams.publicSubscription, !conduct.judges(.publicSubscriptionNeeded, holds: true) {
                streams.publicSubscription = nil
                streams.connection.close(stream, at: now)
            }
        }
    }

    private func becomeReady(_ streams: PeerStreams) {
        if conduct.judges(.bothStreamsUp, holds: streams.isReady) { swarm.ready(streams.peer, at: now) }
    }

    private func send(_ envelope: Envelope, _ streams: PeerStreams) {
        guard let stream = streams.privatePublication else {
            guard conduct.judges(.heldUntilPlayed, holds: true) else { return }
            if streams.held.count < PeerStreams.maximumHeld { streams.held.append(envelope) }
            return
        }
        let timestamp = UInt32(truncatingIfNeeded: now.nanoseconds / 1_000_000)
        let isPrivate = conduct.judges(.saidInPrivate, holds: true)
        let carrier = isPrivate ? stream : streams.publicPublications.last ?? stream
        guard carrier.send(envelope.message(timestamp: timestamp), at: now) else {
            end(streams)
            lost(streams)
            return
        }
    }

    /// Ends what there is with a far peer; the session stays for a while, in case that it subscribes again.
    private func end(_ streams: PeerStreams) {
        streams.closeStreams(at: now)
        streams.isRecorded = false
        streams.idleDeadline = now + Peer.idleLimit
    }

    /// Tells the swarm algorithm, which may know already.
    private func lost(_ streams: PeerStreams) {
        swarm.lost(streams.peer, at: now)
    }

    /// Forgets a session.
    func forget(_ streams: PeerStreams) {
        sessions[streams.connection.session] = nil
        if sessionsByPeer[streams.peer] === streams { sessionsByPeer[streams.peer] = nil }
    }
}
