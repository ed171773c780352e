import Flash
import HLSP2P
import RTMFP

/// RFC 7016 §3: an endpoint that is fed datagrams and time.
extension FuzzTarget {
    static let endpoints: [FuzzTarget] = [
        FuzzTarget("endpoint-startup", "steps: time, rubbish, and packets of startup", seeds: Seeds.of("rtmfp/chunk")) {
            octets in
            try EndpointUnderFuzz(hasSession: false).take(octets)
        },
        FuzzTarget("endpoint-session", "the same, and packets of an open session", seeds: Seeds.of("rtmfp/chunk")) {
            octets in
            try EndpointUnderFuzz(hasSession: true).take(octets)
        },
    ]
}

/// The reference rendezvous, and what a script of octets does to it.
///
/// Each step is an octet that says what happens, one that says how much, and as many octets as that says: the lowest two
/// bits of the first tell time, a datagram, a plain packet of startup and a plain packet of the session from each other,
/// the next two from where it comes.
private final class EndpointUnderFuzz {
    private let endpoint: Endpoint
    private let rendezvous: Rendezvous
    private let startup = PacketSealer(.defaultSession)
    private var session: (sealer: PacketSealer, id: UInt32)?
    private var now = Instant.origin
    private var received = 0
    private var sent = 0

    private static let identities: (server: Identity, client: Identity)? = {
        var random = SeededGenerator(seed: 1)
        guard let server = try? Identity.fixed(groups: [.modp1024], acceptsAncillaryData: true, using: &random),
            let client = try? Identity.fixed(groups: [.modp1024], using: &random)
        else { return nil }
        return (server, client)
    }()

    init(hasSession: Bool) throws {
        guard let (server, client) = Self.identities else { throw Violation(description: "there are no identities") }
        var configuration = Configuration(identity: server)
        configuration.sequenceNumbers = []
        endpoint = Endpoint(configuration: configuration, random: SeededGenerator(seed: 2))
        rendezvous = Rendezvous(
            on: endpoint,
            registry: InMemoryRegistry(random: SeededGenerator(seed: 3)),
            random: SeededGenerator(seed: 4)
        )
        if hasSession { try open(client) }
    }

    private func open(_ client: Identity) throws {
        var configuration = Configuration(identity: client)
        configuration.logsKeys = true
        let far = Endpoint(configuration: configuration, random: SeededGenerator(seed: 5))
        let home = Self.address(0)
        _ = far.open(
            to: [.loopback(port: 1)],
            endpointDiscriminator: EndpointDiscriminator(uri: "rtmfp://h/").encoded,
            at: now
        )
        for _ in 0..<2 {
            for datagram in far.takeDatagrams() { endpoint.receive(datagram.bytes, from: home, at: now) }
            for datagram in endpoint.takeDatagrams() { far.receive(datagram.bytes, from: .loopback(port: 1), at: now) }
        }
        for case .keyed(_, let entry) in far.takeEvents() {
            session = (PacketSealer(entry.sending), entry.farSessionID)
        }
        try require(session != nil, "no session opens")
        pump()
    }

    func take(_ octets: [UInt8]) throws {
        var rest = octets[...]
        while let step = rest.popFirst(), let amount = rest.popFirst() {
            let payload = Array(rest.prefix(Int(amount)))
            let source = Self.address(Int(step >> 2 & 3))
            switch step & 3 {
            case 0:
                now = now + .milliseconds(Double(amount) * Double(1 << (step >> 4)))
                endpoint.advance(to: now)
            case 1:
                deliver(payload, from: source)
                rest = rest.dropFirst(payload.count)
            case 2:
                deliver(startup.seal(payload, to: 0), from: source)
                rest = rest.dropFirst(payload.count)
            default:
                if let session { deliver(session.sealer.seal(payload, to: session.id), from: source) }
                rest = rest.dropFirst(payload.count)
            }
            pump()
            if let deadline = endpoint.nextDeadline, deadline <= now {
                endpoint.advance(to: now)
                pump()
                try require(endpoint.nextDeadline.map { $0 > now } ?? true, "a deadline that never moves on")
            }
        }
        try require(
            sent <= 64 * received + 1_000_000,
            "\(sent) octets are sent for \(received)"
        )
    }

    private func deliver(_ datagram: [UInt8], from source: SocketAddress) {
        received += datagram.count
        endpoint.receive(datagram, from: source, at: now)
    }

    private func pump() {
        while true {
            let events = endpoint.takeEvents()
            if events.isEmpty { break }
            for event in events { rendezvous.handle(event, at: now) }
        }
        sent += endpoint.takeDatagrams().reduce(0) { $0 + $1.bytes.count }
    }

    private static func address(_ number: Int) -> SocketAddress {
        SocketAddress(.v4(0x0a00_0001 + UInt32(number)), port: 1935)
    }
}
