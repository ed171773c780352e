import HLSP2P
public import Links
public import RTMFP

/// A simulated network with a rendezvous and a tracker on it that share a registry, in a virtual time of its own.
public final class TrackerWorld {
    /// What answers HTTP there.
    public enum Kind: Sendable {
        /// The reference, or what a saboteur has made of it.
        case reference(TrackerSaboteur? = nil)
        /// What the specification says of the original.
        case original
        /// A tracker that implements nothing.
        case worthless(WorthlessTracker)
    }

    /// The address of rendezvous and tracker.
    public static let address = SimulatedWorld.address

    /// The network.
    public let network: SimulatedNetwork
    /// The registry that they share.
    public let store: RegistryStore

    /// Makes the world.
    ///
    /// - Parameters:
    ///   - hasRendezvous: whether there is a rendezvous.
    ///   - store: the registry.
    public init(
        _ kind: Kind,
        seed: UInt64,
        hasRendezvous: Bool = true,
        store: RegistryStore = RegistryStore()
    ) throws {
        self.store = store
        network = SimulatedNetwork(seed: seed)
        network.conditions = Conditions { $0.delay = .milliseconds(1) }
        var fault = TrackerFault()
        if case .reference(let saboteur?) = kind { saboteur.sabotage(&fault) }
        let registry = StoredRegistry(
            store,
            fault: fault,
            random: SeededGenerator(seed: seed, name: "registry")
        )
        if hasRendezvous { try attachRendezvous(registry, fault, seed) }
        switch kind {
        case .reference:
            let tracker = Tracker(directory: registry) { _ in }
            let service = FaultyService(service: tracker, fault: fault, store: store)
            try network.attach(TrackerNode(service, fault: fault), at: Self.address)
        case .original:
            let original = OriginalTracker(store, random: SeededGenerator(seed: seed, name: "original"))
            try network.attach(TrackerNode(original, fault: original.fault), at: Self.address)
        case .worthless(let tracker):
            if let node = tracker.makeNode(seed: seed) { try network.attach(node, at: Self.address) }
        }
    }

    private func attachRendezvous(_ registry: StoredRegistry, _ fault: TrackerFault, _ seed: UInt64) throws {
        let random = SeededGenerator(seed: seed, name: "reference")
        let application = RendezvousApplication(
            random: SeededGenerator(seed: seed, name: "rendezvous"),
            registry: registry
        )
        let node = try ReferenceNode(
            random: random,
            saboteur: Saboteur("tracker-world", fault.rendezvous),
            application: application
        )
        try network.attach(node, at: Self.address)
    }
}
