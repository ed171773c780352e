/// A session that this end initiates and that is not open yet: S_IHELLO_SENT, S_KEYING_SENT (RFC 7016 §3.5.1.1.1).
final class Opening {
    /// An address to which IHellos go, on its own schedule.
    struct Candidate {
        var address: SocketAddress
        var backoff = Backoff()
    }

    /// S_IHELLO_SENT: asking everywhere.
    struct Hello {
        var candidates: [Candidate]
    }

    /// S_KEYING_SENT: one responder was chosen.
    struct Keying {
        /// DESTADDR.
        var far: SocketAddress
        var nearSessionID: UInt32
        var farCertificate: [UInt8]
        var farFingerprint: [UInt8]
        var half: KeyAgreement.NearHalf
        var cookie: [UInt8]
        var cookieWasChanged = false
        var backoff = Backoff()
    }

    enum Phase {
        case hello(Hello)
        case keying(Keying)
    }

    let handle: SessionHandle
    let endpointDiscriminator: [UInt8]
    let tag: [UInt8]
    let giveUpAt: Instant
    var phase: Phase
    /// An IIKeying that was discarded because this end prevailed in glare.
    var discardedKeying: KeyingMark?

    init(
        _ handle: SessionHandle,
        to addresses: [SocketAddress],
        endpointDiscriminator: [UInt8],
        tag: [UInt8],
        giveUpAt: Instant
    ) {
        self.handle = handle
        self.endpointDiscriminator = endpointDiscriminator
        self.tag = tag
        self.giveUpAt = giveUpAt
        phase = .hello(Hello(candidates: addresses.map { Candidate(address: $0) }))
    }

    /// Whether packets of this opening go to `address`.
    func hasDestination(_ address: SocketAddress) -> Bool {
        switch phase {
        case .hello(let hello): hello.candidates.contains { $0.address == address }
        case .keying(let keying): keying.far == address
        }
    }

    /// When something has to be sent or given up.
    var deadline: Instant {
        switch phase {
        case .hello(let hello): hello.candidates.map(\.backoff.next).min().map { min($0, giveUpAt) } ?? giveUpAt
        case .keying(let keying): min(keying.backoff.next, giveUpAt)
        }
    }
}

/// What tells one IIKeying from another (RFC 7016 §3.5.1.1.2).
struct KeyingMark: Equatable {
    var sessionID: UInt32
    var certificate: [UInt8]
    var component: [UInt8]

    init(_ keying: IIKeying) {
        sessionID = keying.initiatorSessionID
        certificate = keying.initiatorCertificate
        component = keying.sessionKeyInitiatorComponent
    }
}

/// A schedule whose intervals grow by half, and by 1.5 seconds at least (RFC 7016 §3.5.1.1.1).
struct Backoff {
    private var interval = Interval.zero
    /// When the next attempt is due; at once for the first.
    private(set) var next = Instant(nanoseconds: .min)

    /// Notes an attempt at `now`.
    mutating func attempted(at now: Instant, _ timer: TimerName, _ conduct: any Conduct) {
        interval = max(interval * 1.5, interval + .seconds(1.5))
        // Whatever the conduct wants, time has to go on.
        next = now + max(.milliseconds(1), conduct.interval(timer, interval))
    }
}
