/// What a client is told about its stream (swarm-algorithm §12).
public struct SwarmConfiguration: Hashable, Sendable {
    /// `m3u8_url`: a live media playlist of one rendition.
    public var playlistURL: String
    /// `http_tracker`: where peers are asked for.
    public var trackerURL: String
    /// The name under which the viewers of the stream find each other.
    public var resource: ResourceName
    /// `rtmfp_url_peers`: N, the number of pieces and of upstream peers.
    public var peerCount: Int
    /// `source_servers`: hosts, with or without port, that segments are loaded from in turn; empty for the playlist's.
    public var sourceServers: [String] = []
    /// `remote_log_base_url`: where lines of the log go to; nil for nowhere.
    public var logURL: String?
    /// What time it is elsewhere.
    public var clock: WallClock
    /// Peers at most that this one has to do with; who comes when there are so many is refused. Those whom the tracker
    /// names have a few places more.
    public var maximumNeighbours = 200

    /// OUT_PEER_LIMIT: who comes when more than that are fed is refused (peer-protocol §2.5).
    public static let outPeerLimit = 50
    /// Upstream and downstream relations beyond which a repair asks for no more peers.
    static let relationLimit = 100
    /// Entries of the failed list.
    static let failedLimit = 1_000
    /// Segment requests of the player that wait, at most; the oldest is given up.
    static let maximumWants = 32

    /// Makes a configuration.
    public init(
        playlistURL: String,
        trackerURL: String,
        resource: ResourceName,
        peerCount: Int = 2,
        clock: WallClock
    ) {
        self.playlistURL = playlistURL
        self.trackerURL = trackerURL
        self.resource = resource
        self.peerCount = min(max(peerCount, 1), Division.maximumCount)
        self.clock = clock
    }

    /// Whom segments are loaded from: the source servers, or else the playlist's host (swarm-algorithm §5.2).
    var segmentServers: [String] {
        guard sourceServers.isEmpty else { return sourceServers }
        return WebAddress(playlistURL).map { [$0.authority] } ?? []
    }

    /// How many peers the tracker is asked for: trunc(N x 1.5).
    var querySize: Int { peerCount * 3 / 2 }
}
