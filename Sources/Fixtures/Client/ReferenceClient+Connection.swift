import Flash
import RTMFP

/// What the reference client does with its connection, and for its peers.
extension ReferenceClient {
    /// The stream that it plays, and plays to its peers.
    var streamName: String { told.split(separator: "/").last.map(String.init) ?? "" }

    func handle(_ event: NetConnectionEvent, at now: Instant) {
        switch event {
        case .connected:
            introduceItself(at: now)
            connection?.createStream(at: now)?.play(streamName, at: now)
        case .keepalive(let server, let peer):
            guard let connection, let period = fault.client.keeps(server) else { return }
            endpoint.setKeepalive(period, of: connection.session, at: now)
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

    /// A peer has something to tell about a stream that it plays.
    func serve(_ event: NetStreamEvent, of stream: NetStream, at now: Instant) {
        guard case .playRequested(let name, _) = event else { return }
        guard fault.client.offers(name, streamName) else {
            stream.refusePlay("no such stream", at: now)
            return
        }
        stream.acceptPlay(at: now)
        for number in 0..<3 {
            stream.send(TestMedia.video(UInt32(number)), at: now)
            stream.send(TestMedia.audio(UInt32(number)), at: now)
        }
    }
}
