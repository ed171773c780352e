public import Links
public import RTMFP

/// Where a tracker is, and what there is beside it.
public struct TrackerSite {
    /// Carries connections to it.
    public var streams: any StreamNetwork
    /// The address that it listens at.
    public var address: SocketAddress
    /// What goes into the Host field: `host:port`.
    public var authority: String
    /// The tracker's registry, if the checker may write to it.
    public var registry: RegistryLedger?
    /// Whether there is a rendezvous at the ground's target; it need not share the tracker's registry.
    public var hasRendezvous: Bool
    /// What the names of resources have in common that this run makes up, so that two runs at a time do not meet.
    public var mark: String

    /// Describes a tracker.
    public init(
        streams: any StreamNetwork,
        address: SocketAddress,
        authority: String? = nil,
        registry: RegistryLedger? = nil,
        hasRendezvous: Bool = false,
        mark: String
    ) {
        self.streams = streams
        self.address = address
        self.authority = authority ?? "\(address)"
        self.registry = registry
        self.hasRendezvous = hasRendezvous
        self.mark = mark
    }
}
