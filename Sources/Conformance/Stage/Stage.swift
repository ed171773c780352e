import HLSP2P
import Links
import RTMFP

/// Everybody whom a peer under test has to do with: rendezvous, tracker, origin, log sink and the other peers. The body
/// of a case directs them from one thread, top to bottom.
final class Stage {
    let world: any StageWorld
    let web: StageWeb
    let rendezvous: StageRendezvous
    let rendezvousAddress: SocketAddress
    /// The peer, if it takes part in somebody else's swarm: then nobody knows of the stage's rendezvous, origin and
    /// tracker.
    let acquaintance: PeerAcquaintance?
    /// `host:port` of origin and tracker.
    let authority: String
    let transcript: Transcript
    /// Factor on every wait.
    let scale: Double
    /// The puppets, in the order in which they came.
    private(set) var puppets: [Puppet] = []
    /// `rtmfp_url_peers`.
    var peerCount = StageCall.usualPeerCount
    /// `source_servers`.
    var sourceServers: [String] = []
    /// The name of the stream’s resource.
    static let resource = "check"
    var resource: String { acquaintance.map { _ in PeerAcquaintance.resource } ?? Stage.resource }
    /// What keeps everything; nil if nobody wants it.
    let tape: Tape?
    private let seed: UInt64
    private(set) var client: (any VisitingClient)?
    private(set) var startedAt: Instant?

    /// How long an answer may take that the specification wants at once.
    static let promptly = Interval.seconds(3)
    /// How long a peer may take to set out.
    var patience: Interval { world.patience }

    init(_ world: any StageWorld, transcript: Transcript, scale: Double, seed: UInt64, tape: Tape? = nil) throws {
        self.world = world
        self.transcript = transcript
        self.scale = scale
        self.seed = seed
        self.tape = tape
        web = StageWeb(StageOrigin(seed: seed, start: world.clock()), clock: world.clock)
        acquaintance = world.acquaintance
        rendezvous = try StageRendezvous(seed: seed, tape: tape)
        if let acquaintance {
            authority = "checker.invalid"
            rendezvousAddress = acquaintance.rendezvous
        } else {
            authority = try world.serve(web)
            rendezvousAddress = try world.attach(rendezvous)
        }
    }

    var now: Instant { world.clock() }
    /// `rtmfp_url` without its last part.
    var connectURL: String { acquaintance?.connectURL ?? "rtmfp://\(rendezvousAddress)/live" }
    /// Milliseconds of dates; the origin of them is of no importance.
    var milliseconds: Double { 1_700_000_000_000 + Double(now.nanoseconds / 1_000_000) }

    /// Who the peer under test is, once it has registered.
    var subjectID: PeerID? {
        if let acquaintance { return acquaintance.id }
        return rendezvous.registry.registrations.last { registration in
            !puppets.contains { $0.id == registration.peerID }
        }?.peerID
    }

    /// The name of the peer's public stream, and of the private streams that are published for it.
    var subjectName: String { subjectID?.description ?? "" }

    func segmentURL(_ number: Int) -> String { "http://\(authority)\(StageOrigin.folder)\(number).ts" }

    /// What people call a stream.
    func called(_ name: String) -> String {
        if name == subjectName { return "the peer’s ID" }
        return puppets.first { $0.id.description == name }.map { "\($0.name)’s ID" } ?? "“\(name.prefix(70))”"
    }

    // MARK: Directing.

    /// Another puppet.
    func puppet(_ name: String? = nil, _ manner: Manner = .idle) throws -> Puppet {
        let name = name ?? "P\(puppets.count)"
        let puppet = try Puppet(name, on: self, manner: manner, seed: seed)
        puppets.append(puppet)
        _ = try world.attach(puppet)
        if acquaintance != nil {
            puppet.register()
            try given { try wait(until: "that the rendezvous lets \(name) in") { puppet.isRegistered } }
        }
        return puppet
    }

    /// Has the peer under test set out.
    func start() throws {
        guard acquaintance == nil else { throw Lacking(reason: "the peer is there already") }
        startedAt = now
        client = try world.start(
            StageCall(
                playlistURL: "http://\(authority)\(StageWeb.playlistPath)",
                rendezvousURL: "\(connectURL)/\(resource)",
                rendezvous: rendezvousAddress,
                trackerURL: "http://\(authority)\(StageWeb.trackerPath)",
                logURL: "http://\(authority)/remote_log",
                peerCount: peerCount,
                sourceServers: sourceServers
            )
        )
    }

    /// Waits until `look` finds something.
    ///
    /// - Throws: `Unmet` if it does not in time.
    @discardableResult
    func wait<T>(
        _ expected: String,
        within patience: Interval = Stage.promptly,
        otherwise: () -> String? = { nil },
        _ look: () -> T?
    ) throws -> T {
        if let found = look() { return found }
        var found: T?
        try world.run(until: now + patience * scale) {
            found = look()
            return found != nil
        }
        if let found { return found }
        throw Unmet(
            expected: "\(expected) within \(Stage.inWords(patience * scale))",
            actual: otherwise() ?? "nothing of the kind"
        )
    }

    /// Waits until something is the case.
    func wait(
        until expected: String,
        within patience: Interval = Stage.promptly,
        otherwise: () -> String? = { nil },
        _ look: () -> Bool
    ) throws {
        try wait(expected, within: patience, otherwise: otherwise) { look() ? true : nil }
    }

    /// Lets time pass.
    func pass(_ interval: Interval) throws {
        try world.run(until: now + interval) { false }
    }

    /// Lets time pass, and fails if `look` finds something until then.
    func require(no expected: String, for interval: Interval, _ look: () -> String?) throws {
        var found = look()
        if found == nil {
            try world.run(until: now + interval) {
                found = look()
                return found != nil
            }
        }
        if let found { throw Unmet(expected: "no \(expected)", actual: found) }
    }

    /// Has the peer leave.
    func dismiss() {
        client?.end()
        client = nil
    }

    static func inWords(_ interval: Interval) -> String {
        "\(Double(Int((interval.seconds * 10).rounded())) / 10) s"
    }

    /// Takes everything down.
    func close() {
        client?.end()
        if acquaintance != nil {
            puppets.forEach { $0.takeLeave() }
            try? pass(.milliseconds(20))
        }
        world.close()
    }

    // MARK: What the peer has asked for over HTTP.

    /// Requests for segments, in order.
    var segmentRequests: [(at: Instant, number: Int)] {
        web.asked.compactMap { asked in asked.segment.map { (asked.at, $0) } }
    }

    /// Requests for the playlist.
    var playlistRequests: [StageWeb.Asked] { web.asked.filter { $0.request.path == StageWeb.playlistPath } }

    /// Requests to the tracker.
    var queries: [StageWeb.Asked] { web.asked.filter { $0.request.path == StageWeb.trackerPath } }

    /// When the segment was asked for over HTTP first.
    func requested(_ number: Int) -> Instant? { segmentRequests.first { $0.number == number }?.at }
}
