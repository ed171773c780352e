import RTMFP

extension Survey {
    /// Has a peer set out, and waits until it registers.
    init(peer world: any StageWorld, seed: UInt64, scale: Double) throws {
        let stage = try Stage(world, transcript: Transcript(), scale: scale, seed: seed)
        defer { stage.close() }
        do {
            try stage.begin()
        } catch let obstructed as Obstructed {
            let ending = stage.client?.ending.map { "; the peer \($0)" } ?? ""
            throw Unreachable(
                reason: "no peer came: expected \(obstructed.unmet.expected), but \(obstructed.unmet.actual)\(ending)"
            )
        }
        self.init(roundTrip: .milliseconds(1), capabilities: [], obstacle: nil)
    }
}
