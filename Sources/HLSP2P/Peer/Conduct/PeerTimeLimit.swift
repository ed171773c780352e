/// How long a peer waits for what (peer-protocol §5.5, swarm-algorithm §1).
public enum PeerTimeLimit: Hashable, Sendable, CaseIterable {
    /// MSG_TIMEOUT: a windowed message is answered, or confirmed.
    case message
    /// PEER_CONNECT_TIMEOUT: a peer becomes ready.
    case peerConnect
    /// SESSION_CONNECTION_TIMEOUT: the rendezvous answers.
    case sessionConnection
    /// CHANGE_TO_P2P_RETRY_TIME: the way back from the CDN is tried again.
    case changeToP2P
    /// T, the segment download timeout: each stage of stall detection, and the first octets over HTTP.
    case segment
    /// DESPERATE_TIMEOUT: the last stage of stall detection.
    case desperate
    /// The greatest round trip of a speed test that is not slow.
    case speedTest
    /// One round of a topology repair.
    case repairRound
    /// REPAIR_TOPO_TIMEOUT: a topology repair asks for more peers.
    case topologyRepair
    /// A candidate that has just connected gets a second chance.
    case secondChance
    /// From one query of the tracker to the next.
    case trackerQuery
    /// From one clean-up to the next, and the age of an idle peer.
    case cleanUp
    /// A playlist is answered from the cache.
    case cachedPlaylist
    /// A peer that was lost is not connected to again.
    case reconnect
}
