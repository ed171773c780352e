import RTMFP

extension Survey {
    /// Has a peer set out, and waits until it registers; or has the checker introduced to one that is there.
    init(peer world: any StageWorld, seed: UInt64, scale: Double) throws {
        let stage = try Stage(world, transcript: Transcript(), scale: scale, seed: seed)
        defer { stage.close() }
        if let acquaintance = stage.acquaintance {
            try Survey.meet(acquaintance, on: stage)
        } else {
            try Survey.begin(stage)
        }
        self.init(roundTrip: .milliseconds(1), capabilities: stage.acquaintance == nil ? [.staging] : [], obstacle: nil)
    }

    private static func begin(_ stage: Stage) throws {
        do {
            try stage.begin()
        } catch let obstructed as Obstructed {
            let ending = stage.client?.ending.map { "; the peer \($0)" } ?? ""
            throw Unreachable(
                reason: "no peer came: expected \(obstructed.unmet.expected), but \(obstructed.unmet.actual)\(ending)"
            )
        }
    }

    /// Opens a session with the peer.
    private static func meet(_ acquaintance: PeerAcquaintance, on stage: Stage) throws {
        let puppet: Puppet
        do {
            puppet = try stage.puppet("the checker")
        } catch is Obstructed {
            throw Unreachable(
                reason:
                    "the rendezvous at \(acquaintance.rendezvous) does not answer, or lets nobody in who connects to "
                    + acquaintance.connectURL
            )
        }
        puppet.seek()
        do {
            try stage.wait(until: "a session", within: .seconds(5)) { puppet.session != nil }
        } catch is Unmet {
            throw Unreachable(
                reason: "no session with peer \(acquaintance.id): the rendezvous at \(acquaintance.rendezvous) "
                    + "introduces nobody with that ID, or the peer does not answer"
            )
        }
    }
}
