internal import Flash
internal import HLSP2P
internal import RTMFP
internal import Synchronization

/// Plays the server of a transcript with this package's `Rendezvous` and `Tracker`, in milliseconds, and writes down what
/// they do.
///
/// The clients are `FarEnd`s. Datagrams take no time, so that what is written down is about messages alone.
final class ServerPlayer {
    private(set) var steps: [ServerStep] = []
    private let endpoint: Endpoint
    private let rendezvous: Rendezvous
    private let tracker: Tracker
    private let address: SocketAddress
    private let ends: [FarEnd]
    private let introductions: IntroductionConduct
    private var now: TranscriptStep.Time = 0
    private var silent: Set<String> = []
    private var open: Set<String> = []
    private var flows: FlowNumbers

    /// - Parameters:
    ///   - steps: those of a transcript that is played again: flows of the server's get the numbers that they have there.
    ///   - fault: what the server does wrong.
    init(
        _ role: ServerTranscript.Role,
        _ ends: [PeerTranscript.End],
        knowing steps: [ServerStep] = [],
        fault: Fault = Fault()
    ) throws {
        address = role.address
        self.ends = try ends.map { try FarEnd($0, peer: role.address) }
        flows = FlowNumbers(steps)
        introductions = IntroductionConduct(fault)
        let registry = InMemoryRegistry(random: SeededGenerator(seed: 7425, name: "registry"))
        tracker = Tracker(directory: registry, log: { _ in })
        endpoint = Endpoint(
            configuration: Configuration(identity: Identity(certificate: try Certificate(role.certificate))),
            random: SeededGenerator(seed: 7425, name: "server"),
            conduct: introductions
        )
        var configuration = RendezvousConfiguration()
        configuration.resourceRule = role.needsResource ? .rootApplication : .nobody
        rendezvous = Rendezvous(
            on: endpoint,
            registry: registry,
            configuration: configuration,
            random: SeededGenerator(seed: 7425, name: "rendezvous"),
            conduct: fault
        )
    }

    /// How often datagrams go to and fro at one time, at most.
    private static let maximumRounds = 1_000
    /// How often somebody is woken in one transcript, at most.
    private static let maximumWakes = 100_000
    private var wakes = 0

    /// The number of the next flow of a client's.
    var nextFlow: Int { flows.next }

    /// The number of the first flow of the server's towards a client; nil if there is none.
    func control(of end: String) -> Int? {
        steps.lazy.compactMap { step in
            guard step.isOut, step.end == end, case .message(let flow, .some, _)? = step.act else { return nil }
            return flow
        }.first
    }

    /// Has everybody do what is due up to a time.
    ///
    /// - Throws: `VectorMismatch` if that has no end.
    func advance(to at: TranscriptStep.Time) throws(VectorMismatch) {
        while let wake, wake <= at {
            now = max(now, wake)
            endpoint.advance(to: instant)
            for end in ends { end.endpoint.advance(to: instant) }
            try exchange()
            wakes += 1
            guard wakes < ServerPlayer.maximumWakes else {
                throw VectorMismatch("play", expected: "an end", actual: "no rest")
            }
        }
        now = max(now, at)
    }

    /// A client does something.
    ///
    /// - Throws: `VectorMismatch` if there is no such client, session or flow.
    func receive(_ input: ServerStep.Input, from name: String) throws(VectorMismatch) {
        guard let end = ends.first(where: { $0.name == name }) else {
            throw VectorMismatch("end", expected: "one of the ends", actual: name)
        }
        steps.append(ServerStep(at: now, end: name, content: .in(input)))
        switch input {
        case .act(.open(let discriminator)): end.open(discriminator, at: instant)
        case .act(let act):
            if case .message(let flow, .some, _) = act { flows.next = max(flows.next, flow + 1) }
            try end.perform(act, at: instant)
        case .seek(let payload):
            let packet = Packet(
                PacketHeader(.startup),
                [.unknown(type: ChunkType.initiatorHello.rawValue, payload: payload)]
            )
            endpoint.receive(
                PacketSealer(.defaultSession).seal(packet.encoded, to: 0),
                from: end.address,
                at: instant
            )
        case .silent: silent.insert(name)
        case .request(let request): ask(request, end)
        }
        try exchange()
    }

    private var instant: Instant { Instant(milliseconds: now) }

    private var wake: TranscriptStep.Time? {
        ([endpoint.nextDeadline] + ends.map(\.endpoint.nextDeadline)).compactMap(\.self).min()
            .map { max(now + 1, Int((max(0, $0.nanoseconds) + 999_999) / 1_000_000)) }
    }

    private func ask(_ request: ServerStep.Request, _ end: FarEnd) {
        let answer = Mutex<HTTPResponse?>(nil)
        let asked = HTTPRequest(
            request.method,
            request.target,
            fields: request.fields,
            body: Array(request.body.utf8),
            from: end.address
        )
        tracker.answer(asked) { response in answer.withLock { $0 = response } }
        guard let response = answer.withLock({ $0 }) else { return }
        note(
            .response(
                ServerStep.Response(
                    request: request.id,
                    status: response.status,
                    fields: response.fields,
                    body: String(decoding: response.body, as: UTF8.self)
                )
            ),
            end.name
        )
    }

    private func note(_ output: ServerStep.Output, _ end: String) {
        steps.append(ServerStep(at: now, end: end, content: .out(output)))
    }

    /// Carries datagrams to and fro until nobody has any, and takes down what the server does.
    private func exchange() throws(VectorMismatch) {
        var rounds = 0
        var isQuiet = false
        while !isQuiet {
            isQuiet = true
            rounds += 1
            guard rounds < ServerPlayer.maximumRounds else {
                throw VectorMismatch("play", expected: "an end", actual: "no rest")
            }
            for event in endpoint.takeEvents() { rendezvous.handle(event, at: instant) }
            for datagram in endpoint.takeDatagrams() {
                isQuiet = false
                guard let end = ends.first(where: { $0.address == datagram.far }), !silent.contains(end.name) else {
                    continue
                }
                end.endpoint.receive(datagram.bytes, from: address, at: instant)
            }
            for (far, output) in introductions.take() {
                guard let end = ends.first(where: { $0.address == far }) else { continue }
                note(output, end.name)
            }
            for end in ends {
                takeDown(end)
                for datagram in end.endpoint.takeDatagrams() {
                    isQuiet = false
                    guard datagram.far == address, !silent.contains(end.name) else { continue }
                    endpoint.receive(datagram.bytes, from: end.address, at: instant)
                }
            }
        }
    }

    private func takeDown(_ end: FarEnd) {
        let acts = end.takeActs { flows.number(of: $0, from: end.name) }
        if end.isOpen != open.contains(end.name) {
            if end.isOpen {
                open.insert(end.name)
                note(.act(.opened), end.name)
            } else {
                open.remove(end.name)
            }
        }
        for act in acts { note(.act(act), end.name) }
    }
}

/// Which numbers flows of the server's get: those that they have in a transcript, or others than any there.
private struct FlowNumbers {
    var next: Int
    private var known: [(end: String, metadata: [UInt8], number: Int)] = []

    init(_ steps: [ServerStep]) {
        var next = 0
        for step in steps {
            guard case .message(let flow, let opening?, _)? = step.act else { continue }
            next = max(next, flow + 1)
            if step.isOut { known.append((step.end, opening.metadata, flow)) }
        }
        self.next = next
    }

    mutating func number(of opening: PeerStep.Opening, from end: String) -> Int {
        if let index = known.firstIndex(where: { $0.end == end && $0.metadata == opening.metadata }) {
            return known.remove(at: index).number
        }
        defer { next += 1 }
        return next
    }
}

/// A conduct, and a note of whom the endpoint introduces.
private final class IntroductionConduct: Conduct {
    /// Octets of a chunk before its payload (RFC 7016 §2.2.4).
    private static let chunkHeader = 3
    private let fault: Fault
    private let outputs = Mutex<[(far: SocketAddress, output: ServerStep.Output)]>([])

    init(_ fault: Fault) {
        self.fault = fault
    }

    /// What was said since the last call, and to which address.
    func take() -> [(far: SocketAddress, output: ServerStep.Output)] {
        outputs.withLock { outputs in
            defer { outputs = [] }
            return outputs
        }
    }

    func judges(_ rule: Rule, holds: Bool) -> Bool { fault.judges(rule, holds: holds) }
    func receives(_ packet: IncomingPacket) -> IncomingPacket? { fault.receives(packet) }
    func answers(_ packet: IncomingPacket) -> [OutgoingPacket] { noting(fault.answers(packet)) }
    func interval(_ timer: TimerName, _ correct: Interval) -> Interval { fault.interval(timer, correct) }

    func sends(_ packet: OutgoingPacket) -> [OutgoingPacket] { noting(fault.sends(packet)) }

    private func noting(_ packets: [OutgoingPacket]) -> [OutgoingPacket] {
        for packet in packets {
            for chunk in packet.packet.chunks { note(chunk, to: packet.far) }
        }
        return packets
    }

    private func note(_ chunk: Chunk, to far: SocketAddress) {
        var writer = ByteWriter()
        chunk.encode(into: &writer)
        let payload = Array(writer.bytes.dropFirst(IntroductionConduct.chunkHeader))
        switch chunk.type {
        case ChunkType.responderRedirect.rawValue: outputs.withLock { $0.append((far, .redirect(payload))) }
        case ChunkType.forwardedInitiatorHello.rawValue: outputs.withLock { $0.append((far, .forward(payload))) }
        default: break
        }
    }
}
