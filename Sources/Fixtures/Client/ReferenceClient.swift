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

    /// Whether a fault has killed it.
    public var isDead: Bool { fault.memory.isDead }

    public func receive(_ datagram: [UInt8], from far: SocketAddress, at now: Instant) {
        guard !isDead else { return }
        begin(at: now)
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
        try .fixed(groups: [.modp2048, .modp1024], acceptsAncillaryData: acceptsAncillaryData, using: &random)
    }
}
