import Flash
import RTMFP
import Testing

/// Endpoints joined by a network in virtual time: every datagram takes 10 ms, unless `loses` says that it is lost.
final class World {
    private(set) var now = Instant.origin + .seconds(1000)
    /// Whether the datagram with that number, counted over the whole run, is lost.
    var loses: (Int) -> Bool = { _ in false }
    private var parties: [Party] = []
    private var underWay: [(datagram: Datagram, source: SocketAddress, arrival: Instant)] = []
    private var count = 0

    func attach(_ party: Party) {
        parties.append(party)
    }

    /// Runs for a while; one second is enough for anything but timeouts.
    func run(_ interval: Interval = .seconds(1)) {
        let end = now + interval
        collect()
        while let next = (underWay.map(\.arrival) + parties.compactMap(\.endpoint.nextDeadline)).min(), next <= end {
            now = max(now, next)
            for party in parties { party.endpoint.advance(to: now) }
            let due = underWay.filter { $0.arrival <= now }
            underWay.removeAll { $0.arrival <= now }
            for transit in due {
                let party = parties.first { $0.address == transit.datagram.far }
                party?.endpoint.receive(transit.datagram.bytes, from: transit.source, at: now)
            }
            collect()
        }
        now = end
    }

    private func collect() {
        for party in parties {
            for event in party.endpoint.takeEvents() { party.take(event, at: now) }
            for datagram in party.endpoint.takeDatagrams() {
                count += 1
                guard !loses(count) else { continue }
                underWay.append((datagram, party.address, now + .milliseconds(10)))
            }
        }
    }
}

/// An endpoint, and what is made of its events.
class Party {
    let address: SocketAddress
    let endpoint: Endpoint
    /// All events, in order.
    private(set) var events: [Event] = []

    init(_ world: World, port: UInt16, seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        address = .loopback(port: port)
        let identity = try Identity.fixed(groups: [.modp1024], acceptsAncillaryData: true, using: &random)
        endpoint = Endpoint(configuration: Configuration(identity: identity), random: random)
        world.attach(self)
    }

    func take(_ event: Event, at now: Instant) {
        events.append(event)
    }

    /// The session that opened last.
    var session: SessionHandle? {
        events.reversed().lazy.compactMap { if case .opened(let session, _) = $0 { session } else { nil } }.first
    }

    /// What came on flows that nobody else looks at.
    var messages: [(flow: FlowHandle, bytes: [UInt8])] {
        events.compactMap { if case .message(let flow, let message) = $0 { (flow, message.bytes) } else { nil } }
    }

    var receivedFlows: [(flow: FlowHandle, received: ReceivedFlow)] {
        events.compactMap { if case .flowOpened(let flow, let received) = $0 { (flow, received) } else { nil } }
    }

    var rejectedFlows: [FlowHandle] {
        events.compactMap { if case .flowRejected(let flow, _) = $0 { flow } else { nil } }
    }

    var endedFlows: [FlowHandle] {
        events.compactMap { if case .flowEnded(let flow) = $0 { flow } else { nil } }
    }

    /// Begins to open a session with `other`, whoever it is.
    func open(to other: Party, at now: Instant) {
        let fingerprint = other.endpoint.configuration.identity.certificate.fingerprint
        let discriminator = EndpointDiscriminator(fingerprint: fingerprint).encoded
        endpoint.open(to: [other.address], endpointDiscriminator: discriminator, at: now)
    }
}

/// A party that makes a server's NetConnection of every session, and answers as `answers` says.
final class Server: Party {
    private(set) var connections: [NetConnection] = []
    private(set) var log: [NetConnectionEvent] = []
    /// Called with every event, after it was logged.
    var answers: (NetConnection, NetConnectionEvent, Instant) -> Void = { connection, event, now in
        if case .connectRequested = event { connection.accept(at: now) }
    }

    var connection: NetConnection? { connections.last }

    override func take(_ event: Event, at now: Instant) {
        super.take(event, at: now)
        if case .opened(let session, _) = event {
            connections.append(NetConnection(.server, over: session, of: endpoint))
        }
        for connection in connections {
            connection.receive(event, at: now)
            for event in connection.takeEvents() {
                log.append(event)
                answers(connection, event, now)
            }
        }
    }
}

/// A party with a client's NetConnection.
final class Client: Party {
    /// The command object of `connect`.
    var members = [AMFMember("fpad", AMF0Value.boolean(false))]
    private(set) var connection: NetConnection?
    private(set) var log: [NetConnectionEvent] = []

    override func take(_ event: Event, at now: Instant) {
        super.take(event, at: now)
        if case .opened(let session, _) = event, connection == nil {
            let new = NetConnection(.client, over: session, of: endpoint)
            new.connect(to: "rtmfp://server.example/app/instance", members, [.string("extra")], at: now)
            connection = new
        }
        connection?.receive(event, at: now)
        log += connection?.takeEvents() ?? []
    }
}

/// A client that is connected to a server, or would like to be.
struct Meeting {
    let world = World()
    let client: Client
    let server: Server

    init() throws {
        client = try Client(world, port: 50_000, seed: 1)
        server = try Server(world, port: 1935, seed: 2)
    }

    /// Lets the client connect.
    func connect() throws -> (client: NetConnection, server: NetConnection) {
        client.open(to: server, at: world.now)
        world.run()
        return (try #require(client.connection), try #require(server.connection))
    }
}

/// An event in short, for comparisons.
func brief(_ event: NetConnectionEvent) -> String {
    switch event {
    case .connectRequested(let request): "connectRequested \(request.app ?? "-")"
    case .connected(let status): "connected \(status.code)"
    case .rejected(let status): "rejected \(status.code)"
    case .called(let command): "called \(command.name) \(command.arguments.compactMap(\.string))"
    case .answered(let id, .result(let values)): "answered \(id) result \(values.map { $0.string ?? "-" })"
    case .answered(let id, .error(let values)): "answered \(id) error \(values.map { $0["code"]?.string ?? "-" })"
    case .status(let status): "status \(status.code)"
    case .peerInfo(let addresses): "peerInfo \(addresses.map(\.description))"
    case .keepalive(let server, let peer): "keepalive \(server.nanoseconds / 1_000_000) \(peer.nanoseconds / 1_000_000)"
    case .streamCreated(let stream): "streamCreated \(stream.id ?? 0)"
    case .stream(let stream, let event): "stream \(stream.id ?? 0) \(brief(event))"
    case .closed(let closure): "closed \(closure)"
    }
}

func brief(_ event: NetStreamEvent) -> String {
    switch event {
    case .publishRequested(let name, let type): "publish \(name) \(type)"
    case .playRequested(let name, _): "play \(name)"
    case .stopped(.publishing(let name)): "stopped publishing \(name)"
    case .stopped(.playing(let name)): "stopped playing \(name)"
    case .stopped(.idle): "stopped idle"
    case .paused(let flag): "paused \(flag)"
    case .wanted(let type, let flag): "wanted \(type) \(flag)"
    case .begun: "begun"
    case .ended: "ended"
    case .status(let status): status.code
    case .command(let command): "command \(command.name)"
    case .message(let message): "\(message.type) \(message.timestamp) \(message.payload)"
    case .closed: "closed"
    }
}
