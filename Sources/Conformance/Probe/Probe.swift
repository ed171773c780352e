import Links
public import RTMFP

/// A case's hands and ears: addresses to speak from, seeded randomness, patience, a transcript.
///
/// A probe belongs to one run of one case and is used by one thread.
final class Probe {
    /// Where the target is and how it likes to be addressed.
    let target: Target
    /// Where clients come from, if those are judged.
    let clients: (any ClientSource)?
    /// The case's dealings with the tracker, if one is judged.
    private(set) var tracker: TrackerProbe?
    /// What the survey found out about the target.
    let survey: Survey
    let timing: Timing
    let transcript: Transcript
    /// What keeps every datagram; nil if nobody wants them.
    let tape: Tape?
    private let network: any Network
    private var random: SeededGenerator
    private var budgetEnd: Instant?
    /// The addresses spoken from, in order of appearance.
    private(set) var peers: [Peer] = []
    /// The plainest session, which the setting `.opened` has opened.
    var baseline: ProbeSession?
    /// The sessions opened, in order of appearance.
    private var sessions: [ProbeSession] = []
    /// The clients that were called, in order of appearance.
    private(set) var visits: [Visit] = []

    init(_ ground: Ground, survey: Survey, timing: Timing, seed: UInt64, tape: Tape? = nil) {
        target = ground.target
        clients = ground.clients
        network = ground.network
        self.survey = survey
        self.timing = timing
        self.tape = tape
        transcript = Transcript(tape)
        random = SeededGenerator(seed: seed)
        tracker = ground.tracker.map { TrackerProbe(self, site: $0) }
    }

    /// The address that the case speaks from unless it says otherwise.
    func peer() throws -> Peer {
        try peers.first ?? newPeer()
    }

    /// Another address to speak from.
    func newPeer() throws -> Peer {
        try newPeer(.everyone(target.address.family))
    }

    /// Another address to speak from, with the given reach.
    func newPeer(_ reach: Reach) throws -> Peer {
        peer(at: try network.makeLink(reach), far: target.address)
    }

    /// Another address to speak from, at which whoever is at `far` may answer.
    func newPeer(towards far: SocketAddress) throws -> Peer {
        peer(at: try network.makeLink(.everyone(far.family)), far: far)
    }

    /// Has a client set out, and gives the addresses that it comes to; nobody has come there yet.
    func call(_ call: Call) throws -> (Visit, [Peer]) {
        guard let clients else { throw Inconclusive(reason: "there are no clients to call") }
        let visit = try clients.call(call)
        visits.append(visit)
        return (visit, visit.doors.map { peer(at: $0, far: nil) })
    }

    private func peer(at link: any Link, far: SocketAddress?) -> Peer {
        let peer = Peer(link: link, far: far, probe: self)
        peers.append(peer)
        return peer
    }

    /// Keeps a session in mind, to take leave of it in the end.
    func remember(_ session: ProbeSession) {
        sessions.append(session)
    }

    /// Ends what the case has opened, so that the target need not wait for it to time out.
    func takeLeave() {
        sessions.forEach { $0.takeLeave() }
        tracker?.takeLeave()
        // Sessions refer to their probe, and so does what deals with the tracker.
        sessions.removeAll()
        tracker = nil
        baseline = nil
        visits.forEach { $0.client.end() }
        peers.forEach { $0.close() }
    }

    /// `count` octets that follow from the case's seed.
    func octets(_ count: Int) -> [UInt8] {
        random.octets(count)
    }

    /// A session ID other than 0 that follows from the case's seed.
    func sessionID() -> UInt32 {
        UInt32.random(in: 1...UInt32.max, using: &random)
    }

    /// A key pair that follows from the case's seed.
    func keyPair(_ group: DiffieHellmanGroup) -> DiffieHellmanKeyPair {
        DiffieHellmanKeyPair(group: group, using: &random)
    }

    /// The time since the case's first word, as of its last.
    var elapsed: Interval { transcript.elapsed }

    /// The end of the time that one case may take, however many datagrams keep coming.
    func endOfBudget(_ now: Instant) -> Instant {
        if let budgetEnd { return budgetEnd }
        let end = now + timing.budget
        budgetEnd = end
        return end
    }
}

/// How long to wait for what.
struct Timing: Sendable {
    /// How long an answer may take before it counts as missing.
    var patience: Interval
    /// How long a whole case may take.
    var budget: Interval

    /// Waits that suit a measured round trip: ten of it, but at least a second and at most three.
    ///
    /// A second is long on loopback; a machine that is busy with other work can stall a process for much of it.
    init(roundTrip: Interval, scale: Double = 1) {
        let patience = min(max(roundTrip * 10, .seconds(1)), .seconds(3))
        self.patience = patience * scale
        budget = .seconds(30) * scale
    }
}

/// Where an implementation under test is.
public struct Target: Sendable, Hashable {
    /// The address that it listens at.
    public var address: SocketAddress
    /// The URI that sessions are opened for: it goes into the endpoint discriminator (RFC 7425 §4.4.2.2).
    public var uri: String

    /// Makes a target; nil for `uri` means the server's root, `rtmfp://address/`.
    public init(_ address: SocketAddress, uri: String? = nil) {
        self.address = address
        self.uri = uri ?? "rtmfp://\(address)/"
    }

    /// The endpoint discriminator that asks for `uri`.
    public var endpointDiscriminator: [UInt8] {
        EndpointDiscriminator(uri: uri).encoded
    }
}
