import HLSP2P
public import Links
public import RTMFP

/// A simulated network with one node on it, in a virtual time of its own.
public enum SimulatedWorld {
    /// The address of the node.
    public static let address = SocketAddress(.v4(0x0a00_0001), port: 1935)

    /// A network with the correct reference on it, or with one that a saboteur has got at.
    public static func reference(seed: UInt64, saboteur: Saboteur? = nil) throws -> any Network {
        let random = SeededGenerator(seed: seed, name: "reference")
        let application = RendezvousApplication(
            random: SeededGenerator(seed: seed, name: "rendezvous"),
            registry: InMemoryRegistry(random: SeededGenerator(seed: seed, name: "registry"))
        )
        return try network(
            seed: seed,
            node: saboteur.map { try ReferenceNode(random: random, saboteur: $0, application: application) }
                ?? ReferenceNode(random: random, application: application)
        )
    }

    /// A network with a worthless target on it.
    public static func worthless(_ target: WorthlessTarget, seed: UInt64) throws -> any Network {
        try network(seed: seed, node: target.makeNode(seed: seed))
    }

    private static func network(seed: UInt64, node: (any DatagramNode)?) throws -> any Network {
        let network = SimulatedNetwork(seed: seed)
        network.conditions = Conditions { $0.delay = .milliseconds(1) }
        if let node { try network.attach(node, at: address) }
        return network
    }
}
