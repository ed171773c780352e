public import HLSP2P
public import RTMFP

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
