import Conformance
import Fixtures
import Links

/// Meets a simulated tracker, and a rendezvous that shares its registry: each run of a case has a world and a virtual
/// time of its own.
struct SimulatedTrackers: Arena {
    let targetArgument = "simulated"
    let kind: TrackerWorld.Kind
    var hasRendezvous = true
    var hasRegistry = true

    func enter(seed: UInt64) throws -> Ground {
        let world = try TrackerWorld(kind, seed: seed, hasRendezvous: hasRendezvous)
        let site = TrackerSite(
            streams: world.network,
            address: TrackerWorld.address,
            registry: hasRegistry ? RegistryLedger(SimulatedRegistry(store: world.store)) : nil,
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

/// Writes to the registry of a simulated world.
private struct SimulatedRegistry: RegistryAccess {
    let store: RegistryStore

    func run(_ command: [[UInt8]]) throws -> RegistryReply {
        switch store.run(command.map { String(decoding: $0, as: UTF8.self) }) {
        case .status(let text): .status(text)
        case .error(let text): .error(text)
        case .integer(let number): .integer(number)
        case .text(let text): .octets(Array(text.utf8))
        case .null: .null
        case .array(let elements): .array(elements.map { .octets(Array($0.utf8)) })
        }
    }
}
