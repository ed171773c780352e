public import Conformance
public import Fixtures
import Links
import RTMFP

/// Meets simulated clients: each run of a case has a world and a virtual time of its own.
public struct SimulatedClients: Arena {
    public let targetArgument: String = "simulated"
    private let kind: ClientWorld.Kind

    /// - Parameter kind: which client comes.
    public init(kind: ClientWorld.Kind) {
        self.kind = kind
    }

    public func enter(seed: UInt64) throws -> Ground {
        let world = ClientWorld(kind, seed: seed)
        return Ground(network: world.network, clients: Source(world))
    }

    private final class Source: ClientSource {
        let patience = Interval.seconds(5)
        let isExhausted = false
        private let world: ClientWorld

        init(_ world: ClientWorld) {
            self.world = world
        }

        func call(_ call: Call) throws -> Visit {
            let address: ClientWorld.Address =
                switch call.doors {
                case .address: .literal
                case .name: .name
                case .standardPort: .withoutPort
                }
            let subscription = call.subscription.map { (peerID: $0.peerID, streamName: $0.streamName) }
            let guest = try world.invite(to: address, path: call.path, subscribingTo: subscription)
            return Visit(doors: guest.doors, uri: guest.uri, client: Visitor(guest, of: world))
        }
    }

    private final class Visitor: VisitingClient {
        private let guest: ClientWorld.Guest
        private let world: ClientWorld

        init(_ guest: ClientWorld.Guest, of world: ClientWorld) {
            self.guest = guest
            self.world = world
        }

        var ending: ClientEnding? { guest.isDead ? .crashed(signal: 11) : nil }

        func end() {
            world.network.detach(guest.home)
        }
    }
}
