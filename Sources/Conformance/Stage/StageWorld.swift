public import HLSP2P
public import Links
public import RTMFP

/// Where a peer is judged: a network with room for the checker's own nodes, HTTP that the peer can reach, and the peer.
///
/// It is used by one thread, which lets time pass by `run`.
public protocol StageWorld: AnyObject {
    /// Tells the time, from any thread.
    var clock: @Sendable () -> Instant { get }

    /// How long the peer may take from its start to its registration.
    var patience: Interval { get }

    /// The peer, if it is there already; nil if the checker has it set out, and is its rendezvous, tracker and origin.
    var acquaintance: PeerAcquaintance? { get }

    /// Puts a node of the checker on the network.
    ///
    /// - Throws: `LinkError` if there is no address for it.
    func attach(_ node: any DatagramNode) throws -> SocketAddress

    /// Takes a node off the network without a word.
    func detach(_ address: SocketAddress)

    /// Has a service answer HTTP requests; gives the authority for URLs, `host:port`.
    ///
    /// - Throws: `LinkError` if there is no address for it.
    func serve(_ service: any HTTPService) throws -> String

    /// Has the peer set out.
    ///
    /// - Throws: `CannotCall` if it cannot be told to, `Unreachable` if none comes any more.
    func start(_ call: StageCall) throws -> any VisitingClient

    /// Lets time pass until `isDone` or `deadline`.
    ///
    /// - Throws: `LinkError` if the network breaks.
    func run(until deadline: Instant, _ isDone: () -> Bool) throws

    /// Takes everything off the network.
    func close()
}

extension StageWorld {
    public var acquaintance: PeerAcquaintance? { nil }
}

/// A peer that takes part in somebody else's swarm, and how the checker gets to know it.
public struct PeerAcquaintance: Sendable, Hashable {
    /// Who it is.
    public var id: PeerID
    /// The rendezvous that introduces it.
    public var rendezvous: SocketAddress
    /// The URL to connect to there.
    public var connectURL: String

    /// The resource that the checker connects for: one of its own, so that no tracker sends a viewer to it.
    public static let resource = "hlsp2p-check"

    /// Makes one.
    public init(_ id: PeerID, at rendezvous: SocketAddress, connectURL: String) {
        self.id = id
        self.rendezvous = rendezvous
        self.connectURL = connectURL
    }
}

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
