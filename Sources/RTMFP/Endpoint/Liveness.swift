/// When a session's far end was heard last, and what it was asked (RFC 7016 §3.5.4.1).
struct Liveness {
    /// Pings whose replies the owner waits for, at most; older ones are forgotten.
    static let maximumPings = 32

    private(set) var heardAt: Instant
    private(set) var askedAt: Instant?
    private var expected: [[UInt8]] = []

    init(heardAt: Instant) {
        self.heardAt = heardAt
    }

    /// A verified packet came.
    mutating func heard(at now: Instant) {
        heardAt = now
        askedAt = nil
    }

    /// A keepalive Ping was sent.
    mutating func asked(at now: Instant) {
        askedAt = now
    }

    /// The owner sent a Ping with `message`.
    mutating func expect(_ message: [UInt8]) {
        if expected.count == Liveness.maximumPings { expected.removeFirst() }
        expected.append(message)
    }

    /// Whether a Ping with `message` waited for its reply; it does no longer.
    mutating func answered(_ message: [UInt8]) -> Bool {
        guard let index = expected.firstIndex(of: message) else { return false }
        expected.remove(at: index)
        return true
    }
}
