import Flash
import HLSP2P
import Links
import RTMFP

/// The rendezvous of a stage: the application of this project, with a registry that takes note of who comes.
final class StageRendezvous: DatagramNode {
    /// What clients meet.
    enum Manner {
        case right
        /// Nothing is answered.
        case mute
        /// `connect` is refused.
        case refusing
    }

    /// What a client has said on its connection.
    struct Said {
        let at: Instant
        let session: SessionHandle
        let command: Command
    }

    let registry = StageRegistry()
    var manner = Manner.right {
        didSet { registry.refuses = manner == .refusing }
    }
    /// Commands that came.
    private(set) var said: [Said] = []
    /// Who has opened a session, in order.
    private(set) var guests: [(at: Instant, session: SessionHandle, id: PeerID)] = []
    /// Sessions that are over.
    private(set) var gone: [(at: Instant, session: SessionHandle)] = []
    /// Endpoint discriminators that were asked for.
    let hellos = HelloRecorder()
    private let tape: Tape?
    private let endpoint: Endpoint
    private let rendezvous: Rendezvous

    init(seed: UInt64, tape: Tape? = nil) throws {
        self.tape = tape
        var random = SeededGenerator(seed: seed, name: "rendezvous")
        let identity = try Identity.fixed(groups: [.modp1024], acceptsAncillaryData: true, using: &random)
        var configuration = Configuration(identity: identity)
        configuration.logsKeys = tape != nil
        endpoint = Endpoint(configuration: configuration, random: random, conduct: hellos)
        rendezvous = Rendezvous(on: endpoint, registry: registry, random: random)
    }

    func receive(_ datagram: [UInt8], from far: SocketAddress, at now: Instant) {
        guard manner != .mute else { return }
        endpoint.receive(datagram, from: far, at: now)
        handleEvents(at: now)
    }

    func advance(to now: Instant) {
        endpoint.advance(to: now)
        handleEvents(at: now)
    }

    var nextDeadline: Instant? { endpoint.nextDeadline }

    func takeDatagrams() -> [Datagram] { manner == .mute ? [] : endpoint.takeDatagrams() }

    /// Says something to a client that it has not asked for.
    func say(_ command: Command, to session: SessionHandle, at now: Instant) {
        let flow = endpoint.openFlow(
            on: session,
            metadata: FlowMetadata(streamID: 0).encoded,
            association: controlFlows[session],
            at: now
        )
        if let flow { endpoint.write(command.message().encoded, on: flow, at: now) }
    }

    private var controlFlows: [SessionHandle: FlowHandle] = [:]

    private func handleEvents(at now: Instant) {
        while true {
            let events = endpoint.takeEvents()
            if events.isEmpty { return }
            for event in events {
                note(event, at: now)
                rendezvous.handle(event, at: now)
            }
        }
    }

    private func note(_ event: Event, at now: Instant) {
        switch event {
        case .keyed(_, let keys):
            tape?.add(keys)
        case .opened(let session, let opened):
            if let id = PeerID(opened.farFingerprint) { guests.append((now, session, id)) }
        case .flowOpened(let flow, let received):
            if received.association == nil, controlFlows[flow.session] == nil { controlFlows[flow.session] = flow }
        case .message(let flow, let received):
            guard let message = try? Message(decoding: received.bytes), let command = try? Command(decoding: message)
            else { return }
            said.append(Said(at: now, session: flow.session, command: command))
        case .closed(let session, _):
            gone.append((now, session))
        default:
            break
        }
    }
}

/// Everybody who registers, as long as anybody may.
final class StageRegistry: Registry {
    /// Who has come, in order; also those who have gone.
    private(set) var registrations: [Registration] = []
    var refuses = false

    func register(_ registration: Registration) -> RegistrationOutcome {
        guard !refuses else { return .failed("Nobody is let in") }
        registrations.append(registration)
        return .registered
    }

    func unregister(_ registration: Registration) {}

    func stop() {}
}
