import Fixtures
import HLSP2P
import Links
import RTMFP

@testable import Conformance

/// The reference peer, or what a saboteur has made of it, in a swarm that the checker has no hand in: the rendezvous there
/// introduces the two.
struct SimulatedIntroduction: Arena {
    let targetArgument = "simulated"
    /// The saboteur's name; nil for the reference.
    var saboteur: String?
    /// Asks for somebody else.
    var asksForNobody = false
    /// Whether the rendezvous answers, once the peer is there.
    var hasRendezvous = true

    func enter(seed: UInt64) throws -> Ground {
        let saboteur = saboteur.flatMap(PeerSaboteur.named)
        let stage = saboteur.map { SimulatedStage(seed: seed, saboteur: $0) } ?? SimulatedStage(seed: seed)
        let rendezvous = try StageRendezvous(seed: seed)
        let address = try stage.attach(rendezvous)
        let network = stage.network
        stage.serve(StageWeb(StageOrigin(seed: seed, start: network.now)) { network.now })
        let authority = "http://\(SimulatedStage.authority)"
        try stage.start(
            playlist: authority + StageWeb.playlistPath,
            rendezvousURL: "rtmfp://\(address)/live/film",
            rendezvous: address,
            tracker: authority + StageWeb.trackerPath,
            log: nil,
            peerCount: 2,
            sourceServers: []
        )
        try network.run(until: network.now + .seconds(8)) { false }
        guard let id = rendezvous.registry.registrations.last?.peerID else { throw Unreachable(reason: "no peer") }
        if !hasRendezvous { rendezvous.manner = .mute }
        let wanted = asksForNobody ? PeerID(id.octets.reversed()) ?? id : id
        let acquaintance = PeerAcquaintance(wanted, at: address, connectURL: "rtmfp://\(address)/live")
        return Ground(stage: World(stage, acquaintance))
    }

    private final class World: StageWorld {
        private let stage: SimulatedStage
        let acquaintance: PeerAcquaintance?

        init(_ stage: SimulatedStage, _ acquaintance: PeerAcquaintance) {
            self.stage = stage
            self.acquaintance = acquaintance
        }

        var clock: @Sendable () -> Instant { { [network = stage.network] in network.now } }

        let patience = Interval.zero

        func attach(_ node: any DatagramNode) throws -> SocketAddress { try stage.attach(node) }

        func detach(_ address: SocketAddress) { stage.network.detach(address) }

        func serve(_ service: any HTTPService) throws -> String { throw CannotCall("there is an origin already") }

        func start(_ call: StageCall) throws -> any VisitingClient { throw CannotCall("the peer is there already") }

        func run(until deadline: Instant, _ isDone: () -> Bool) throws {
            try stage.network.run(until: deadline, isDone)
        }

        func close() { stage.end() }
    }
}
