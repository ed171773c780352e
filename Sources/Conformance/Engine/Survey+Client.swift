import RTMFP

extension Survey {
    /// Calls a client, and lets it open a session.
    init(client ground: Ground, seed: UInt64, scale: Double) throws {
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
        do {
            let session = try reception.open()
            for _ in 0..<4 {
                let sent = session.peer.now
                try session.ping()
                roundTrip = min(roundTrip, session.peer.now - sent)
            }
            capabilities.insert(.sessions)
        } catch let unmet as Unmet {
            obstacle = "expected \(unmet.expected), but \(unmet.actual)"
        } catch let obstructed as Obstructed {
            obstacle = "expected \(obstructed.unmet.expected), but \(obstructed.unmet.actual)"
        }
    }
}
