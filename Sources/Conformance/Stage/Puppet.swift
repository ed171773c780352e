import Flash
import HLSP2P
import Links
import RTMFP

/// A peer of the checker's: says anything, well or badly formed, and takes note of all that the peer under test says.
///
/// What its manner tells it to do it does by itself, at once; all else is up to the case.
final class Puppet: DatagramNode {
    /// What transcripts call it.
    let name: String
    let id: PeerID
    var manner: Manner
    unowned let stage: Stage
    let endpoint: Endpoint
    /// The IHellos that have come to it.
    let hellos = HelloRecorder()
    /// Sessions with the peer under test, in order, with their ends.
    private(set) var sessions: [(handle: SessionHandle, openedAt: Instant, closedAt: Instant?)] = []
    /// All streams with the peer under test, in order.
    var subscriptions: [Subscription] = []
    /// The number of the next message.
    var nextID = 0
    var feeding = Feeding()
    private var rendezvousSession: SessionHandle?
    private(set) var isRegistered = false
    private var seeking: SessionHandle?
    private(set) var seekFailed = false
    private(set) var now: Instant

    init(_ name: String, on stage: Stage, manner: Manner, seed: UInt64) throws {
        self.name = name
        self.stage = stage
        self.manner = manner
        now = stage.now
        var random = SeededGenerator(seed: seed, name: "puppet \(name)")
        let identity = try Identity.fixed(groups: [.modp1024], using: &random)
        guard let id = PeerID(identity.certificate.fingerprint) else { throw StageBroken(reason: "no fingerprint") }
        self.id = id
        var configuration = Configuration(identity: identity)
        configuration.flows.sendQueue = 64 << 20
        configuration.flows.receiveBuffer = 32 << 20
        configuration.logsKeys = stage.tape != nil
        endpoint = Endpoint(configuration: configuration, random: random, conduct: hellos)
    }

    // MARK: What a case has it do.

    /// Connects to the rendezvous, so that others can find it.
    func register() {
        let uri = stage.connectURL
        rendezvousSession = endpoint.open(
            to: [stage.rendezvousAddress],
            endpointDiscriminator: EndpointDiscriminator(uri: uri).encoded,
            at: stage.now
        )
    }

    /// Opens a session with the peer under test, unless there is one, and subscribes to its public stream.
    func seek() {
        if session != nil {
            play(stage.subjectName)
        } else {
            seeking = endpoint.open(
                to: [stage.rendezvousAddress],
                endpointDiscriminator: EndpointDiscriminator(fingerprint: stage.subjectID?.octets ?? []).encoded,
                at: stage.now
            )
        }
    }

    /// The session with the peer under test that is open.
    var session: SessionHandle? { sessions.last { $0.closedAt == nil }?.handle }

    /// Subscribes to a stream of the peer under test.
    @discardableResult
    func play(
        _ name: String,
        streamID: UInt32? = nil,
        form: Command.Form = .plain,
        arguments: [AMF0Value] = []
    ) -> Subscription? {
        let id = streamID ?? UInt32(2_000_001 + subscriptions.count { $0.direction == .heard })
        let metadata = FlowMetadata(streamID: id).encoded
        guard let session, let flow = endpoint.openFlow(on: session, metadata: metadata, at: stage.now) else {
            return nil
        }
        let command = Command("play", [.string(name)] + arguments, form: form)
        let subscription = Subscription(.heard, control: flow, metadata: metadata)
        subscription.name = name
        subscription.play = command.message()
        subscriptions.append(subscription)
        endpoint.write(command.message().encoded, on: flow, at: stage.now)
        note(true, "play \(stage.called(name))")
        return subscription
    }

    /// Lets the peer under test have a stream that it has asked for.
    func serve(_ subscription: Subscription) {
        guard let streamID = subscription.streamID, let flow = openReturn(subscription) else { return }
        subscription.returns.append((flow, nil))
        let begin = UserControl.streamBegin(streamID: streamID).message
        let messages = [
            begin, Status("NetStream.Play.Reset").command.message(), Status("NetStream.Play.Start").command.message(),
        ]
        for message in messages { endpoint.write(message.encoded, on: flow, at: stage.now) }
        note(true, "Play.Start of \(stage.called(subscription.name ?? "?"))")
    }

    /// Another flow in return to a subscription.
    func openReturn(_ subscription: Subscription) -> FlowHandle? {
        endpoint.openFlow(
            on: subscription.control.session,
            metadata: subscription.metadata,
            association: subscription.control,
            at: stage.now
        )
    }

    /// Closes a stream, whichever end it is of.
    func leave(_ subscription: Subscription) {
        subscription.isLeft = true
        switch subscription.direction {
        case .heard:
            endpoint.close(subscription.control, at: stage.now)
            for (flow, _) in subscription.returns { endpoint.reject(flow, at: stage.now) }
        case .served:
            for (flow, _) in subscription.returns { endpoint.close(flow, at: stage.now) }
            endpoint.reject(subscription.control, at: stage.now)
        }
        note(
            true,
            "closes \(subscription.direction == .heard ? "its subscription to" : "") \(stage.called(subscription.name ?? "?"))"
        )
    }

    /// Ends all sessions.
    func takeLeave() {
        for session in [session, rendezvousSession].compactMap(\.self) { endpoint.close(session, at: stage.now) }
    }

    /// Ends the session with the peer under test.
    func hangUp() {
        if let session { endpoint.close(session, at: stage.now) }
        note(true, "ends the session")
    }

    // MARK: The node.

    func receive(_ datagram: [UInt8], from far: SocketAddress, at now: Instant) {
        self.now = max(self.now, now)
        endpoint.receive(datagram, from: far, at: now)
        handleEvents()
    }

    func advance(to now: Instant) {
        self.now = max(self.now, now)
        endpoint.advance(to: now)
        handleEvents()
        feed()
    }

    var nextDeadline: Instant? {
        guard let feed = nextFeed else { return endpoint.nextDeadline }
        return endpoint.nextDeadline.map { min($0, feed) } ?? feed
    }

    func takeDatagrams() -> [Datagram] { endpoint.takeDatagrams() }

    func note(_ sent: Bool, _ text: String) {
        stage.transcript.note(sent: sent, "\(name): \(text)", at: now)
    }

    private func handleEvents() {
        while true {
            let events = endpoint.takeEvents()
            if events.isEmpty { return }
            for event in events { handle(event) }
        }
    }

    private func handle(_ event: Event) {
        switch event {
        case .keyed(_, let keys):
            stage.tape?.add(keys)
        case .opened(let session, let opened):
            if session == rendezvousSession {
                connect(session)
            } else if stage.acquaintance.map({ $0.id.octets == opened.farFingerprint }) ?? true {
                begun(session)
            } else {
                // Somebody of the swarm that the peer takes part in.
                endpoint.close(session, at: now)
            }
        case .openFailed(let session, let reason):
            // Where both ends have opened one at a time, the other session is as good.
            if session == seeking, case .timedOut = reason { seekFailed = true }
        case .closed(let session, _):
            closed(session)
        case .flowOpened(let flow, let received) where isWithSubject(flow.session):
            opened(flow, received)
        case .message(let flow, let message):
            if isWithSubject(flow.session) {
                heard(message, on: flow)
            } else if flow.session == rendezvousSession {
                welcomed(message)
            }
        case .flowEnded(let flow), .flowRefused(let flow), .flowRejected(let flow, _):
            if isWithSubject(flow.session) { ended(flow) }
        default:
            break
        }
    }

    private func isWithSubject(_ session: SessionHandle) -> Bool { sessions.contains { $0.handle == session } }

    private func connect(_ session: SessionHandle) {
        let flow = endpoint.openFlow(on: session, metadata: FlowMetadata(streamID: 0).encoded, at: now)
        let members: [AMFMember<AMF0Value>] = [
            AMFMember("app", .string("")), AMFMember("tcUrl", .string(stage.connectURL)),
            AMFMember("objectEncoding", .number(3)),
        ]
        let command = Command(
            "connect",
            transactionID: 1,
            object: .object(members),
            [.string(stage.resource)]
        )
        if let flow { endpoint.write(command.message().encoded, on: flow, at: now) }
    }

    private func welcomed(_ message: ReceivedMessage) {
        guard let message = try? Message(decoding: message.bytes), let command = try? Command(decoding: message)
        else { return }
        if command.name == "_result" { isRegistered = true }
    }

    private func begun(_ session: SessionHandle) {
        sessions.append((session, now, nil))
        note(false, "a session is open")
        if session == seeking, manner.playsPublic { play(stage.subjectName) }
    }

    private func closed(_ session: SessionHandle) {
        guard let index = sessions.firstIndex(where: { $0.handle == session }) else { return }
        sessions[index].closedAt = now
        note(false, "the session is over")
        for subscription in subscriptions where subscription.control.session == session {
            subscription.closedAt = subscription.closedAt ?? now
        }
        feeding.stop()
        nextID = 0
    }
}

/// Why a stage cannot be set up.
struct StageBroken: Error, CustomStringConvertible {
    let reason: String
    var description: String { reason }
}
