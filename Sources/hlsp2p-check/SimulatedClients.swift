import Conformance
import Fixtures
import Links
import RTMFP

/// Meets simulated clients: each run of a case has a world and a virtual time of its own.
struct SimulatedClients: Arena {
    let targetArgument = "simulated"
    let makeClient: @Sendable (_ uri: String, _ doors: [SocketAddress], _ seed: UInt64) throws -> any DatagramNode

    func enter(seed: UInt64) throws -> Ground {
        let network = SimulatedWorld.clients(seed: seed)
        return Ground(network: network, clients: Source(network: network, seed: seed, makeClient: makeClient))
    }

    /// The reference client, or what a saboteur has made of it.
    static func reference(_ saboteur: Saboteur? = nil) -> SimulatedClients {
        SimulatedClients { uri, doors, seed in
            let random = SeededGenerator(seed: seed, name: "client")
            return try ReferenceClient(connectingTo: uri, at: doors, random: random, saboteur: saboteur)
        }
    }

    /// A client that implements nothing.
    static func worthless(_ client: WorthlessClient) -> SimulatedClients {
        SimulatedClients { uri, doors, seed in
            client.makeNode(comingTo: doors.first ?? SimulatedWorld.address, uri: uri, seed: seed)
        }
    }

    /// Attaches a client to the world for each call.
    private final class Source: ClientSource {
        let patience = Interval.seconds(5)
        let isExhausted = false
        private let network: SimulatedNetwork
        private var random: SeededGenerator
        private let makeClient: @Sendable (String, [SocketAddress], UInt64) throws -> any DatagramNode
        private var count: UInt32 = 0

        init(
            network: SimulatedNetwork,
            seed: UInt64,
            makeClient: @escaping @Sendable (String, [SocketAddress], UInt64) throws -> any DatagramNode
        ) {
            self.network = network
            self.makeClient = makeClient
            random = SeededGenerator(seed: seed, name: "calls")
        }

        func call(_ call: Call) throws -> Visit {
            count += 1
            let port: UInt16 = call.doors == .standardPort ? 1935 : UInt16(clamping: 40_000 + count)
            let v4 = SocketAddress(.v4(0x0a00_0001), port: port)
            let v6 = SocketAddress(.v6(high: 0xfd00 << 48, low: 1), port: port)
            let addresses = call.doors == .name ? [v4, v6] : [v4]
            let doors = try addresses.map { try network.makeLink(.everyone($0.family), at: $0) }
            let host =
                switch call.doors {
                case .address: "10.0.0.1:\(port)"
                case .name: "server.example:\(port)"
                case .standardPort: "10.0.0.1"
                }
            let uri = "rtmfp://\(host)\(call.path)"
            let home = SocketAddress(.v4(0x0a00_0100 + count), port: 50_000)
            let node = try makeClient(uri, addresses, random.next())
            try network.attach(node, at: home)
            return Visit(doors: doors, uri: uri, client: SimulatedVisitor(node, at: home, on: network))
        }
    }
}

/// A client on a simulated network.
private final class SimulatedVisitor: VisitingClient {
    private let node: any DatagramNode
    private let home: SocketAddress
    private let network: SimulatedNetwork

    init(_ node: any DatagramNode, at home: SocketAddress, on network: SimulatedNetwork) {
        self.node = node
        self.home = home
        self.network = network
    }

    var ending: ClientEnding? {
        (node as? ReferenceClient)?.isDead ?? false ? .crashed(signal: 11) : nil
    }

    func end() {
        network.detach(home)
    }
}
