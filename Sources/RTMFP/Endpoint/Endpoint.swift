/// An RTMFP endpoint: startup, sessions and flows in both roles, as one state machine without I/O (RFC 7016 §3).
///
/// Whoever drives it hands in datagrams and times, and after each call takes out datagrams and events and looks when to
/// call again:
///
/// ```swift
/// endpoint.receive(bytes, from: address, at: now)   // or endpoint.advance(to: now) once nextDeadline has come
/// for event in endpoint.takeEvents() { … }
/// for datagram in endpoint.takeDatagrams() { socket.send(datagram.bytes, to: datagram.far) }
/// wake(at: endpoint.nextDeadline)
/// ```
///
/// Nothing that an unverified address sends makes the endpoint remember anything, except fragments of packets and of
/// answers to them, within limits. A datagram with IHellos is answered with one RHello or Redirect. That is several times
/// as long: RFC 7016 gives the initiator no way to prove its address sooner, and the responder none to demand more octets.
///
/// An owner that does not take datagrams and events out lets them pile up.
public final class Endpoint {
    /// What the endpoint is, offers, requires and permits itself.
    public let configuration: Configuration
    /// Decides what becomes of IHellos; without one, those that select this endpoint are answered. Not kept alive.
    public weak var introducer: (any Introducer)?
    /// Whether to open a session with the holder of a certificate at an address; without one, with everybody.
    ///
    /// Asked after the initiator proved its address and before any costly computation.
    public var admission: ((_ certificate: [UInt8], _ source: SocketAddress) -> Bool)?

    /// A signature without any options, as other implementations write it (RFC 7425 §4.3.5).
    static let emptySignature = Array("X".utf8)

    let conduct: any Conduct
    let agreement: KeyAgreement
    var random: any RandomNumberGenerator & Sendable
    let cookies: CookieJar
    let mobilitySecret: [UInt8]
    /// The silence after which far ends are pinged, of sessions without a period of their own.
    var keepalive: Interval
    let defaultSealer = PacketSealer(.defaultSession)
    let defaultOpener = PacketOpener(.defaultSession)

    /// The latest time that anybody told.
    public internal(set) var now = Instant.origin
    var handles: UInt64 = 0
    var openings: [SessionHandle: Opening] = [:]
    var openingsByTag: [[UInt8]: SessionHandle] = [:]
    var sessions: [SessionHandle: Session] = [:]
    var index = SessionIndex()
    var deadlines = DeadlineQueue<SessionHandle>()
    var reassembly = FragmentReassembly()
    var fragmentedPackets: UInt64 = 0
    var held = HeldDatagrams()
    /// Sessions with something to send.
    var touched: [SessionHandle] = []
    var timeCriticalNotices = TimeCriticalNotices()
    var datagrams: [Datagram] = []
    var events: [Event] = []

    /// Makes an endpoint without sessions.
    ///
    /// - Parameters:
    ///   - configuration: what it is, offers, requires and permits itself.
    ///   - random: where all its secrets come from; for anything but tests, `SystemRandomNumberGenerator`.
    ///   - conduct: deliberate faults.
    public init(
        configuration: Configuration,
        random: any RandomNumberGenerator & Sendable,
        conduct: any Conduct = Correct()
    ) {
        var random = random
        self.configuration = configuration
        self.conduct = conduct
        agreement = KeyAgreement(configuration: configuration, conduct: conduct)
        cookies = CookieJar(secret: random.octets(32))
        mobilitySecret = random.octets(32)
        keepalive = configuration.keepalive
        self.random = random
    }

    /// When `advance(to:)` has something to do; nil if nothing is going on.
    public var nextDeadline: Instant? {
        let (release, sweep) = (held.next, reassembly.nextSweep)
        guard release != nil || sweep != nil else { return deadlines.next }
        return [deadlines.next, release, sweep].compactMap(\.self).min()
    }

    /// Runs the timers that are due at `now`.
    public func advance(to now: Instant) {
        self.now = max(self.now, now)
        datagrams += held.release(at: self.now)
        if let sweep = reassembly.nextSweep, sweep <= self.now { reassembly.sweep(at: self.now, conduct) }
        while let handle = deadlines.popDue(at: self.now) {
            if let opening = openings[handle] {
                run(opening)
            } else if let session = sessions[handle] {
                run(session)
            }
        }
    }

    /// The datagrams to send since the last call, in order.
    public func takeDatagrams() -> [Datagram] {
        flushTouched()
        defer { datagrams.removeAll() }
        return datagrams
    }

    /// What has happened since the last call, in order.
    public func takeEvents() -> [Event] {
        defer { events.removeAll() }
        return events
    }

    /// Where a session stands; nil if it is closed or failed.
    public func state(of session: SessionHandle) -> SessionState? {
        if let opening = openings[session] {
            guard case .hello = opening.phase else { return .keyingSent }
            return .helloSent
        }
        return sessions[session]?.state
    }

    /// DESTADDR of an established session.
    public func address(of session: SessionHandle) -> SocketAddress? { sessions[session]?.far }

    /// SRTT, MRTO and ERTO of an established session (RFC 7016 §3.5.2.2).
    public func timestamps(of session: SessionHandle) -> Timestamps? { sessions[session]?.timestamps }

    /// The open sessions whose far ends have `fingerprint`, oldest first; for introducers.
    public func openSessions(with fingerprint: [UInt8]) -> [SessionHandle] {
        index.sessions(with: fingerprint).filter { sessions[$0]?.isOpen ?? false }
    }

    /// Established and opening sessions.
    public var sessionCount: Int { sessions.count + openings.count }

    func makeHandle() -> SessionHandle {
        handles += 1
        return SessionHandle(number: handles)
    }

    /// A session ID that no session of this end uses; never 0 (RFC 7016 §3.3).
    func makeSessionID() -> UInt32 {
        while true {
            let id = UInt32.random(in: 1...UInt32.max, using: &random)
            if index.session(receivingAt: id) == nil { return conduct.sessionID(id) }
        }
    }
}
