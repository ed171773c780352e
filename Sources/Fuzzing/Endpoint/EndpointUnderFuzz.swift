import Flash
import HLSP2P
import RTMFP

/// The reference rendezvous, and what a script of octets does to it: far ends that speak as they like, the owner, and
/// time.
final class EndpointUnderFuzz: Woken {
    let endpoint: Endpoint
    private let rendezvous: Rendezvous
    let standard = PacketSealer(.defaultSession)
    private let opener = PacketOpener(.defaultSession)
    var now = Instant.origin
    private(set) var startup = StartupDealings()
    private(set) var sessions: [SessionHandle: SessionDealings] = [:]
    /// Each far end's latest session.
    private(set) var latest: [SocketAddress: SessionHandle] = [:]
    private var openings: Set<SessionHandle> = []
    /// How often somebody has begun to open a session, so that each attempt is another.
    var attempts: UInt32 = 0
    /// The flow of each session that the owner has written to last.
    var written: [SessionHandle: FlowHandle] = [:]
    /// The latest datagram that came.
    private(set) var datagram: [UInt8] = []

    /// What is possible at most, so little that scripts come there.
    private static func limit(_ configuration: inout Configuration) {
        configuration.maximumSessions = 3
        configuration.maximumOpenings = 2
        configuration.maximumReassemblies = 3
        configuration.maximumReassembledPacket = 4_096
        configuration.flows.maximumReceivingFlows = 3
        configuration.flows.receiveBuffer = 4_096
        configuration.flows.maximumMessage = 8_192
        configuration.flows.maximumBuffered = 16_384
        configuration.flows.maximumGaps = 8
    }

    /// Starts without sessions, or with one of the first far end.
    init(hasSession: Bool, conduct: any Conduct = Correct()) throws {
        guard let near = FarEnd.near, FarEnd.all.count == 4 else {
            throw Violation(description: "there are no identities")
        }
        var configuration = FarEnd.configuration(of: near)
        configuration.logsKeys = true
        Self.limit(&configuration)
        endpoint = Endpoint(configuration: configuration, random: SeededGenerator(seed: 2), conduct: conduct)
        rendezvous = Rendezvous(
            on: endpoint,
            registry: InMemoryRegistry(random: SeededGenerator(seed: 3)),
            random: SeededGenerator(seed: 4)
        )
        guard hasSession else { return }
        try carryOut(.open(0))
        try require(!sessions.isEmpty, "no session opens")
    }

    func take(_ script: [UInt8]) throws {
        var rest = script[...]
        while let step = EndpointStep(&rest) {
            try carryOut(step)
            if let deadline = endpoint.nextDeadline, deadline <= now { try advance(to: now) }
        }
        try conclude()
    }

    /// A datagram arrives; `isLate` if the clock is behind that by which it is handed in.
    func deliver(_ datagram: [UInt8], from source: SocketAddress, isLate: Bool = false) throws {
        self.datagram = datagram
        startup.hear(datagram, from: source)
        if let id = try? unscrambledSessionID(datagram) {
            if let packet = (try? opener.open(datagram)).flatMap({ try? Packet($0.plain) }) { startup.hear(packet) }
            for session in sessions.values where session.entry.nearSessionID == id {
                if let packet = session.hear(datagram, at: now) { startup.hear(packet) }
            }
        }
        endpoint.receive(datagram, from: source, at: isLate ? .origin : now)
        try settle()
        startup.rest()
    }

    /// The owner does something.
    func act(_ action: (Endpoint) -> Void) throws {
        action(endpoint)
        try settle()
    }

    /// The owner opens a session to an address.
    func open(to address: SocketAddress, _ name: EndpointDiscriminator) throws {
        openings.insert(endpoint.open(to: [address], endpointDiscriminator: name.encoded, at: now))
        try settle()
    }

    var nextDeadline: Instant? { endpoint.nextDeadline }

    func wake() throws {
        endpoint.advance(to: now)
        try settle()
    }

    /// Takes what the endpoint says and tells, and looks how it stands.
    private func settle() throws {
        while true {
            let events = endpoint.takeEvents()
            if events.isEmpty { break }
            for event in events {
                try note(event)
                rendezvous.handle(event, at: now)
            }
        }
        for (handle, session) in sessions { session.stands(endpoint.state(of: handle), at: now) }
        for datagram in endpoint.takeDatagrams() { try check(datagram) }
        for session in sessions.values { try session.settle(at: now) }
        try checkFootprint()
        try require(endpoint.now == now, "time goes back")
    }

    private func note(_ event: Event) throws {
        switch event {
        case .keyed(let handle, let entry):
            try startup.checkOpening(entry, at: now)
            let isTaken = sessions.values.contains { $0.isOpen && $0.entry.nearSessionID == entry.nearSessionID }
            try require(!isTaken, "two sessions have one ID")
            sessions[handle] = SessionDealings(entry)
            latest[entry.address] = handle
            openings.remove(handle)
        case .opened(let handle, _):
            try require(sessions[handle]?.isOpen ?? false, "a session opens without keys")
        case .openFailed(let handle, _):
            try require(openings.remove(handle) != nil, "an attempt fails that nobody made")
        case .closed(let handle, let reason):
            guard sessions[handle] != nil else { throw Violation(description: "a session closes that never opened") }
            try sessions[handle]?.end(reason, at: now)
        case .addressChanged(let handle, let address):
            try sessions[handle]?.move(to: address)
        case .redirected: break
        case .pingReplied(let handle, _): try sessions[handle]?.note(event)
        case .flowOpened(let flow, _), .flowTurnedAway(let flow, _), .message(let flow, _), .flowEnded(let flow),
            .flowRefused(let flow), .flowRejected(let flow, _), .flowFinished(let flow), .flowWritable(let flow):
            try require(sessions[flow.session] != nil, "a flow is in no session")
            try sessions[flow.session]?.note(event)
        }
    }

    private func check(_ datagram: Datagram) throws {
        let id = try unscrambledSessionID(datagram.bytes)
        for session in sessions.values where session.entry.farSessionID == id {
            guard let packet = session.opened(datagram.bytes) else { continue }
            try session.check(packet, datagram.bytes.count, to: datagram.far, at: now)
            return
        }
        guard let packet = (try? opener.open(datagram.bytes)).flatMap({ try? Packet($0.plain) }) else {
            throw Violation(description: "nobody can open what is sent")
        }
        try startup.check(
            packet,
            to: datagram.far,
            sessionID: id,
            isOpen: { answer in
                sessions.values.contains {
                    $0.isOpen && $0.far == datagram.far && $0.entry.farSessionID == id
                        && $0.entry.nearSessionID == answer.responderSessionID
                }
            },
            at: now
        )
    }

    private func checkFootprint() throws {
        let (footprint, limits) = (endpoint.footprint, endpoint.configuration)
        try require(footprint.sessions <= limits.maximumSessions, "\(footprint.sessions) sessions are open")
        try require(footprint.openings <= limits.maximumOpenings, "\(footprint.openings) sessions are being opened")
        try require(footprint.reassemblies <= limits.maximumReassemblies, "too many packets are under reassembly")
        let flows = footprint.sessions * limits.flows.maximumReceivingFlows
        try require(footprint.receivingFlows <= flows, "\(footprint.receivingFlows) flows are open")
        let octets =
            footprint.sessions * limits.flows.maximumBuffered
            + footprint.reassemblies * limits.maximumReassembledPacket
        try require(footprint.octetsReceived <= octets, "\(footprint.octetsReceived) octets are held")
    }

    /// Everybody falls silent: of them nothing is left.
    private func conclude() throws {
        let end = now + .seconds(240)
        for _ in 0..<4_000 {
            guard let deadline = endpoint.nextDeadline, deadline <= end else { break }
            try advance(to: max(now, deadline))
        }
        try require(endpoint.sessionCount == 0, "a session outlives its far end")
        try require(endpoint.footprint == Footprint(), "something is kept of those who are gone")
        try require(endpoint.nextDeadline == nil, "something is waited for that cannot come")
        try require(rendezvous.connectedClients == 0, "somebody is connected who is gone")
        try require(openings.isEmpty, "the owner waits for an attempt for ever")
        try require(!sessions.values.contains(where: \.isOpen), "the owner is not told that a session is closed")
    }
}
