import Flash
import RTMFP

/// What the reference client does with its connection, and for its peers.
extension ReferenceClient {
    /// The stream that it plays, and plays to its peers.
    var streamName: String { task.uri.split(separator: "/").last.map(String.init) ?? "" }

    func handle(_ event: NetConnectionEvent, at now: Instant) {
        switch event {
        case .connected:
            introduceItself(at: now)
            if task.subscription == nil {
                connection?.createStream(at: now)?.play(streamName, at: now)
            } else {
                subscribe(at: now)
            }
        case .keepalive(let server, let peer):
            guard let connection, let (server, peer) = fault.client.keeps(server, peer) else { return }
            endpoint.setKeepalive(server, of: connection.session, at: now)
            endpoint.setKeepalive(peer, at: now)
        default: break
        }
    }

    /// Tells the server where the client may be reached (RFC 7425 §5.3.3).
    private func introduceItself(at now: Instant) {
        guard let connection else { return }
        let command = Command("setPeerInfo", [.string("\(home)")], form: connection.form)
        for command in fault.client.introduces(command) { connection.send(command, at: now) }
    }

    /// Sees to it that there is a session with the peer to play from (RFC 7425 §5.4.1).
    private func subscribe(at now: Instant) {
        guard let peerID = task.subscription?.peerID, let serverAddress else { return }
        if !fault.client.opensAnyway, let session = peers.first(where: { $0.value.peerID == peerID })?.key {
            met(session, at: now)
        } else {
            let discriminator = fault.client.seeks(EndpointDiscriminator(fingerprint: peerID)).encoded
            endpoint.open(to: [serverAddress], endpointDiscriminator: discriminator, at: now)
        }
    }

    /// There is a session with another client; if it is the one to play from, plays.
    func met(_ session: SessionHandle, at now: Instant) {
        guard let sought = task.subscription, subscription == nil, connection?.state == .connected,
            let neighbour = peers[session], neighbour.peerID == sought.peerID
        else { return }
        subscription = neighbour.connection.play(sought.streamName, at: now)
    }

    /// A peer has something to tell about a stream that either plays to the other.
    func serve(_ event: NetStreamEvent, of stream: NetStream, at now: Instant) {
        switch event {
        case .playRequested(let name, _):
            guard fault.client.offers(name, streamName) else {
                stream.refusePlay("no such stream", at: now)
                return
            }
            stream.acceptPlay(at: now)
            outlets.append((stream, 0))
            nextFrame = nextFrame ?? now
        case .closed where stream === subscription && fault.client.insists:
            subscription = nil
            for session in peers.keys.sorted() { met(session, at: now) }
        case .closed, .stopped:
            outlets.removeAll { $0.stream === stream }
        default: break
        }
    }

    /// Sends the frames that are due to those who play.
    func stream(at now: Instant) {
        guard let due = nextFrame, due <= now else { return }
        for index in outlets.indices {
            outlets[index].stream.send(TestMedia.video(outlets[index].next), at: now)
            outlets[index].stream.send(TestMedia.audio(outlets[index].next), at: now)
            outlets[index].next += 1
        }
        nextFrame = outlets.isEmpty ? nil : now + .milliseconds(100)
    }
}
