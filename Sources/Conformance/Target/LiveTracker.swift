public import Links
public import RTMFP

/// A tracker that listens somewhere, reached over TCP; beside it there may be a rendezvous, and a registry to write to.
public struct LiveTracker: Arena {
    private let address: SocketAddress
    private let authority: String
    private let rendezvous: Target?
    private let network: any Network
    private let registry: RegistryLedger?
    private let mark: String
    public let targetArgument: String

    /// Makes the arena.
    ///
    /// - Parameters:
    ///   - authority: What goes into the Host field; nil for the address.
    ///   - rendezvous: A rendezvous that may share the tracker's registry; whether it does, the survey finds out.
    ///   - network: What carries sessions to it.
    ///   - registry: The tracker's registry, if the checker may write to it.
    ///   - targetArgument: What repeats a case, after `--target`.
    public init(
        at address: SocketAddress,
        authority: String? = nil,
        rendezvous: Target? = nil,
        network: any Network = UDPNetwork(),
        registry: (any RegistryAccess)? = nil,
        targetArgument: String
    ) {
        self.address = address
        self.authority = authority ?? "\(address)"
        self.rendezvous = rendezvous
        self.network = UnrepeatedAddresses(of: network)
        let mark = String(UInt32.random(in: .min ... .max), radix: 36)
        self.registry = registry.map { RegistryLedger($0, mark: mark) }
        self.mark = mark
        self.targetArgument = targetArgument
    }

    public func enter(seed: UInt64) throws -> Ground {
        let site = TrackerSite(
            streams: TCPNetwork(),
            address: address,
            authority: authority,
            registry: registry,
            hasRendezvous: rendezvous != nil,
            mark: mark
        )
        return Ground(network: network, target: rendezvous, tracker: site)
    }

    public func leave() throws {
        try registry?.end()
    }
}
