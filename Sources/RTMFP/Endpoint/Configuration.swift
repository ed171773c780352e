/// What an endpoint is, offers, requires and permits itself.
public struct Configuration: Sendable {
    /// Who the endpoint is.
    public var identity: Identity
    /// About HMACs (RFC 7425 §4.5.2.4).
    public var hmac: NegotiationFlags = [.willSendOnRequest, .request]
    /// Octets of the HMACs that this end sends: 4 to 32, or 0 if `hmac` says that it sends none.
    public var hmacLength: UInt64 = 16
    /// About session sequence numbers (RFC 7425 §4.5.2.5).
    public var sequenceNumbers: NegotiationFlags = [.willSendOnRequest, .request]
    /// Whether a far end that will not send HMACs is refused (RFC 7425 §4.6.4).
    public var requiresHMAC = false
    /// Whether a far end that will not send session sequence numbers is refused (RFC 7425 §4.6.6).
    public var requiresSequenceNumbers = false

    /// How long a cookie is valid; 95 s at least (RFC 7016 §3.5.1.1.2).
    public var cookieLifetime = Interval.seconds(120)
    /// Established sessions at most, closing ones included.
    public var maximumSessions = 10_000
    /// Opening sessions at most, of this end as initiator.
    public var maximumOpenings = 1_000
    /// Silence of the far end after which it is pinged (RFC 7016 §3.5.4.1).
    public var keepalive = Interval.seconds(30)
    /// Silence of the far end after which its session is taken for dead (RFC 7016 §3.5.4.1).
    public var silenceTimeout = Interval.seconds(120)
    /// Packets under reassembly at most (RFC 7016 §3.4).
    public var maximumReassemblies = 256
    /// Octets of a packet under reassembly at most (RFC 7016 §3.4).
    public var maximumReassembledPacket = 65_536
    /// Octets of the chunks of a session packet at most, unless a path is found to take more; further chunks go into
    /// further packets.
    public var maximumPacket = 1_192
    /// Whether to find out if a path takes larger packets, once a message needs several (RFC 7016 §3.5.4.3).
    public var discoversPathMTU = true

    /// Whether a Forwarded IHello is answered as if it had come from its reply address (RFC 7016 §3.5.1.1.2).
    public var answersForwardedHello = true
    /// Whether the far end's address may change only where its packets carry an HMAC (RFC 7016 §5 requires it).
    public var mobilityNeedsHMAC = true
    /// How much the flows of each session may take.
    public var flows = FlowLimits()
    /// Whether every packet of a session carries a timestamp. RFC 7016 §3.5.2.2 leaves out one that was sent before, but
    /// Cumulus, MonaServer and librtmfp understand no packet without.
    public var repeatsTimestamps = true
    /// Whether the keys of sessions become events.
    public var logsKeys = false
    /// Is told the keys of each session as soon as there are any; nil for nobody.
    public var keyLog: (@Sendable (KeyLogEntry) -> Void)?

    /// The default configuration of an identity.
    public init(identity: Identity) {
        self.identity = identity
    }
}
