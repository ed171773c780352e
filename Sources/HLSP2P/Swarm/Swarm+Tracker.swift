internal import RTMFP

/// Asking the tracker for peers (tracker-protocol §3.3).
extension Swarm {
    /// Asks now; a new query would cancel a running one, so there is only ever one.
    func queryTracker() {
        guard !tracker.isAsking else { return }
        tracker.asked(at: now)
        let size = configuration.querySize
        download(.tracker, TrackerAnswer.query(configuration.trackerURL, resource: configuration.resource, size: size))
    }

    /// The tracker has answered; an answer that is none counts as an empty list.
    func trackerAnswered(_ body: [UInt8]?) {
        let peers = body.map(TrackerAnswer.peers) ?? []
        // More than were asked for are more than there is use for.
        let isMeasured = conduct.judges(.answerMeasured, holds: true)
        let chosen = connect(to: peers, atMost: isMeasured ? configuration.querySize : peers.count)
        tracker.answered(chosen)
        connectingDone()
    }

    /// Asks for more peers, once that is due; false if it is not allowed (swarm-algorithm §8.2).
    func askForMorePeers(since began: Instant) -> Bool {
        let relations = neighbours.reduce(0) { $0 + ($1.upstream != .pull ? 1 : 0) + ($1.isFed ? 1 : 0) }
        guard relations <= SwarmConfiguration.relationLimit,
            now - began < conduct.interval(.topologyRepair, .seconds(30))
        else { return false }
        guard !tracker.isBusy else { return true }
        let earliest = tracker.askedAt.map { $0 + conduct.interval(.trackerQuery, .seconds(10)) } ?? now
        tracker.wants(at: max(now, earliest))
        if earliest <= now { queryTracker() }
        return true
    }
}

extension Swarm {
    /// Tells the tracker that the viewer leaves, as its page does (tracker-protocol §5).
    func sayGoodbye() {
        guard let tracker = WebAddress(configuration.trackerURL) else { return }
        let form = "peer_id=\(nearID)&app=\(configuration.resource.text.percentEncoded)"
        let url = tracker.resolving("peer_disconnect")
        output.append(.http(WebRequest(id: makeNumber(), .post(form: form), url)))
    }
}
