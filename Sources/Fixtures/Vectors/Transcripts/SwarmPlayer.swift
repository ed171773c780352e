internal import Flash
internal import HLSP2P
internal import RTMFP
internal import Synchronization

/// Plays a peer of a transcript with this package's swarm algorithm, in milliseconds, and writes down what it does.
final class SwarmPlayer {
    /// Who the peer is, and what it was told about its stream.
    struct Role: Equatable {
        var id: PeerID
        var playlistURL: String
        var trackerURL: String
        var resource: ResourceName
        var peerCount: Int
        /// Milliseconds since the beginning of 1970 when the transcript begins.
        var clock: Int
    }

    private(set) var steps: [SwarmStep] = []
    let swarm: Swarm
    private let conduct = NotingConduct()
    private var now: TranscriptStep.Time
    /// What the peer's owner has not taken yet.
    private var outputs: [PeerOutput] = []
    private var actions: [TransportAction] = []
    private var responses = WebResponses()

    init(_ role: Role, at: TranscriptStep.Time) {
        now = at
        swarm = Swarm(SwarmConfiguration(role), nearID: role.id, conduct: conduct, at: Instant(milliseconds: at))
    }

    /// The rules that did not hold since the last call.
    func takeBroken() -> [PeerRule] { conduct.takeBroken() }

    /// When the peer next wants to be woken; never twice in a millisecond.
    var wake: TranscriptStep.Time? {
        swarm.nextDeadline.map { max(now + 1, Int((max(0, $0.nanoseconds) + 999_999) / 1_000_000)) }
    }

    /// Has the peer do what is due.
    func advance(to at: TranscriptStep.Time) {
        now = at
        swarm.advance(to: Instant(milliseconds: at))
        collect()
    }

    /// Something reaches the peer.
    func receive(_ input: SwarmStep.Input, at: TranscriptStep.Time) {
        now = max(now, at)
        let instant = Instant(milliseconds: at)
        switch input {
        case .rendezvous(let isThere):
            note(input)
            if isThere { swarm.rendezvousConnected(at: instant) } else { swarm.rendezvousFailed(at: instant) }
        case .playlist, .segment, .unwanted, .response: note(swarm.take(input, at: instant))
        case .appeared(let peer):
            note(input)
            swarm.appeared(peer, at: instant)
        case .ready(let peer):
            note(input)
            swarm.ready(peer, at: instant)
        case .lost(let peer):
            note(input)
            swarm.lost(peer, at: instant)
        case .message(let peer, let octets):
            note(input)
            if let message = try? Message(decoding: octets), case .success(let envelope) = Envelope.reading(message) {
                swarm.receive(envelope, from: peer, at: instant)
            }
        }
        collect()
    }

    /// What is to be done about sessions since the last call.
    func takeActions() -> [TransportAction] {
        defer { actions = [] }
        return actions
    }

    private func note(_ input: SwarmStep.Input) {
        steps.append(SwarmStep(at: now, content: .in(input)))
    }

    /// Takes down what the peer does: a confirm before what follows from the message that is confirmed (peer-protocol §5.3).
    private func collect() {
        let taken = swarm.takeActions()
        let confirms = taken.prefix(while: \.isConfirm)
        note(confirms)
        for output in swarm.takeOutput() {
            outputs.append(output)
            if let step = SwarmStep.Output(output) { steps.append(SwarmStep(at: now, content: .out(step))) }
        }
        note(taken.dropFirst(confirms.count))
    }

    private func note(_ taken: ArraySlice<TransportAction>) {
        for action in taken {
            actions.append(action)
            let step: SwarmStep.Output =
                switch action {
                case .connect(let peer): .connect(peer)
                case .send(let envelope, let peer): .message(peer, envelope.message().encoded)
                case .disconnect(let peer): .disconnect(peer)
                }
            steps.append(SwarmStep(at: now, content: .out(step)))
        }
    }
}

extension TransportAction {
    fileprivate var isConfirm: Bool {
        if case .send(let envelope, _) = self, case .confirm = envelope.kind { true } else { false }
    }
}

/// The face for the player and for HTTP of a scene. A response counts as come when all of it has.
extension SwarmPlayer: SwarmMember {
    func requestPlaylist(at now: Instant) -> Int {
        receive(.playlist(id: 0), at: now.milliseconds)
        return lastID
    }

    func requestSegment(_ uri: String, at now: Instant) -> Int {
        receive(.segment(id: 0, url: uri), at: now.milliseconds)
        return lastID
    }

    func cancel(_ id: Int, at now: Instant) { receive(.unwanted(id: id), at: now.milliseconds) }

    func receive(_ event: WebEvent, of request: Int, at now: Instant) {
        if let response = responses.take(event, of: request) { receive(response, at: now.milliseconds) }
    }

    func takeOutput() -> [PeerOutput] {
        defer { outputs = [] }
        return outputs
    }

    var status: PeerStatus { swarm.status }

    /// The number under which the player's last request is answered.
    private var lastID: Int {
        steps.lazy.reversed().compactMap { $0.input?.id }.first ?? 0
    }
}

extension SwarmConfiguration {
    /// What a peer of a transcript was told about its stream.
    init(_ role: SwarmPlayer.Role) {
        self.init(
            playlistURL: role.playlistURL,
            trackerURL: role.trackerURL,
            resource: role.resource,
            peerCount: role.peerCount,
            clock: WallClock(millisecondsAtOrigin: Double(role.clock))
        )
    }
}

extension Instant {
    /// So many milliseconds after the clock's origin.
    init(milliseconds: TranscriptStep.Time) {
        self.init(nanoseconds: Int64(milliseconds) * 1_000_000)
    }

    /// Whole milliseconds since the clock's origin.
    var milliseconds: TranscriptStep.Time { Int(nanoseconds / 1_000_000) }
}

/// The correct conduct, which remembers what the peer judged.
private final class NotingConduct: PeerConduct {
    private let broken = Mutex<[PeerRule]>([])

    func takeBroken() -> [PeerRule] {
        broken.withLock { rules in
            defer { rules = [] }
            return rules
        }
    }

    func judges(_ rule: PeerRule, holds: Bool) -> Bool {
        if !holds { broken.withLock { $0.append(rule) } }
        return holds
    }
}
