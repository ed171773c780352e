public import RTMFP

/// The swarm algorithm of one client: where its segments come from, who feeds it, and whom it feeds (swarm-algorithm).
///
/// It knows nothing of streams and sockets. Its owner tells what becomes of sessions with peers and of HTTP requests,
/// what the player wants and what time it is; and carries out, in order, what `takeActions` and `takeOutput` give.
public final class Swarm {
    /// What the client was told about its stream.
    public let configuration: SwarmConfiguration
    /// This client's peer ID.
    public let nearID: PeerID
    /// Where segments come from.
    public internal(set) var mode = SwarmMode.fast {
        didSet { if mode != oldValue { tell(.mode(mode)) } }
    }

    /// Whether the rendezvous has accepted this client.
    enum Rendezvous {
        case connecting(until: Instant)
        case connected
        case gone
    }

    /// How far the way back from the CDN is (swarm-algorithm §9).
    enum Return: Hashable {
        case initial
        case waitForNextOpen(uri: String)
        case waitEnoughPeers
        case arrived
        case failed
    }

    /// The search for upstream peers (swarm-algorithm §5.3).
    struct Search {
        let uri: String
        /// Those that have not answered.
        var asked: Set<PeerID>
        var qualified: [PeerID] = []
        var best: (size: Int, count: Int)?
    }

    /// The first chunk from the swarm (swarm-algorithm §6.1).
    struct Pull {
        let uri: String
        let chunk: Int
        let deadline: Instant
        /// Those that have not delivered.
        var waiting: [PeerID]
    }

    let conduct: any PeerConduct
    var now: Instant
    var rendezvous: Rendezvous
    let startedAt: Instant
    var cache = ChunkCache()
    var playlist = CachedPlaylist()
    var isPlaylistReady = true
    /// Seconds; nil until the first segment is asked for, or if the playlist does not say.
    var targetDuration: Double?
    var division: Division?
    /// In the order in which they came, so that runs repeat.
    var neighbours: [Neighbour] = []
    var neighboursByID: [PeerID: Neighbour] = [:]
    var failed = FailedList()
    /// When peers that are gone may be connected to again.
    var departed: [PeerID: Instant] = [:]
    var tracker = TrackerQueries()
    var wants: [Want] = []
    var downloads: [Download] = []
    /// Playlist requests that are answered from the cache, and when.
    var cachedAnswers: [(id: Int, due: Instant)] = []
    /// Playlist requests that wait for the playlist to be loaded.
    var playlistWants: [Int] = []
    var firstPath: String?
    var search: Search?
    var hasSearched = false
    var pull: Pull?
    /// Pieces that nobody delivers, and who did.
    var homeless: [(peer: PeerID, assignment: Assignment)] = []
    /// The chunk for which a topology repair may begin.
    var missedURI: String?
    var repair: TopologyRepair?
    var isRepairBlocked = false
    /// Paths of chunks that an upstream peer will not deliver.
    var errorPaths: [String] = []
    var wayBack = Return.initial
    var failedAt: Instant?
    var cleanUpAt: Instant
    var speedTests = 0
    var speedTestsStarted: [String: Instant] = [:]
    var repairerTokens = 0
    var nextServer = 0
    var nextRepairServer = 0
    var nextNumber = 0

    var octetsFromPeers = 0
    var octetsFromSources = 0
    var octetsToFormerPeers = 0
    var stalls = 0
    var repairs = 0

    var actions: [TransportAction] = []
    var output: [PeerOutput] = []

    /// Makes a client that begins to connect to the rendezvous now.
    ///
    /// - Parameter conduct: deliberate faults.
    public init(
        _ configuration: SwarmConfiguration,
        nearID: PeerID,
        conduct: any PeerConduct = CorrectPeer(),
        at now: Instant
    ) {
        self.configuration = configuration
        self.nearID = nearID
        self.conduct = conduct
        self.now = now
        startedAt = now
        rendezvous = .connecting(until: now + conduct.interval(.sessionConnection, .seconds(15)))
        cleanUpAt = now + conduct.interval(.cleanUp, .seconds(60))
    }

    /// What to do about sessions with peers, in order.
    public func takeActions() -> [TransportAction] {
        defer { actions.removeAll() }
        return actions
    }

    /// What the owner is to do or to know, in order.
    public func takeOutput() -> [PeerOutput] {
        defer { output.removeAll() }
        return output
    }

    /// When `advance` has something to do.
    public var nextDeadline: Instant? {
        var earliest = cleanUpAt
        func consider(_ deadline: Instant?) {
            if let deadline, deadline < earliest { earliest = deadline }
        }
        if case .connecting(let until) = rendezvous { consider(until) }
        for neighbour in neighbours { consider(neighbour.nextDeadline) }
        for want in wants { consider(want.deadline) }
        for download in downloads { consider(download.deadline) }
        for answer in cachedAnswers { consider(answer.due) }
        consider(pull?.deadline)
        consider(repair?.deadline)
        consider(tracker.due)
        return earliest
    }

    /// Does what is due.
    public func advance(to now: Instant) {
        pass(to: now)
        if case .connecting(let until) = rendezvous, until <= now { giveUpRendezvous() }
        advanceDownloads()
        advanceNeighbours()
        if let due = tracker.due, due <= now { queryTracker() }
        advanceStalls()
        if let deadline = pull?.deadline, deadline <= now { pullTimedOut() }
        if let deadline = repair?.deadline, deadline <= now { repairRoundEnded() }
        for answer in cachedAnswers where answer.due <= now { answerPlaylist(answer.id) }
        cachedAnswers.removeAll { $0.due <= now }
        if cleanUpAt <= now { cleanUp() }
    }

    /// The rendezvous has accepted this client.
    public func rendezvousConnected(at now: Instant) {
        pass(to: now)
        rendezvous = .connected
        tracker.wants(at: now)
        if mode == .fast || mode == .deciding { queryTracker() }
    }

    /// The rendezvous has refused this client, or is gone.
    public func rendezvousFailed(at now: Instant) {
        pass(to: now)
        giveUpRendezvous()
    }

    /// Nobody knows as yet where the rendezvous is. Until it accepts this client, segments come from sources.
    public func rendezvousUnknown(at now: Instant) {
        pass(to: now)
        rendezvous = .gone
        hasSearched = true
        enterCDN(.cdn)
    }

    private func giveUpRendezvous() {
        rendezvous = .gone
        guard mode == .fast || mode == .deciding, conduct.judges(.lostRendezvousLeaves, holds: true) else { return }
        log("DefaultP2PNetwork", "no rendezvous, will get from http server")
        search = nil
        hasSearched = true
        enterCDN(.cdnOnly)
    }

    func pass(to now: Instant) {
        self.now = max(self.now, now)
    }

    func tell(_ event: PeerEvent) {
        output.append(.event(event))
    }

    func makeNumber() -> Int {
        nextNumber += 1
        return nextNumber
    }

    /// Writes a line into the remote log (tracker-protocol §6).
    func log(_ component: String, _ text: @autoclosure () -> String) {
        guard let url = configuration.logURL else { return }
        let started = Int(configuration.clock.milliseconds(at: startedAt))
        let time = Int(configuration.clock.milliseconds(at: now))
        let line = "\(time)|\(started)|\(nearID.description.prefix(7)) \(component) \(text())"
        output.append(.http(WebRequest(id: makeNumber(), .post(form: "log=\(line.percentEncoded)"), url)))
    }

    /// Where the client stands.
    public var status: PeerStatus {
        PeerStatus(
            mode: mode,
            upstream: neighbours.filter { $0.upstream != .pull }.map(\.id),
            downstream: neighbours.filter(\.isFed).map(\.id),
            ready: neighbours.filter(\.isReady).map(\.id),
            octetsFromPeers: octetsFromPeers,
            octetsFromSources: octetsFromSources,
            octetsToPeers: neighbours.reduce(octetsToFormerPeers) { $0 + $1.windows.octetsSent },
            stalls: stalls,
            repairs: repairs,
            octetsCached: cache.octets,
            traffic: Dictionary(
                neighbours.map { ($0.id, .init(received: $0.received, sent: $0.windows.octetsSent)) }
            ) { first, _ in first }
        )
    }
}
