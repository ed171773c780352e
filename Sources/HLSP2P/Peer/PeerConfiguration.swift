public import RTMFP

/// What a peer is told (swarm-algorithm §12).
public struct PeerConfiguration: Sendable {
    /// About the stream.
    public var swarm: SwarmConfiguration
    /// The URL that is connected to: `rtmfp_url` without its last part.
    public var rendezvousURL: String
    /// Where the rendezvous is; empty as long as that is not known.
    public var rendezvous: [SocketAddress]
    /// Where this peer can be reached, as far as it knows; told to the rendezvous.
    public var localAddresses: [SocketAddress] = []
    /// About the endpoint. The identity is the peer's.
    public var endpoint: Configuration

    /// Makes a configuration.
    public init(
        swarm: SwarmConfiguration,
        rendezvousURL: String,
        rendezvous: [SocketAddress],
        endpoint: Configuration
    ) {
        self.swarm = swarm
        self.rendezvousURL = rendezvousURL
        self.rendezvous = rendezvous
        self.endpoint = endpoint
        // A whole piece must not keep the answer to a ping from being queued (peer-protocol §3.3).
        self.endpoint.flows.sendQueue = 64 << 20
        // Sessions that come and say nothing are closed after a while; until then there are not too many.
        let sessions = 2 * swarm.maximumNeighbours + TrackerAnswer.maximumPeers
        self.endpoint.maximumSessions = min(endpoint.maximumSessions, sessions)
    }

    /// `rtmfp_url`, divided at its last slash into what is connected to and the name of the resource; nil if it cannot
    /// be (tracker-protocol §8.1).
    public static func split(_ url: String) -> (url: String, resource: ResourceName)? {
        guard url.hasPrefix("rtmfp://"), let slash = url.lastIndex(of: "/") else { return nil }
        let left = String(url[..<slash])
        guard left.utf8.count > "rtmfp://".utf8.count,
            let resource = ResourceName(String(url[url.index(after: slash)...]))
        else { return nil }
        return (left, resource)
    }
}
