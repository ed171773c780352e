public import HLSP2P
public import RTMFP

/// A peer that takes part in somebody else's swarm, reached through the rendezvous of that swarm.
///
/// The checker has no hand in what the peer plays, nor in whom it is told about: it judges what a session shows.
public struct IntroducedPeer: Arena {
    public let targetArgument: String
    private let acquaintance: PeerAcquaintance

    /// Makes the arena.
    ///
    /// - Parameters:
    ///   - id: the peer's.
    ///   - target: its rendezvous, as a user names it; the checker connects as a peer with that `rtmfp_url` does, for
    ///     another resource.
    ///   - address: where that is.
    public init(_ id: PeerID, by target: TargetArgument, at address: SocketAddress) {
        acquaintance = PeerAcquaintance(
            id,
            at: address,
            connectURL: PeerConfiguration.split(target.uri)?.url ?? target.uri
        )
        targetArgument = "\(target.description.quoted) --peer \(id)"
    }

    public func enter(seed: UInt64) throws -> Ground {
        Ground(stage: LiveStage(acquaintance))
    }
}
