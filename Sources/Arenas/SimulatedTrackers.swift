public import Conformance
public import Fixtures
import Links

/// Meets a simulated tracker, and a rendezvous that shares its registry: each run of a case has a world and a virtual
/// time of its own.
public struct SimulatedTrackers: Arena {
    public let targetArgument: String = "simulated"
    private let kind: TrackerWorld.Kind
    private let hasRendezvous: Bool
    private let hasRegistry: Bool

    /// - Parameters:
    ///   - kind: which tracker it is.
    ///   - hasRendezvous: whether there is a rendezvous beside it.
    ///   - hasRegistry: whether the checker may write to its registry.
    public init(kind: TrackerWorld.Kind, hasRendezvous: Bool = true, hasRegistry: Bool = true) {
        self.kind = kind
        self.hasRendezvous = hasRendezvous
        self.hasRegistry = hasRegistry
    }

    public func enter(seed: UInt64) throws -> Ground {
        let world = try TrackerWorld(kind, seed: seed, hasRendezvous: hasRendezvous)
        let site = TrackerSite(
            streams: world.network,
            address: TrackerWorld.address,
            registry: hasRegistry ? RegistryLedger(SimulatedRegistry(store: world.store), mark: "simulated") : nil,
            hasRendezvous: hasRendezvous,
            mark: "simulated"
        )
        return Ground(
            network: world.network,
            target: hasRendezvous ? Target(TrackerWorld.address) : nil,
            tracker: site
        )
    }
}
