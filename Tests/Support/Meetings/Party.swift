public import RTMFP

/// An endpoint, and what is made of its events.
open class Party {
    public internal(set) var address: SocketAddress
    public let endpoint: Endpoint
    /// All events, in order.
    public private(set) var events: [Event] = []

    public init(_ world: World, port: UInt16, seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        address = .loopback(port: port)
        let identity = try Identity.fixed(groups: [.modp1024], acceptsAncillaryData: true, using: &random)
        endpoint = Endpoint(configuration: Configuration(identity: identity), random: random)
        world.attach(self)
    }

    open func take(_ event: Event, at now: Instant) {
        events.append(event)
    }

    /// The session that opened last.
    public var session: SessionHandle? {
        events.reversed().lazy.compactMap { if case .opened(let session, _) = $0 { session } else { nil } }.first
    }

    /// What came on flows that nobody else looks at.
    public var messages: [(flow: FlowHandle, bytes: [UInt8])] {
        events.compactMap { if case .message(let flow, let message) = $0 { (flow, message.bytes) } else { nil } }
    }

    public var receivedFlows: [(flow: FlowHandle, received: ReceivedFlow)] {
        events.compactMap { if case .flowOpened(let flow, let received) = $0 { (flow, received) } else { nil } }
    }

    public var rejectedFlows: [FlowHandle] {
        events.compactMap { if case .flowRejected(let flow, _) = $0 { flow } else { nil } }
    }

    public var endedFlows: [FlowHandle] {
        events.compactMap { if case .flowEnded(let flow) = $0 { flow } else { nil } }
    }

    /// Begins to open a session with `other`, whoever it is.
    public func open(to other: Party, at now: Instant) {
        let fingerprint = other.endpoint.configuration.identity.certificate.fingerprint
        let discriminator = EndpointDiscriminator(fingerprint: fingerprint).encoded
        endpoint.open(to: [other.address], endpointDiscriminator: discriminator, at: now)
    }
}
