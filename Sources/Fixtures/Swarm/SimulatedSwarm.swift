public import HLSP2P
public import Links
public import RTMFP

/// A swarm in virtual time: rendezvous, tracker, origin, and viewers that come and go over a simulated network.
///
/// Everything follows from the seed: the same calls with the same seed give the same datagrams.
public final class SimulatedSwarm {
    /// What a viewer is like.
    public struct Traits: Sendable {
        /// Whether an address translator in front of it drops what was not asked for.
        public var isBehindNAT = false
        /// How long the way to it and from it takes; nil for the network's conditions.
        public var conditions: Conditions?
        /// Deliberate faults.
        public var conduct: any PeerConduct = CorrectPeer()

        /// An ordinary viewer.
        public init() {}

        /// A viewer that differs from an ordinary one in what `change` sets.
        public init(_ change: (inout Traits) -> Void) {
            change(&self)
        }
    }

    /// The seed.
    public let seed: UInt64
    /// The network.
    public let network: SimulatedNetwork
    /// Origin and tracker.
    public let web: SimulatedWeb
    /// N of all viewers.
    public let peerCount: Int
    /// The viewers that are there, in the order in which they came.
    public private(set) var viewers: [ViewerNode] = []
    /// Those that are gone.
    public private(set) var former: [ViewerNode] = []

    private static let rendezvousAddress = SocketAddress(.v4(0x0a00_0001), port: 1935)
    private var addresses: [ObjectIdentifier: SocketAddress] = [:]
    private let rendezvous: RendezvousNode
    private let keyLog: (@Sendable (KeyLogEntry) -> Void)?
    private var count: UInt32 = 0

    /// Makes a swarm without viewers.
    ///
    /// - Parameter keyLog: is told the keys of every session, by each of its ends.
    public init(
        seed: UInt64,
        peerCount: Int = 2,
        origin: LiveOrigin? = nil,
        keyLog: (@Sendable (KeyLogEntry) -> Void)? = nil
    ) throws {
        self.seed = seed
        self.keyLog = keyLog
        self.peerCount = peerCount
        network = SimulatedNetwork(seed: seed, eventLimit: 50_000_000)
        network.conditions = Conditions {
            $0.delay = .milliseconds(10)
            $0.jitter = .milliseconds(5)
        }
        let registry = InMemoryRegistry(random: SeededGenerator(seed: seed, name: "registry"))
        web = SimulatedWeb(origin: origin ?? LiveOrigin(seed: seed), registry: registry, seed: seed)
        rendezvous = try RendezvousNode(registry, seed: seed, keyLog: keyLog)
        try network.attach(rendezvous, at: SimulatedSwarm.rendezvousAddress)
    }

    /// The virtual time.
    public var now: Instant { network.now }

    /// Lets time pass.
    public func run(_ interval: Interval) throws {
        try network.advance(to: network.now + interval)
    }

    /// A viewer comes.
    @discardableResult
    public func join(_ traits: Traits = Traits()) throws -> ViewerNode {
        count += 1
        let address = SocketAddress(.v4(0x0a01_0000 + count), port: 5_000)
        var random = SeededGenerator(seed: seed, name: "viewer \(count)")
        let identity = try Identity.fixed(groups: [.modp1024], using: &random)
        guard let resource = ResourceName("film") else { throw SimulationError.resource }
        var swarm = SwarmConfiguration(
            playlistURL: LiveOrigin.playlistURL,
            trackerURL: SimulatedWeb.trackerURL,
            resource: resource,
            peerCount: peerCount,
            clock: WallClock(millisecondsAtOrigin: 1_700_000_000_000)
        )
        swarm.maximumNeighbours = 100
        var configuration = PeerConfiguration(
            swarm: swarm,
            rendezvousURL: "rtmfp://10.0.0.1",
            rendezvous: [SimulatedSwarm.rendezvousAddress],
            endpoint: Configuration(identity: identity)
        )
        configuration.localAddresses = [address]
        configuration.endpoint.keyLog = keyLog
        guard let peer = Peer(configuration, random: random, conduct: traits.conduct, at: now) else {
            throw SimulationError.resource
        }
        let viewer = Viewer(peer, SimulatedPlayer(web.origin, at: now), web, at: address)
        let node = ViewerNode(peer, viewer, isBehindNAT: traits.isBehindNAT)
        if let conditions = traits.conditions {
            for other in addresses.values + [SimulatedSwarm.rendezvousAddress] {
                network.setConditions(conditions, from: address, to: other)
                network.setConditions(conditions, from: other, to: address)
            }
        }
        addresses[ObjectIdentifier(node)] = address
        viewers.append(node)
        try network.attach(node, at: address)
        return node
    }

    /// A viewer goes: orderly, or as if its machine had been switched off.
    public func part(_ viewer: ViewerNode, orderly: Bool) {
        guard let address = addresses.removeValue(forKey: ObjectIdentifier(viewer)) else { return }
        if orderly {
            viewer.leave(at: now)
            viewer.viewer.settle(at: now)
            for datagram in viewer.takeDatagrams() { network.send(datagram, from: address) }
        }
        viewers.removeAll { $0 === viewer }
        former.append(viewer)
        network.detach(address)
    }

    /// Cuts the ways between two groups of viewers, or heals them.
    public func partition(_ group: [ViewerNode], from others: [ViewerNode], isCut: Bool) {
        let conditions = isCut ? Conditions { $0.loss = 1 } : network.conditions
        for node in group {
            for other in others {
                guard let near = addresses[ObjectIdentifier(node)], let far = addresses[ObjectIdentifier(other)] else {
                    continue
                }
                network.setConditions(conditions, from: near, to: far)
                network.setConditions(conditions, from: far, to: near)
            }
        }
    }

    /// Takes the rendezvous off the network.
    public func stopRendezvous() {
        network.detach(SimulatedSwarm.rendezvousAddress)
    }
}

/// Why a simulation cannot be set up.
public enum SimulationError: Error {
    case resource
}
