public import Conformance
public import Fixtures
public import Links

/// Meets a simulated rendezvous: each run of a case has a world and a virtual time of its own.
public struct SimulatedServers: Arena {
    public let targetArgument: String = "simulated"
    private let makeNetwork: @Sendable (UInt64) throws -> any Network

    /// - Parameter makeNetwork: the world of a run, by its seed, with a server at `SimulatedWorld.address`.
    public init(_ makeNetwork: @escaping @Sendable (UInt64) throws -> any Network) {
        self.makeNetwork = makeNetwork
    }

    public func enter(seed: UInt64) throws -> Ground {
        Ground(network: try makeNetwork(seed), target: Target(SimulatedWorld.address))
    }

    /// The reference, or what a saboteur has made of it.
    public static func reference(_ saboteur: Saboteur? = nil) -> SimulatedServers {
        SimulatedServers { try SimulatedWorld.reference(seed: $0, saboteur: saboteur) }
    }

    /// A target that implements nothing.
    public static func worthless(_ target: WorthlessTarget) -> SimulatedServers {
        SimulatedServers { try SimulatedWorld.worthless(target, seed: $0) }
    }
}
