internal import RTMFP

/// A segment that the player waits for (swarm-algorithm §7.1).
struct Want {
    /// The number of the player's request.
    let id: Int
    let uri: String
    let path: String
    /// The stage of stall detection that comes next, from 1; nil if none does.
    var stage: Int?
    /// When that is.
    var deadline: Instant?
    /// Peers that were asked at the last stage.
    var asked: [PeerID] = []
}
