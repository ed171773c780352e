public import Links
public import RTMFP

/// The reference rendezvous as something that can be attached to a network, with room for a deliberate fault.
public final class ReferenceNode: DatagramNode {
    /// The endpoint itself.
    public let endpoint: Endpoint
    private let application: any Application
    private let fault: Fault
    /// What the fault holds back, in the order in which it is due.
    private var heldBack: [(due: Instant, datagram: Datagram)] = []
    private var released: [Datagram] = []

    /// A rendezvous without fault.
    ///
    /// - Parameters:
    ///   - random: where its secrets come from; `SystemRandomNumberGenerator` unless runs must repeat.
    ///   - application: what it does with sessions and flows.
    ///   - asksForProtection: whether it asks initiators for HMACs and session sequence numbers; see
    ///     `ReferenceDeployment`.
    ///   - keyLog: is told the keys of each session.
    public convenience init(
        random: some RandomNumberGenerator & Sendable,
        application: any Application,
        asksForProtection: Bool = true,
        keyLog: (@Sendable (KeyLogEntry) -> Void)? = nil
    ) throws {
        var fault = Fault()
        if !asksForProtection {
            fault.configure = { configuration in
                configuration.hmac.remove(.request)
                configuration.sequenceNumbers.remove(.request)
            }
        }
        try self.init(random: random, fault: fault, application, keyLog)
    }

    /// A rendezvous that a saboteur has got at.
    public convenience init(
        random: some RandomNumberGenerator & Sendable,
        saboteur: Saboteur,
        application: any Application,
        keyLog: (@Sendable (KeyLogEntry) -> Void)? = nil
    ) throws {
        var fault = Fault()
        saboteur.sabotage(&fault)
        try self.init(random: random, fault: fault, application, keyLog)
    }

    private init(
        random: some RandomNumberGenerator & Sendable,
        fault: Fault,
        _ application: any Application,
        _ keyLog: (@Sendable (KeyLogEntry) -> Void)?
    ) throws {
        var random = random
        var configuration = Configuration(identity: try fault.identity(&random))
        fault.configure(&configuration)
        configuration.keyLog = keyLog
        fault.memory.fingerprint = configuration.identity.certificate.fingerprint
        self.fault = fault
        self.application = application
        endpoint = Endpoint(configuration: configuration, random: random, conduct: fault)
        application.start(on: endpoint, conduct: fault)
    }

    public func receive(_ datagram: [UInt8], from far: SocketAddress, at now: Instant) {
        guard !fault.memory.isDead else { return }
        guard let datagram = fault.hears(datagram, far) else {
            released.append(Datagram(bytes: [UInt8](repeating: 0x5a, count: 20), far: far))
            return
        }
        endpoint.receive(datagram, from: far, at: now)
        handleEvents(at: now)
    }

    public func advance(to now: Instant) {
        guard !fault.memory.isDead else { return }
        endpoint.advance(to: now)
        application.advance(endpoint, to: now)
        handleEvents(at: now)
        holdBack(at: now)
        while let first = heldBack.first, first.due <= now {
            released.append(first.datagram)
            heldBack.removeFirst()
        }
    }

    public var nextDeadline: Instant? {
        guard !fault.memory.isDead else { return nil }
        return [endpoint.nextDeadline, application.nextDeadline, heldBack.first?.due].compactMap(\.self).min()
    }

    public func leave(at now: Instant) {
        guard !fault.memory.isDead else { return }
        application.stop(at: now)
        handleEvents(at: now)
    }

    public func takeDatagrams() -> [Datagram] {
        guard !fault.memory.isDead else { return [] }
        holdBack(at: endpoint.now)
        defer { released.removeAll() }
        return released
    }

    private func handleEvents(at now: Instant) {
        while true {
            let events = endpoint.takeEvents()
            if events.isEmpty { return }
            for event in events { application.handle(event, of: endpoint, at: now) }
        }
    }

    /// Takes over what the endpoint wants sent.
    private func holdBack(at now: Instant) {
        let datagrams = endpoint.takeDatagrams()
        if fault.lag == .zero {
            released += datagrams
        } else {
            heldBack += datagrams.map { (now + fault.lag, $0) }
        }
    }
}
