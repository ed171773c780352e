internal import RTMFP

/// When the tracker is asked for peers, and what has become of those that it named (swarm-algorithm §5.3, §8.2).
struct TrackerQueries {
    /// When to ask next; nil if nobody wants to know.
    private(set) var due: Instant?
    private(set) var askedAt: Instant?
    /// Whether an answer is waited for.
    private(set) var isAsking = false
    /// The peers of the last answer that are neither ready nor gone.
    private(set) var connecting: Set<PeerID> = []
    private(set) var hasAnswered = false

    /// Whether everybody whom the tracker named is ready, has failed or is gone (swarm-algorithm §5.3).
    var isDone: Bool { hasAnswered && !isAsking && due == nil && connecting.isEmpty }

    /// Whether a batch is on its way.
    var isBusy: Bool { isAsking || !connecting.isEmpty }

    /// Somebody wants more peers, not before `instant`; an answer that is on its way will do.
    mutating func wants(at instant: Instant) {
        guard !isAsking else { return }
        due = due.map { min($0, instant) } ?? instant
    }

    mutating func asked(at now: Instant) {
        due = nil
        askedAt = now
        isAsking = true
    }

    mutating func answered(_ peers: [PeerID]) {
        isAsking = false
        hasAnswered = true
        connecting = Set(peers)
    }

    /// A peer has become ready, or is gone; true if it was the last.
    mutating func settled(_ peer: PeerID) -> Bool {
        connecting.remove(peer) != nil && connecting.isEmpty
    }
}
