import Flash
import RTMFP

extension Survey {
    /// Calls a client, and lets it open a session.
    init(client ground: Ground, seed: UInt64, scale: Double, streamName: String) throws {
        let timing = Timing(roundTrip: .milliseconds(130), scale: scale)
        let probe = Probe(ground, survey: .assumed, timing: timing, seed: seed)
        defer { probe.takeLeave() }
        let reception: Reception
        do {
            reception = try probe.receive()
        } catch let unmet as Unmet {
            throw Unreachable(reason: "no client came: expected \(unmet.expected), but \(unmet.actual)")
        }
        self.init(roundTrip: timing.patience, capabilities: [], obstacle: nil)
        self.streamName = streamName
        do {
            followsRedirects = try followsRedirects(reception)
            let session = try reception.open()
            pings = try session.echoesPings() ? .echoed : .answered
            for _ in 0..<4 {
                let sent = session.peer.now
                try session.say([.ping(Ping(message: probe.octets(12)))])
                _ = try session.expect("a Ping Reply") { heard in heard.pingReplies.isEmpty ? nil : heard }
                roundTrip = min(roundTrip, session.peer.now - sent)
            }
            capabilities.insert(.sessions)
            connect(session)
        } catch let unmet as Unmet {
            obstacle = "expected \(unmet.expected), but \(unmet.actual)"
        } catch let obstructed as Obstructed {
            obstacle = "expected \(obstructed.unmet.expected), but \(obstructed.unmet.actual)"
        }
    }

    /// Finds out whether the client asks to connect, and what it does then.
    private mutating func connect(_ session: ProbeSession) {
        guard let connection = try? session.expectConnect() else { return }
        capabilities.insert(.netConnection)
        guard (try? connection.accept()) != nil else { return }
        if (try? connection.giveStream()) != nil { capabilities.insert(.asksForStreams) }
        guard let peers = try? session.openToClient(),
            let subscription = try? PeerSubscription(peers, playing: streamName),
            (try? subscription.expect("a stream") { $0.type.isMedia || $0.type == .userControl }) != nil
        else { return }
        capabilities.insert(.offersStreams)
    }

    /// Whether the client asks at an address that a Redirect lists.
    private func followsRedirects(_ reception: Reception) throws -> Bool {
        let other = try reception.otherPeer()
        try reception.redirect(to: [other.localAddress])
        do {
            try reception.expectHello(at: other, within: .seconds(3), from: 0)
            return true
        } catch is Unmet {
            return false
        }
    }
}
