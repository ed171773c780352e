public import RTMFP

/// Where a rendezvous registers its clients.
///
/// Called from one place at a time, and never blocks. A registry that has to ask somebody else answers `pending`, and
/// gives the outcome later, which whoever drives it tells by `Rendezvous.complete`.
public protocol Registry: AnyObject {
    /// Puts a peer at the head of its resource's list.
    ///
    /// The client gets to know that it is connected only after this has come to a good end.
    func register(_ registration: Registration) -> RegistrationOutcome

    /// Takes one occurrence of a peer, the one nearest to the head, off its resource's list.
    ///
    /// Called once for every registration that has come to a good end. The peer may be gone already.
    func unregister(_ registration: Registration)

    /// Where another rendezvous that shares the registry, and to which that peer is connected, can be asked for it.
    ///
    /// Called for every IHello that seeks a peer which is not connected here. A registry that has to ask somebody else
    /// answers nothing, and knows when the seeker repeats its IHello.
    func rendezvous(of peerID: PeerID) -> [SocketAddress]

    /// What has come of registrations that were `pending`, in order; each is told once.
    func takeOutcomes() -> [(Registration, RegistrationOutcome)]

    /// Has `notify` called, on whatever thread, when there are outcomes to take.
    func whenOutcomes(_ notify: @escaping @Sendable () -> Void)

    /// The rendezvous stops: nothing that it has registered stays.
    func stop()
}

extension Registry {
    public func rendezvous(of peerID: PeerID) -> [SocketAddress] { [] }
    public func takeOutcomes() -> [(Registration, RegistrationOutcome)] { [] }
    public func whenOutcomes(_ notify: @escaping @Sendable () -> Void) {}
}

/// A peer that is to be in the list of a resource.
public struct Registration: Hashable, Sendable {
    /// Tells this registration from others, of the same peer too.
    public let ticket: UInt64
    /// The peer.
    public let peerID: PeerID
    /// The resource.
    public let resource: ResourceName
    /// The host at which the peer was seen; nil where that is not known.
    public let host: SocketAddress.IP?

    /// Makes one.
    public init(ticket: UInt64, peerID: PeerID, resource: ResourceName, host: SocketAddress.IP? = nil) {
        self.ticket = ticket
        self.peerID = peerID
        self.resource = resource
        self.host = host
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
