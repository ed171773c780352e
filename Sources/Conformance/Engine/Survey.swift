import Links
public import RTMFP

/// What is found out about a target before any case runs: whether it answers, how fast, and what it is capable of.
public struct Survey: Sendable {
    /// The shortest round trip of an IHello and its RHello.
    public var roundTrip: Interval
    /// What the target can do.
    public var capabilities: Set<Capability>
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

    init(roundTrip: Interval, capabilities: Set<Capability>, obstacle: String?) {
        self.roundTrip = roundTrip
        self.capabilities = capabilities
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
    }
}

/// Why there is nothing to check: no RTMFP implementation answers at the target.
public struct Unreachable: Error, CustomStringConvertible {
    /// One sentence.
    public let reason: String

    /// One sentence.
    public var description: String { reason }
}
