/// Who sends time-critical data to whom: what the endpoint as a whole must know of it (RFC 7016 §2.2.4, §3.5.2.1).
struct TimeCriticalNotices {
    /// When this end last sent a packet with the timeCritical flag, on any session.
    private var sentAt: Instant?
    /// Sessions on which such packets came lately, with the time of the last one.
    private var received: [SessionHandle: Instant] = [:]

    mutating func sent(at now: Instant) {
        sentAt = now
    }

    mutating func received(on session: SessionHandle, at now: Instant) {
        received[session] = now
    }

    mutating func forget(_ session: SessionHandle) {
        received[session] = nil
    }

    /// Whether this end has sent time-critical data lately.
    func isSending(at now: Instant) -> Bool {
        sentAt.map { now - $0 <= Congestion.notificationLifetime } ?? false
    }

    /// Whether time-critical data have come lately on another session than `session`.
    mutating func isReceivingElsewhere(than session: SessionHandle, at now: Instant) -> Bool {
        guard !received.isEmpty else { return false }
        received = received.filter { now - $0.value <= Congestion.notificationLifetime }
        return received.contains { $0.key != session }
    }
}
