/// A session with keys: S_OPEN, S_NEARCLOSE, S_FARCLOSE_LINGER (RFC 7016 §3.5).
final class Session {
    enum Phase {
        case open
        /// This end asks the far end to close.
        case nearClose(requestAt: Instant, giveUpAt: Instant)
        /// The far end closed; its repeated requests are answered for a while.
        case farCloseLinger(until: Instant)
    }

    /// The IIKeying that a responder answered and its answer, to answer a repetition with the same.
    struct ResponderKeying {
        var mark: KeyingMark
        var answer: RIKeying
    }

    let handle: SessionHandle
    let role: Role
    let nearSessionID: UInt32
    let farSessionID: UInt32
    let farCertificate: [UInt8]
    let farFingerprint: [UInt8]
    let keying: ResponderKeying?
    let sealer: PacketSealer
    let opener: PacketOpener
    /// Whether the far end's packets carry an HMAC.
    let isAuthenticated: Bool

    var phase = Phase.open
    /// An IIKeying that was discarded because this end prevailed in glare; a late copy of it overrides nothing.
    var discardedKeying: KeyingMark?
    /// DESTADDR.
    var far: SocketAddress
    var replayWindow = ReplayWindow()
    var timestamps = Timestamps()
    var mobility = Mobility()
    var path = PathDiscovery()
    var liveness: Liveness
    /// The keepalive period of this session; nil for the endpoint's.
    var keepalive: Interval?
    /// The session's flows; nil unless it is open (RFC 7016 §3.5.5).
    var flows: SessionFlows?
    /// When a packet with the timeCritical flag was last sent.
    var timeCriticalSentAt: Instant?
    /// When a packet with the timeCriticalReverse flag last came.
    var timeCriticalReverseAt: Instant?
    /// It is among the endpoint's sessions with something to send.
    var isTouched = false
    /// Chunks for the far end that wait for the packet at hand to be processed as a whole.
    var outbox: [Chunk] = []

    init(
        _ handle: SessionHandle,
        role: Role,
        nearSessionID: UInt32,
        farSessionID: UInt32,
        far: SocketAddress,
        farCertificate: [UInt8],
        farFingerprint: [UInt8],
        keying: ResponderKeying?,
        protection: KeyAgreement.Result,
        at now: Instant
    ) {
        self.handle = handle
        self.role = role
        self.nearSessionID = nearSessionID
        self.farSessionID = farSessionID
        self.far = far
        self.farCertificate = farCertificate
        self.farFingerprint = farFingerprint
        self.keying = keying
        sealer = PacketSealer(protection.sending)
        opener = PacketOpener(protection.receiving)
        isAuthenticated = protection.receiving.verification != .checksum
        liveness = Liveness(heardAt: now)
    }

    var isOpen: Bool {
        if case .open = phase { true } else { false }
    }

    var state: SessionState {
        switch phase {
        case .open: .open
        case .nearClose: .nearClose
        case .farCloseLinger: .farCloseLinger
        }
    }
}
