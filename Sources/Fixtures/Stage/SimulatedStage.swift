public import HLSP2P
public import Links
public import RTMFP

/// A simulated network with room for the nodes of a checker, and for the reference peer or what a saboteur makes of it.
public final class SimulatedStage {
    /// The network.
    public let network: SimulatedNetwork
    /// Where HTTP is served, by name.
    public static let authority = "stage.example:8080"
    private let seed: UInt64
    private let saboteur: PeerSaboteur?
    private let rehearsal: Rehearsal?
    private var conduct: any ViewerConduct = PeerFault()
    private var viewer: StagedViewer?
    private var viewerAddress: SocketAddress?
    private var service: (any HTTPService)?
    private var count: UInt32 = 0

    /// Makes a stage without anybody on it, for what a saboteur makes of the peer.
    public convenience init(seed: UInt64, saboteur: PeerSaboteur) {
        self.init(seed: seed, saboteur: saboteur, rehearsal: nil)
    }

    /// Makes a stage without anybody on it, for the correct peer.
    ///
    /// - Parameter rehearsal: takes note of what a saboteur could get at.
    public convenience init(seed: UInt64, rehearsal: Rehearsal? = nil) {
        self.init(seed: seed, saboteur: nil, rehearsal: rehearsal)
    }

    private init(seed: UInt64, saboteur: PeerSaboteur?, rehearsal: Rehearsal?) {
        self.seed = seed
        self.saboteur = saboteur
        self.rehearsal = rehearsal
        network = SimulatedNetwork(seed: seed, eventLimit: 2_000_000)
        network.conditions = Conditions { $0.delay = .milliseconds(2) }
    }

    /// Puts a node on the network.
    public func attach(_ node: any DatagramNode) throws -> SocketAddress {
        count += 1
        let address = SocketAddress(.v4(0x0a00_0000 + count), port: 1935)
        try network.attach(node, at: address)
        return address
    }

    /// Has a service answer HTTP requests.
    public func serve(_ service: any HTTPService) {
        self.service = service
    }

    /// Has the peer set out.
    public func start(
        playlist: String,
        rendezvousURL: String,
        rendezvous: SocketAddress,
        tracker: String,
        log: String?,
        peerCount: Int,
        sourceServers: [String]
    ) throws {
        guard let (url, resource) = PeerConfiguration.split(rendezvousURL), let service else {
            throw StageError.malformed(rendezvousURL)
        }
        conduct = rehearsal.map { RehearsedConduct($0) } ?? saboteur?.fault ?? PeerFault()
        count += 1
        let address = SocketAddress(.v4(0x0a00_0000 + count), port: 1935)
        var random = SeededGenerator(seed: seed, name: conduct.keepsIdentity ? "subject" : "subject \(count)")
        let identity = try Identity.fixed(groups: [.modp1024], using: &random)
        var swarm = SwarmConfiguration(
            playlistURL: playlist,
            trackerURL: tracker,
            resource: resource,
            peerCount: peerCount,
            clock: WallClock(millisecondsAtOrigin: 1_700_000_000_000)
        )
        swarm.sourceServers = sourceServers
        swarm.logURL = log
        conduct.configure(&swarm)
        var configuration = PeerConfiguration(
            swarm: swarm,
            rendezvousURL: url,
            rendezvous: [rendezvous],
            endpoint: Configuration(identity: identity)
        )
        configuration.localAddresses = [address]
        let now = network.now
        let peer = Peer(
            configuration,
            random: random,
            conduct: conduct,
            messageConduct: conduct.below,
            endpointConduct: conduct.below,
            at: now
        )
        guard let peer else { throw StageError.malformed("no fingerprint") }
        let viewer = StagedViewer(peer, conduct, playlist, service, at: address, now)
        try network.attach(viewer, at: address)
        self.viewer = viewer
        viewerAddress = address
    }

    /// Whether the peer is to be taken for crashed.
    public var isDead: Bool { conduct.isDead }

    /// Ends the peer, as when the viewer's page is closed.
    public func end() {
        guard let viewer, let viewerAddress else { return }
        viewer.leave(at: network.now)
        for datagram in viewer.takeDatagrams() { network.send(datagram, from: viewerAddress) }
        network.detach(viewerAddress)
        self.viewer = nil
    }
}

/// Why a simulated peer cannot set out.
public enum StageError: Error {
    case malformed(String)
}
