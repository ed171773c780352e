import Links
public import RTMFP

/// What is found out about a target before any case runs: whether it answers, how fast, and what it is capable of.
public struct Survey: Sendable {
    /// The shortest round trip of an IHello and its RHello.
    public var roundTrip: Interval
    /// What the target can do.
    public var capabilities: Set<Capability>
    /// How it is brought to send data; nil if it is not.
    public var dialect: Dialect?
    /// Why the target does not open sessions; nil if it does.
    public var obstacle: String?
    /// Whether a client's Ping Replies hold what the Pings said; those of a server are always expected to.
    public var echoesPings = true
    /// Whether a client asks where a Redirect sends it.
    public var followsRedirects = true

    /// What a suite assumes of a target that it knows: everything.
    public static let assumed = Survey(
        roundTrip: .milliseconds(1),
        capabilities: Set(Capability.allCases),
        dialect: .netConnection,
        obstacle: nil
    )

    /// Greets the target and opens one session with it; or calls a client, and lets it open one.
    ///
    /// - Throws: `Unreachable` if nothing answers within about five seconds, or something else than RTMFP does; or if no
    ///   client comes.
    public init(_ ground: Ground, seed: UInt64, scale: Double = 1) throws {
        if ground.clients != nil {
            try self.init(client: ground, seed: seed, scale: scale)
        } else {
            try self.init(server: ground, seed: seed, scale: scale)
        }
    }

    private init(server ground: Ground, seed: UInt64, scale: Double) throws {
        let timing = Timing(roundTrip: .milliseconds(130), scale: scale)
        let probe = Probe(ground, survey: .assumed, timing: timing, seed: seed)
        defer { probe.takeLeave() }
        let peer = try probe.newPeer(.only(ground.target.address))
        roundTrip = timing.patience
        do {
            for _ in 0..<4 {
                let sent = peer.now
                _ = try probe.greet(from: peer)
                roundTrip = min(roundTrip, peer.now - sent)
            }
        } catch let refused as LinkError {
            throw Unreachable(reason: "\(refused)")
        } catch let unmet as Unmet {
            let silent = peer.heard.isEmpty
            throw Unreachable(
                reason: silent
                    ? "\(ground.target.address) does not answer RTMFP: no answer to IHello"
                    : "\(ground.target.address) answers, but not as RTMFP does: expected \(unmet.expected), "
                        + "but \(unmet.actual)"
            )
        }
        capabilities = []
        do {
            try survey(probe, peer)
        } catch let unmet as Unmet {
            obstacle = "expected \(unmet.expected), but \(unmet.actual)"
        } catch let lacking as Lacking {
            obstacle = lacking.reason
        }
    }

    init(roundTrip: Interval, capabilities: Set<Capability>, dialect: Dialect? = nil, obstacle: String?) {
        self.roundTrip = roundTrip
        self.capabilities = capabilities
        self.dialect = dialect
        self.obstacle = obstacle
    }

    private mutating func survey(_ probe: Probe, _ peer: Peer) throws {
        var plan = HandshakePlan()
        plan.hmac = [.willSendOnRequest, .request]
        plan.sequenceNumbers = [.willSendOnRequest, .request]
        let hello = try probe.greet(plan, from: peer)
        let keying = try probe.keying(plan, for: hello)
        let groups = keying.responderCertificate.groups
        if groups.contains(DiffieHellmanGroup.modp1536.rawValue) { capabilities.insert(.group5) }
        if groups.contains(DiffieHellmanGroup.modp2048.rawValue) { capabilities.insert(.group14) }
        if keying.responderCertificate.staticKeys.isEmpty { capabilities.insert(.ephemeralKeys) }
        let session = try probe.session(keying, probe.exchange(keying, from: peer), on: peer)
        if session.receiving.verification != .checksum { capabilities.insert(.sendsHMAC) }
        if session.receiving.sequenceNumbers { capabilities.insert(.sendsSequenceNumbers) }
        capabilities.insert(.sessions)
        for candidate in Dialect.allCases where dialect == nil {
            try listen(probe, for: candidate)
        }
    }

    /// Finds out whether the target answers in `candidate`, and how.
    private mutating func listen(_ probe: Probe, for candidate: Dialect) throws {
        let session = try probe.openSomewhere()
        defer { session.takeLeave() }
        func conversation(_ id: UInt64) -> Conversation {
            let flow = session.flow(id: id, options: [.metadata(candidate.metadata)])
            return Conversation(session, dialect: candidate, flow: flow)
        }
        do {
            let first = conversation(2)
            try first.ask()
            try first.ask()
            dialect = candidate
            capabilities.insert(.answers)
            if candidate == .netConnection { capabilities.insert(.netConnection) }
            let before = first.answers?.messages.last?.octets.count ?? 0
            try first.ask(size: 3000)
            let after = first.answers?.messages.last?.octets.count ?? 0
            if after >= before + 3000 { capabilities.insert(.longAnswers) }
            let second = conversation(3)
            try second.ask()
            try second.ask()
            capabilities.insert(.manyConversations)
        } catch is Unmet {
            // What was found out until here stands.
        }
    }
}

/// Why there is nothing to check: no RTMFP implementation answers at the target.
public struct Unreachable: Error, CustomStringConvertible {
    /// One sentence.
    public let reason: String

    /// One sentence.
    public var description: String { reason }
}
