internal import Flash
internal import HLSP2P
internal import RTMFP

/// Another peer of a scene: the streams are said as its manner has it, the envelopes by this package's swarm algorithm.
final class NeighbourActor: PeerActor {
    /// How it speaks, and what it does.
    struct Manner: Sendable {
        /// Who finds whom in the tracker.
        enum Finding: Sendable {
            case isFound, finds, both
        }

        var finding = Finding.isFound
        /// The stream ID of its first subscription.
        var firstStreamID = PeerConnection.firstStreamID
        /// The form of `play`.
        var form = Command.Form.plain
        /// What it says when it accepts a subscription, as messages of the stream with that ID and name.
        var acceptance: @Sendable (UInt32, String) -> [[UInt8]] = NeighbourActor.acceptance
        /// What it does instead of accepting a subscription to its public stream; nil if it accepts.
        var refusal: Refusal?
        /// Whether it subscribes to whom it has accepted.
        var subscribesBack = true
        /// Whether data go over a return flow of their own.
        var separatesData = false

        /// When it comes, on the clock of the scene.
        var comes: TranscriptStep.Time = 0

        enum Refusal: Sendable {
            case rejects, tells, silence
        }
    }

    let name: String
    let id: PeerID
    private let registration: Registration
    private let registry: InMemoryRegistry
    /// When the rendezvous accepts it; nil if it has.
    private var acceptance: TranscriptStep.Time?
    private let manner: Manner
    private let peer: PeerID
    private let swarm: SwarmPlayer
    private let viewer: Viewer
    private var nextStreamID: UInt32
    /// The control flows of the streams that it plays.
    private var played: (public: Int?, private: Int?)
    /// The return flows of those, by the control flow.
    private var returns: [Int: Int] = [:]
    /// The flow on which it says what it has to say.
    private var voice: Int?
    private var hasStarted = false
    private var isReady = false

    /// - Parameter ticket: under which it is registered.
    init(
        _ name: String,
        _ manner: Manner,
        _ role: SwarmPlayer.Role,
        of peer: PeerID,
        _ web: SimulatedWeb,
        _ registry: InMemoryRegistry,
        ticket: UInt64
    ) {
        self.name = name
        self.manner = manner
        self.peer = peer
        self.registry = registry
        registration = Registration(ticket: ticket, peerID: role.id, resource: role.resource)
        id = role.id
        swarm = SwarmPlayer(role, at: manner.comes)
        viewer = Viewer(swarm, SimulatedPlayer(web.origin, at: Instant(milliseconds: manner.comes)), web)
        nextStreamID = manner.firstStreamID
        acceptance = manner.comes + 100
    }

    var wake: TranscriptStep.Time? {
        [acceptance, swarm.wake, viewer.nextDeadline?.roundedUp].compactMap(\.self).min()
    }

    func live(to now: TranscriptStep.Time) {
        if let at = acceptance, at <= now {
            acceptance = nil
            _ = registry.register(registration)
            swarm.receive(.rendezvous(isThere: true), at: now)
        }
        if let wake = swarm.wake, wake <= now { swarm.advance(to: now) }
        viewer.settle(at: Instant(milliseconds: now))
        if let due = viewer.nextDeadline, due.roundedUp <= now { viewer.advance(to: Instant(milliseconds: now)) }
    }

    func act(in scene: PeerScene) {
        for action in swarm.takeActions() {
            switch action {
            case .send(let envelope, _):
                let octets = envelope.message(timestamp: UInt32(truncatingIfNeeded: scene.now)).encoded
                scene.after(PeerScene.latency) {
                    if let voice = self.voice { try scene.perform(.message(flow: voice, nil, octets), by: self.name) }
                }
            case .connect(peer): scene.after(6 * PeerScene.latency) { try self.find(in: scene) }
            // The others of the scene are strangers to each other.
            case .connect, .disconnect: break
            }
        }
    }

    func see(_ act: PeerStep.Act, in scene: PeerScene) {
        switch act {
        case .open:
            scene.after(4 * PeerScene.latency) {
                try scene.perform(.opened, by: self.name)
                if self.manner.finding == .both { try self.subscribe(in: scene) }
            }
        case .message(let flow, let opening, let octets):
            guard let message = try? Message(decoding: octets) else { return }
            if let opening, opening.association == nil, let command = try? Command(decoding: message),
                let name = command.arguments.first?.string,
                let metadata = try? FlowMetadata(decoding: opening.metadata)
            {
                // The answer is under way as long as the question.
                scene.after(2 * PeerScene.latency) { try self.answer(name, flow, metadata, in: scene) }
                return
            }
            if let opening, let control = opening.association { returns[flow] = control }
            scene.after(PeerScene.latency) { try self.hear(message, octets, on: flow, in: scene) }
        case .finish, .reject, .close:
            voice = nil
            swarm.receive(.lost(peer), at: scene.now)
        case .opened: break
        }
    }

    private func find(in scene: PeerScene) throws {
        try scene.perform(.opened, by: name)
        try subscribe(in: scene)
    }

    /// Plays the stream of that name.
    @discardableResult
    func play(_ name: String, in scene: PeerScene) throws -> Int {
        let id = nextStreamID
        nextStreamID += 1
        let command = Command("play", [.string(name)], form: manner.form)
        let metadata = FlowMetadata(streamID: id).encoded
        return try scene.begin(metadata, nil, [command.message().encoded], by: self.name)
    }

    private func subscribe(in scene: PeerScene) throws {
        guard played.public == nil else { return }
        played.public = try play(peer.description, in: scene)
        if manner.finding != .finds { swarm.receive(.appeared(peer), at: scene.now) }
        act(in: scene)
    }

    private func answer(_ name: String, _ flow: Int, _ metadata: FlowMetadata, in scene: PeerScene) throws {
        let isPublic = name == id.description
        switch isPublic ? manner.refusal : nil {
        case .rejects: return try scene.perform(.reject(flow: flow, code: 0), by: self.name)
        case .silence: return
        case .tells:
            let status = Status("NetStream.Play.Failed", level: .error, "No stream for you")
            try scene.begin(metadata.encoded, flow, [status.command.message().encoded], by: self.name)
            return
        case nil: break
        }
        let messages = manner.acceptance(metadata.streamID, name)
        let returning = try scene.begin(metadata.encoded, flow, messages, by: self.name)
        if isPublic {
            if manner.subscribesBack { try subscribe(in: scene) }
            return
        }
        voice = returning
        if manner.separatesData {
            let data = DataMessage("onMetaData", [.ecmaArray([])]).message().encoded
            voice = try scene.begin(metadata.encoded, flow, [data], by: self.name)
        }
        becomeReady(in: scene)
    }

    /// Something that the peer has said on a return flow arrives.
    private func hear(_ message: Message, _ octets: [UInt8], on flow: Int, in scene: PeerScene) throws {
        guard let control = returns[flow] else { return }
        if let command = try? Command(decoding: message), command.name == "onStatus",
            command.arguments.first?["code"]?.string == "NetStream.Play.Start"
        {
            if control == played.public, played.private == nil {
                played.private = try play(id.description, in: scene)
            } else if control == played.private {
                hasStarted = true
                becomeReady(in: scene)
            }
        } else if control == played.private {
            swarm.receive(.message(peer, octets), at: scene.now)
            viewer.settle(at: Instant(milliseconds: scene.now))
            act(in: scene)
        }
    }

    private func becomeReady(in scene: PeerScene) {
        guard !isReady, voice != nil, hasStarted else { return }
        isReady = true
        swarm.receive(.ready(peer), at: scene.now)
        viewer.settle(at: Instant(milliseconds: scene.now))
        act(in: scene)
    }

    /// What this package's own peer says.
    private static let acceptance: @Sendable (UInt32, String) -> [[UInt8]] = { streamID, name in
        [
            UserControl.streamBegin(streamID: streamID).message.encoded,
            Status("NetStream.Play.Reset", "Playing and resetting \(name)").command.message().encoded,
            Status("NetStream.Play.Start", "Started playing \(name)").command.message().encoded,
            DataMessage("|RtmpSampleAccess", [.boolean(true), .boolean(true)]).message().encoded,
        ]
    }
}
