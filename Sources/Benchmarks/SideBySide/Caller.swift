import Links
import RTMFP

/// Opens sessions with a server, one after the other, and gives each up at once; or opens one and keeps it.
///
/// Each session has an endpoint and a certificate of its own, as those of different clients have.
final class Caller: DatagramNode {
    private let server: SocketAddress
    private let pair: DiffieHellmanKeyPair
    private let tally: Tally
    private let keepsSession: Bool
    private var endpoint: Endpoint?
    private var isDone = false
    private var datagrams: [Datagram] = []
    private var random = SystemRandomNumberGenerator()

    /// - Parameter pair: the static keys of all sessions, so that the load computes one power where the server computes two.
    init(server: SocketAddress, pair: DiffieHellmanKeyPair, tally: Tally, keepsSession: Bool = false) {
        self.server = server
        self.pair = pair
        self.tally = tally
        self.keepsSession = keepsSession
    }

    func receive(_ datagram: [UInt8], from far: SocketAddress, at now: Instant) {
        endpoint?.receive(datagram, from: far, at: now)
        proceed(at: now)
    }

    func advance(to now: Instant) {
        endpoint?.advance(to: now)
        proceed(at: now)
    }

    var nextDeadline: Instant? {
        guard let endpoint else { return isDone ? nil : .origin }
        return endpoint.nextDeadline
    }

    func takeDatagrams() -> [Datagram] {
        defer { datagrams.removeAll() }
        return datagrams
    }

    private func proceed(at now: Instant) {
        guard let endpoint else {
            openNext(at: now)
            return
        }
        for event in endpoint.takeEvents() {
            switch event {
            case .opened(let session, _):
                end(session, of: endpoint, at: now)
                return
            case .openFailed(_, let reason):
                tally.fail("\(server): \(reason)")
                return
            default: break
            }
        }
        datagrams += endpoint.takeDatagrams()
    }

    private func end(_ session: SessionHandle, of endpoint: Endpoint, at now: Instant) {
        if !keepsSession { endpoint.abort(session, at: now) }
        datagrams += endpoint.takeDatagrams()
        if !keepsSession { openNext(at: now) }
        tally.add()
    }

    private func openNext(at now: Instant) {
        endpoint = nil
        guard !isDone, tally.take(), let identity = try? Identity.client(pair, using: &random) else {
            isDone = true
            return
        }
        let next = Endpoint(configuration: Configuration(identity: identity), random: random)
        next.open(
            to: [server],
            endpointDiscriminator: EndpointDiscriminator(uri: "rtmfp://\(server)/").encoded,
            at: now
        )
        datagrams += next.takeDatagrams()
        endpoint = next
    }
}

extension Identity {
    /// A new identity with given keys: of its own, and yet without the cost of making keys.
    static func client(
        _ pair: DiffieHellmanKeyPair,
        using random: inout some RandomNumberGenerator
    ) throws(KeyingError) -> Identity {
        var salt: [UInt8] = []
        for _ in 0..<64 { salt.append(.random(in: 0...255, using: &random)) }
        let certificate = try Certificate(options: [.certificate(.extraRandomness, salt), .staticPublicKey(pair)])
        return Identity(certificate: certificate, staticKeys: [pair])
    }
}
