internal import RTMFP

/// The search for peers that take over pieces which nobody delivers (swarm-algorithm §8.2).
struct TopologyRepair {
    enum State: Hashable {
        case waitingForPeers
        case pinging, asking, going, stopping
        /// No more peers can be had: the next segment that peers do not deliver decides.
        case failedPending
    }

    struct Candidate {
        enum Standing: Hashable {
            /// Not asked in this attempt yet.
            case initial
            /// Asked, and has not answered.
            case waiting
            case yes, no
        }

        let id: PeerID
        var standing = Standing.initial
        /// What it was asked about.
        var uri = ""
        /// Which of `homeless` it was asked to take over.
        var task: Int?
    }

    var state = State.waitingForPeers
    /// The pieces that need somebody.
    let homeless: [Assignment]
    /// Whether there is one attempt only: the way back from the CDN.
    let isOneShot: Bool
    let beganAt: Instant
    /// U1 of the last round, at first the chunk that was missed.
    var uri: String
    var candidates: [Candidate] = []
    /// The request ID of the round at hand.
    var round = ""
    /// When the round is over.
    var deadline: Instant?
    var visits = 0

    func contains(_ peer: PeerID) -> Bool { candidates.contains { $0.id == peer } }

    var isWaiting: Bool { candidates.contains { $0.standing == .waiting } }

    /// Takes note of an answer in the round at hand; false if it is none.
    mutating func answered(_ peer: PeerID, _ standing: Candidate.Standing) -> Bool {
        guard let index = candidates.firstIndex(where: { $0.id == peer && $0.standing == .waiting }) else {
            return false
        }
        candidates[index].standing = standing
        return true
    }
}
