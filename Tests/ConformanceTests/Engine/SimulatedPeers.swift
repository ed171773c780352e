import Fixtures
import HLSP2P
import Links
import RTMFP

@testable import Conformance

/// Meets the reference peer, or what a saboteur has made of it, on a simulated stage: each run of a case has one of its
/// own.
struct SimulatedPeers: Arena {
    let targetArgument = "simulated"
    var saboteur: PeerSaboteur?
    /// Takes note of what a saboteur could get at, if there is none.
    var rehearsal: Rehearsal?

    /// The reference peer, or what the saboteur of that name has made of it.
    static func reference(_ saboteur: String? = nil) -> SimulatedPeers {
        SimulatedPeers(saboteur: saboteur.flatMap(PeerSaboteur.named))
    }

    func enter(seed: UInt64) throws -> Ground {
        let stage = saboteur.map { SimulatedStage(seed: seed, saboteur: $0) }
        return Ground(stage: World(stage ?? SimulatedStage(seed: seed, rehearsal: rehearsal)))
    }

    private final class World: StageWorld {
        private let stage: SimulatedStage

        init(_ stage: SimulatedStage) {
            self.stage = stage
        }

        var clock: @Sendable () -> Instant { { [network = stage.network] in network.now } }

        let patience = Interval.seconds(15)

        func attach(_ node: any DatagramNode) throws -> SocketAddress { try stage.attach(node) }

        func detach(_ address: SocketAddress) { stage.network.detach(address) }

        func serve(_ service: any HTTPService) -> String {
            stage.serve(service)
            return SimulatedStage.authority
        }

        func start(_ call: StageCall) throws -> any VisitingClient {
            try stage.start(
                playlist: call.playlistURL,
                rendezvousURL: call.rendezvousURL,
                rendezvous: call.rendezvous,
                tracker: call.trackerURL,
                log: call.logURL,
                peerCount: call.peerCount,
                sourceServers: call.sourceServers
            )
            return Subject(stage)
        }

        func run(until deadline: Instant, _ isDone: () -> Bool) throws {
            try stage.network.run(until: deadline, isDone)
        }

        func close() { stage.end() }
    }

    private final class Subject: VisitingClient {
        private let stage: SimulatedStage

        init(_ stage: SimulatedStage) {
            self.stage = stage
        }

        var ending: ClientEnding? { stage.isDead ? .crashed(signal: 11) : nil }

        func end() { stage.end() }
    }
}
