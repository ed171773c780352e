/// Who is there: the lists of connected peers that the tracker reads.
///
/// Called from one place at a time. A registry that has to ask somebody else answers `pending`, and whoever drives it
/// tells the outcome by `Rendezvous.complete` later; it does not block.
public protocol Registry: AnyObject {
    /// Puts a peer at the head of its resource's list.
    ///
    /// The client gets to know that it is connected only after this has come to a good end.
    func register(_ registration: Registration) -> RegistrationOutcome

    /// Takes one occurrence of a peer, the one nearest to the head, off its resource's list.
    ///
    /// Called once for every registration that has come to a good end. The peer may be gone already.
    func unregister(_ registration: Registration)

    /// The server stops: deletes the lists of all resources.
    func stop()
}

/// A peer that is to be in the list of a resource.
public struct Registration: Hashable, Sendable {
    /// Tells this registration from others, of the same peer too.
    public let ticket: UInt64
    /// The peer.
    public let peerID: PeerID
    /// The resource.
    public let resource: ResourceName

    /// Makes one.
    public init(ticket: UInt64, peerID: PeerID, resource: ResourceName) {
        self.ticket = ticket
        self.peerID = peerID
        self.resource = resource
    }
}

/// What has come of a registration.
public enum RegistrationOutcome: Hashable, Sendable {
    /// The peer is in the list.
    case registered
    /// It is not, and will not be; the text says why.
    case failed(String)
    /// That will turn out later.
    case pending
}
