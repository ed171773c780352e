/// What a client wants done for it, or tells; in order.
public enum PeerOutput: Sendable {
    /// Make an HTTP request; `receive(_:of:at:)` tells what comes of it.
    case http(WebRequest)
    /// The request with that number is not wanted any longer.
    case cancel(Int)
    /// The player's request with that number is answered.
    case answer(Int, PlayerAnswer)
    /// Something has happened.
    case event(PeerEvent)
}

/// An HTTP request that a client wants made.
public struct WebRequest: Hashable, Sendable {
    /// GET, or POST of a form.
    public enum Method: Hashable, Sendable {
        case get
        /// The body, as `application/x-www-form-urlencoded`. What comes of it is of no interest.
        case post(form: String)
    }

    /// Tells it from others.
    public var id: Int
    /// What to do.
    public var method: Method
    /// Where.
    public var url: String

    /// Makes one.
    public init(id: Int, _ method: Method, _ url: String) {
        self.id = id
        self.method = method
        self.url = url
    }
}

/// What comes of an HTTP request.
public enum WebEvent: Hashable, Sendable {
    /// The status code has come.
    case status(Int)
    /// Octets of the body have come.
    case body([UInt8])
    /// All has come.
    case end
    /// There is no answer, or not all of it.
    case failed
}

/// What the player gets.
public enum PlayerAnswer: Hashable, Sendable {
    /// The playlist or the segment, whole.
    case data([UInt8])
    /// It cannot be had; for a segment, the player goes on with the next.
    case unavailable
}

/// Where segments come from (swarm-algorithm §5.1).
public enum SwarmMode: String, Hashable, Sendable, CaseIterable {
    /// The first segment: plain HTTP.
    case fast
    /// The second is asked for, and where it comes from is not clear yet.
    case deciding
    case p2p
    case cdn
    /// As `cdn`, without a way back.
    case cdnOnly
}

/// What a dashboard shows as it happens.
public enum PeerEvent: Hashable, Sendable {
    /// Segments come from elsewhere from now on.
    case mode(SwarmMode)
    /// The peers that feed this one have changed.
    case upstream([PeerID])
    /// The peers that this one feeds have changed.
    case downstream([PeerID])
    /// A segment stalls: stage 1 to 4, or 0 for the first chunk.
    case stalled(uri: String, stage: Int)
    /// A segment is completed over HTTP.
    case repairing(uri: String)
    /// A segment could not be had.
    case skipped(uri: String)
    /// A topology repair, or the way back into the swarm, has begun.
    case topologyRepairBegan
    /// It has come to its end.
    case topologyRepairEnded(success: Bool)
}

/// Where a client stands.
public struct PeerStatus: Hashable, Sendable {
    /// What has gone to and come from one peer.
    public struct Traffic: Hashable, Sendable {
        /// Octets of pieces that came.
        public var received = 0
        /// Octets of pieces that went.
        public var sent = 0
    }

    /// Where segments come from.
    public var mode: SwarmMode
    /// The peers that feed this one.
    public var upstream: [PeerID]
    /// The peers that this one feeds.
    public var downstream: [PeerID]
    /// All peers with a session that is ready.
    public var ready: [PeerID]
    /// Octets of segments that came from peers and were of use.
    public var octetsFromPeers: Int
    /// Octets of segments that came over HTTP.
    public var octetsFromSources: Int
    /// Octets of pieces that went to peers.
    public var octetsToPeers: Int
    /// Segments that stalled.
    public var stalls: Int
    /// Segments that were completed over HTTP.
    public var repairs: Int
    /// Octets that the cache holds.
    public var octetsCached: Int
    /// By peer, for those that are there.
    public var traffic: [PeerID: Traffic]
}

/// What a client wants of its sessions with other peers.
public enum TransportAction: Sendable {
    /// Open a session with that peer.
    case connect(PeerID)
    /// Say that to it.
    case send(Envelope, to: PeerID)
    /// Close all streams with it.
    case disconnect(PeerID)
}
