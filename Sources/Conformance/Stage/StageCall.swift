public import RTMFP

/// What a peer is told: the configuration of the original (swarm-algorithm §12).
public struct StageCall: Sendable, Hashable {
    /// `m3u8_url`
    public var playlistURL: String
    /// `rtmfp_url`
    public var rendezvousURL: String
    /// Where that is.
    public var rendezvous: SocketAddress
    /// `http_tracker`
    public var trackerURL: String
    /// `remote_log_base_url`
    public var logURL: String
    /// `rtmfp_url_peers`
    public var peerCount: Int
    /// `source_servers`; empty for the playlist's host.
    public var sourceServers: [String] = []

    /// `rtmfp_url_peers`, unless a case is about that.
    static let usualPeerCount = 2
}
