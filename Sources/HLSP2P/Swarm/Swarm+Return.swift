internal import RTMFP

/// The way back from the CDN into the swarm (swarm-algorithm §9).
extension Swarm {
    /// A new segment is asked for in CDN mode.
    func proceedBack(_ uri: String) {
        switch wayBack {
        case .initial:
            let pause = conduct.interval(.changeToP2P, .seconds(30))
            let nobodyFed = !neighbours.contains(where: \.isFed)
            guard case .connected = rendezvous, failedAt.map({ now - $0 >= pause }) ?? true, repair == nil,
                conduct.judges(.nobodyFed, holds: nobodyFed)
            else { return }
            wayBack = .waitForNextOpen(uri: uri)
        case .waitForNextOpen(let missed):
            guard repair == nil else { return }
            if division == nil {
                division = cache.average.flatMap { Division(average: $0.size, count: configuration.peerCount) }
            }
            guard let division else {
                wayBack = .failed
                failedAt = now
                return
            }
            wayBack = .waitEnoughPeers
            let pieces = division.assignments.map { assignment in
                // How many there are is not told here.
                Assignment(
                    id: assignment.id,
                    count: Assignment.uncounted,
                    offset: assignment.offset,
                    length: assignment.length
                )
            }
            beginRepair(of: pieces, missed, isOneShot: true)
        case .waitEnoughPeers:
            break
        case .failed:
            wayBack = .initial
        case .arrived:
            wayBack = .initial
            // Somebody may have gone in the meantime; that is repaired as usual.
            log("P2PLoader", "change to p2p network ok, will get from peers")
            mode = .p2p
        }
    }
}
