import Fixtures
import Links

@testable import Conformance

/// Meets a simulated target: each run of a case has a world and a virtual time of its own.
struct SimulatedArena: Arena {
    let targetArgument = "simulated"
    let makeNetwork: @Sendable (UInt64) throws -> any Network

    func enter(seed: UInt64) throws -> Ground {
        Ground(network: try makeNetwork(seed), target: Target(SimulatedWorld.address))
    }

    static func reference(_ saboteur: String? = nil) -> SimulatedArena {
        SimulatedArena { try SimulatedWorld.reference(seed: $0, saboteur: saboteur.flatMap(Saboteur.named)) }
    }

    static func worthless(_ target: WorthlessTarget) -> SimulatedArena {
        SimulatedArena { try SimulatedWorld.worthless(target, seed: $0) }
    }
}
