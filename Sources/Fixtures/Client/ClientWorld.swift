public import Links
public import RTMFP

/// A simulated network with a server's doors, to which clients come, in a virtual time of its own.
public final class ClientWorld {
    /// Which client comes.
    public enum Kind: Sendable {
        /// The reference client, or what a saboteur has made of it.
        case reference(Saboteur? = nil)
        /// A client that implements nothing.
        case worthless(WorthlessClient)
    }

    /// What a client is told about the server.
    public enum Address: Sendable {
        /// One address, as such.
        case literal
        /// The same without its port, which is then 1935.
        case withoutPort
        /// A name that has an IPv4 and an IPv6 address.
        case name
    }

    /// A client that was let in.
    public struct Guest {
        /// The links that it comes to: one, or the IPv4 and the IPv6 one.
        public var doors: [any Link]
        /// The URI that it was told.
        public var uri: String
        /// The client's own address.
        public var home: SocketAddress
        /// The client.
        public var node: any DatagramNode

        /// Whether a fault has killed it.
        public var isDead: Bool { (node as? ReferenceClient)?.isDead ?? false }
    }

    /// The network; a millisecond each way.
    public let network: SimulatedNetwork
    private let kind: Kind
    private var random: SeededGenerator
    private var count: UInt16 = 0

    /// Makes a world whose randomness follows from `seed`.
    public init(_ kind: Kind, seed: UInt64) {
        self.kind = kind
        network = SimulatedNetwork(seed: seed)
        network.conditions = Conditions { $0.delay = .milliseconds(1) }
        random = SeededGenerator(seed: seed, name: "clients")
    }

    /// Opens doors and lets a client come to them.
    ///
    /// - Parameters:
    ///   - path: the path of the URI, with its first slash.
    ///   - subscription: a peer, and the stream that the client is to play from it.
    public func invite(
        to address: Address,
        path: String,
        subscribingTo subscription: (peerID: [UInt8], streamName: String)? = nil
    ) throws -> Guest {
        count += 1
        let port: UInt16 = address.isStandardPort ? 1935 : 40_000 + count
        let v4 = SocketAddress(.v4(0x0a00_0001), port: port)
        let v6 = SocketAddress(.v6(high: 0xfd00 << 48, low: 1), port: port)
        let addresses = address.isName ? [v4, v6] : [v4]
        let doors = try addresses.map { try network.makeLink(.everyone($0.family), at: $0) }
        let name = "server.example"
        let host = address.isName ? "\(name):\(port)" : address.isStandardPort ? "10.0.0.1" : "\(v4)"
        let uri = "rtmfp://\(host)\(path)"
        let home = SocketAddress(.v4(0x0a00_0100 + UInt32(count)), port: 50_000)
        let task = ReferenceClient.Task(
            uri: uri,
            addresses: addresses,
            requiredHostname: address.isName ? name : nil,
            subscription: subscription
        )
        let node = try makeNode(task, home)
        try network.attach(node, at: home)
        return Guest(doors: doors, uri: uri, home: home, node: node)
    }

    private func makeNode(_ task: ReferenceClient.Task, _ home: SocketAddress) throws -> any DatagramNode {
        let seed = random.next()
        switch kind {
        case .reference(let saboteur):
            return try ReferenceClient(task, from: home, random: SeededGenerator(seed: seed), saboteur: saboteur)
        case .worthless(let client):
            return client.makeNode(comingTo: task.addresses[0], uri: task.uri, seed: seed)
        }
    }
}

extension ClientWorld.Address {
    fileprivate var isName: Bool { if case .name = self { true } else { false } }
    fileprivate var isStandardPort: Bool { if case .withoutPort = self { true } else { false } }
}
