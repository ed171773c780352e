import Conformance
import Fixtures
import Links

/// Meets a simulated target: each run of a case has a world and a virtual time of its own.
struct SimulatedArena: Arena {
    let targetArgument: String
    let makeNetwork: @Sendable (UInt64) throws -> any Network

    func enter(seed: UInt64) throws -> Ground {
        Ground(network: try makeNetwork(seed), target: Target(SimulatedWorld.address))
    }

    /// The reference, or what a saboteur has made of it.
    static func reference(_ saboteur: Saboteur? = nil) -> SimulatedArena {
        SimulatedArena(targetArgument: "simulated") { try SimulatedWorld.reference(seed: $0, saboteur: saboteur) }
    }

    /// A target that implements nothing.
    static func worthless(_ target: WorthlessTarget) -> SimulatedArena {
        SimulatedArena(targetArgument: "simulated") { try SimulatedWorld.worthless(target, seed: $0) }
    }
}
