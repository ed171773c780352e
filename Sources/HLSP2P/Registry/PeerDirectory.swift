public import RTMFP

/// The lists of connected peers as a tracker sees them.
///
/// Answers come at once or later, on whatever thread.
public protocol PeerDirectory: Sendable {
    /// Peers of a resource: `size` of them, or all if there are fewer. Which ones is left to chance.
    func peers(
        of resource: ResourceName,
        atMost size: Int,
        _ done: @escaping @Sendable (Result<[PeerID], RegistryUnavailable>) -> Void
    )

    /// How many peers a resource has.
    func count(
        of resource: ResourceName,
        _ done: @escaping @Sendable (Result<Int, RegistryUnavailable>) -> Void
    )

    /// Takes one occurrence of a peer, the one nearest to the head, off a list; none, if it is not there.
    ///
    /// - Parameter host: who asks for it. Where it is known which host the peer is at, no other one can have it removed;
    ///   nil is trusted.
    func remove(
        _ peerID: PeerID,
        from resource: ResourceName,
        askedBy host: SocketAddress.IP?,
        _ done: @escaping @Sendable (Result<Void, RegistryUnavailable>) -> Void
    )

    /// Whether the directory can be asked.
    func check(_ done: @escaping @Sendable (Result<Void, RegistryUnavailable>) -> Void)
}

/// The registry cannot be asked now; trying again may help.
public struct RegistryUnavailable: Error, Hashable, CustomStringConvertible {
    /// One sentence.
    public let description: String

    /// Makes one.
    public init(_ description: String) {
        self.description = description
    }
}
