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
    /// What becomes of Pings.
    public var pings = Pings.echoed
    /// Whether a client asks where a Redirect sends it.
    public var followsRedirects = true
    /// The stream that a client is said to offer to its peers, and that it is told to play from them.
    public var streamName = Survey.usualStreamName

    /// The end of the path that clients are told to connect to.
    public static let usualStreamName = "check"

    /// How peers are registered with a tracker.
    public var way = TrackerWay.blackBox
    /// Whether a tracker lists a peer that was registered in that way.
    public var listsWitness = true

    /// What a suite assumes of a target that it knows: everything.
    public static let assumed = Survey(
        roundTrip: .milliseconds(1),
        capabilities: Set(Capability.allCases),
        dialect: .netConnection(),
        way: .registry,
        obstacle: nil
    )

    /// Greets the target and opens one session with it; or calls a client, and lets it open one; or asks a tracker.
    ///
    /// - Parameter streamName: the stream that a client may offer to its peers.
    /// - Throws: `Unreachable` if nothing answers within about five seconds, or something else than RTMFP, or HTTP, does;
    ///   or if no client comes.
    public init(
        _ ground: Ground,
        seed: UInt64,
        scale: Double = 1,
        streamName: String = Survey.usualStreamName
    ) throws {
        if let stage = ground.stage {
            try self.init(peer: stage, seed: seed, scale: scale)
        } else if ground.clients != nil {
            try self.init(client: ground, seed: seed, scale: scale, streamName: streamName)
        } else if let site = ground.tracker {
            try self.init(tracker: site, ground, seed: seed, scale: scale)
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

    init(
        roundTrip: Interval,
        capabilities: Set<Capability>,
        dialect: Dialect? = nil,
        way: TrackerWay = .blackBox,
        obstacle: String?
    ) {
        self.roundTrip = roundTrip
        self.capabilities = capabilities
        self.dialect = dialect
        self.way = way
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
        for dialect in [Dialect.netConnection(), .netConnection(objectEncoding: 3)] where self.dialect == nil {
            try listen(probe.openSomewhere(), beginningIn: dialect)
        }
        try ping(probe)
        if capabilities.contains(.netConnection) { publish(in: try probe.openSomewhere()) }
    }

    /// Finds out what becomes of Pings, right after the handshake and after `connect`.
    private mutating func ping(_ probe: Probe) throws {
        if let echoed = try? probe.openSomewhere().echoesPings() {
            pings = echoed ? .echoed : .answered
            return
        }
        pings = .unanswered
        guard capabilities.contains(.netConnection), let dialect else { return }
        let session = try probe.openSomewhere()
        defer { session.takeLeave() }
        guard (try? session.connect(in: dialect)) != nil, (try? session.echoesPings()) != nil else { return }
        pings = .answeredOnceConnected
    }

    /// Finds out whether the target lets a client publish.
    private mutating func publish(in session: ProbeSession) {
        defer { session.takeLeave() }
        let name = "hlsp2p-check-" + hex(session.probe.octets(6))
        guard let dialect, let connection = try? session.connect(in: dialect), (try? connection.publish(name)) != nil
        else { return }
        capabilities.insert(.streams)
    }

    /// Finds out how the target answers on flows, if it does.
    private mutating func listen(_ session: ProbeSession, beginningIn opening: Dialect) throws {
        defer { session.takeLeave() }
        func conversation(_ dialect: Dialect, _ id: UInt64) -> Conversation {
            Conversation(session, dialect: dialect, flow: session.flow(id: id))
        }
        // An echo sends back whatever it hears, the question of another dialect too.
        let first = conversation(opening, 2)
        let question = first.question()
        guard first.isHeard(question) else { return }
        if first.count(answering: question) > 0 {
            dialect = opening
            capabilities.formUnion([.answers, .netConnection])
        } else {
            dialect = .echo
            capabilities.insert(.answers)
        }
        guard let dialect else { return }
        let next = Conversation(session, dialect: dialect, flow: first.flow, after: 1)
        let long = next.question(size: 3000)
        do {
            try next.ask()
            try next.flow.deliver(long: long.octets)
            try next.expectAnswer(to: long)
            if next.answers?.messages.last.map({ $0.octets.count >= 3000 }) ?? false {
                capabilities.insert(.longAnswers)
            }
        } catch is Unmet {
            // It answers only the first question: nothing can be made of that.
            self.dialect = nil
            capabilities.subtract([.answers, .netConnection])
            return
        }
        if (try? Aside(next).provoke()) != nil { capabilities.insert(.severalFlows) }
    }
}

extension Conversation {
    /// Says `question` and waits until the target says anything in return; false if it rejects the flow instead.
    fileprivate func isHeard(_ question: Question) -> Bool {
        for _ in 0..<2 {
            try? session.say([flow.fragment(question.octets, number: 1)])
            let outcome = try? session.waitFor("an answer") { () -> Bool? in
                if answers?.messages.isEmpty == false { return true }
                return flow.acknowledgements.contains { $0.exceptionCode != nil } ? false : nil
            } otherwise: {
                "silence"
            }
            if let outcome { return outcome }
            // What was acknowledged was heard, and nobody has an answer to it.
            guard flow.acknowledgements.isEmpty else { return false }
        }
        return false
    }
}

/// Why there is nothing to check: no RTMFP implementation answers at the target.
public struct Unreachable: Error, CustomStringConvertible {
    /// One sentence.
    public let reason: String

    /// One sentence.
    public var description: String { reason }
}
