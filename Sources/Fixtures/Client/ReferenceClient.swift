public import Links
public import RTMFP

/// The reference client as something that can be attached to a network, with room for a deliberate fault.
///
/// It begins to open its session when it is first advanced, and does nothing more once that has failed or is closed.
public final class ReferenceClient: DatagramNode {
    /// The endpoint itself.
    public let endpoint: Endpoint
    private let addresses: [SocketAddress]
    private let uri: String
    private let fault: Fault
    private var hasBegun = false

    /// A client that is told to connect to `uri`, whose host has `addresses`.
    ///
    /// - Parameters:
    ///   - random: where its secrets come from; `SystemRandomNumberGenerator` unless runs must repeat.
    ///   - saboteur: who has got at it; nil for the correct client.
    public init(
        connectingTo uri: String,
        at addresses: [SocketAddress],
        random: some RandomNumberGenerator & Sendable,
        saboteur: Saboteur? = nil
    ) throws {
        var fault = Fault()
        saboteur?.sabotage(&fault)
        var random = random
        var configuration = Configuration(identity: try fault.clientIdentity(&random))
        fault.configure(&configuration)
        fault.memory.fingerprint = configuration.identity.certificate.fingerprint
        self.fault = fault
        self.addresses = fault.calls(addresses)
        self.uri = fault.asks(uri)
        endpoint = Endpoint(configuration: configuration, random: random, conduct: fault)
    }

    /// A URI with the characters beyond ASCII percent-encoded, as UTF-8 (RFC 7425 §6.1, RFC 3986 §2.5).
    static func percentEncoded(_ uri: String) -> String {
        let digits = Array("0123456789ABCDEF")
        return uri.utf8.map { octet in
            octet > 0x20 && octet < 0x7f
                ? String(UnicodeScalar(octet)) : "%\(digits[Int(octet >> 4)])\(digits[Int(octet & 15)])"
        }.joined()
    }

    /// Whether a fault has killed it.
    public var isDead: Bool { fault.memory.isDead }

    public func receive(_ datagram: [UInt8], from far: SocketAddress, at now: Instant) {
        guard !isDead else { return }
        begin(at: now)
        guard let datagram = fault.hears(datagram, far) else { return }
        endpoint.receive(datagram, from: far, at: now)
        _ = endpoint.takeEvents()
    }

    public func advance(to now: Instant) {
        guard !isDead else { return }
        begin(at: now)
        endpoint.advance(to: now)
        _ = endpoint.takeEvents()
    }

    public var nextDeadline: Instant? {
        guard !isDead else { return nil }
        return hasBegun ? endpoint.nextDeadline : .origin
    }

    public func takeDatagrams() -> [Datagram] {
        isDead ? [] : endpoint.takeDatagrams()
    }

    private func begin(at now: Instant) {
        guard !hasBegun else { return }
        hasBegun = true
        endpoint.open(to: addresses, endpointDiscriminator: EndpointDiscriminator(uri: uri).encoded, at: now)
    }
}

extension Fault {
    /// The client's identity: static keys in its certificate, as RFC 7425 §7 advises.
    func clientIdentity(_ random: inout some RandomNumberGenerator) throws -> Identity {
        let groups: [DiffieHellmanGroup] = [.modp2048, .modp1024]
        if hasConstantIdentity {
            var constant = SeededGenerator(seed: 0)
            return try .fixed(groups: groups, acceptsAncillaryData: acceptsAncillaryData, using: &constant)
        }
        return hasEphemeralKeys
            ? try .ephemeral(groups: groups, acceptsAncillaryData: acceptsAncillaryData, using: &random)
            : try .fixed(groups: groups, acceptsAncillaryData: acceptsAncillaryData, using: &random)
    }
}
