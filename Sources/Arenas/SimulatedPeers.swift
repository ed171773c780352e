public import Conformance
public import Fixtures
import HLSP2P
public import Links
public import RTMFP
import Synchronization

/// Meets the reference peer, or what a saboteur has made of it, on a simulated stage: each run of a case has one of its
/// own.
public struct SimulatedPeers: Arena {
    public let targetArgument: String = "simulated"
    private let saboteur: PeerSaboteur?
    private let rehearsals: Rehearsals?
    /// How long after the origin's first segment the peer sets out.
    public var lateness = Interval.zero
    /// How long datagrams take, one way.
    public var conditions = Conditions { $0.delay = .milliseconds(2) }

    /// - Parameters:
    ///   - saboteur: what is made of the reference peer.
    ///   - rehearsals: what becomes of each saboteur in the runs of the reference peer.
    public init(saboteur: PeerSaboteur? = nil, rehearsals: Rehearsals? = nil) {
        self.saboteur = saboteur
        self.rehearsals = rehearsals
    }

    public func enter(seed: UInt64) throws -> Ground {
        let rehearsal = saboteur == nil ? rehearsals.map { _ in Rehearsal() } : nil
        let stage =
            saboteur.map { SimulatedStage(seed: seed, saboteur: $0) }
            ?? SimulatedStage(seed: seed, rehearsal: rehearsal)
        stage.network.conditions = conditions
        return Ground(
            stage: World(stage, lateness: lateness) {
                if let rehearsal { rehearsals?.enter(rehearsal, of: seed) }
            }
        )
    }

    /// By the seed of a run, the saboteurs that would have changed something in it.
    public final class Rehearsals: Sendable {
        private let saboteurs: [PeerSaboteur]
        private let changes = Mutex<[UInt64: Set<String>]>([:])

        /// - Parameter saboteurs: of whom it is to be known.
        public init(_ saboteurs: [PeerSaboteur]) {
            self.saboteurs = saboteurs
        }

        fileprivate func enter(_ rehearsal: Rehearsal, of seed: UInt64) {
            let changing = Set(saboteurs.lazy.filter { !rehearsal.isUnchanged(by: $0) }.map(\.name))
            changes.withLock { $0[seed] = changing }
        }

        /// Whether a run with that seed may be another one with that saboteur.
        public func mayDiffer(_ saboteur: String, _ seed: UInt64) -> Bool {
            changes.withLock { $0[seed]?.contains(saboteur) } ?? true
        }

        /// The saboteurs that would have changed nothing in any run so far.
        public var unchanging: [PeerSaboteur] {
            let changing = changes.withLock { $0.values.reduce(into: Set()) { $0.formUnion($1) } }
            return saboteurs.filter { !changing.contains($0.name) }
        }
    }

    private final class World: StageWorld {
        private let stage: SimulatedStage
        private let lateness: Interval
        private let isOver: () -> Void

        init(_ stage: SimulatedStage, lateness: Interval, isOver: @escaping () -> Void) {
            self.stage = stage
            self.lateness = lateness
            self.isOver = isOver
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
            try stage.network.advance(to: stage.network.now + lateness)
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

        func close() {
            stage.end()
            isOver()
        }
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
