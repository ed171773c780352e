/// One session's timestamps, their echo, and what they tell about the round trip (RFC 7016 §3.5.2.2).
public struct Timestamps: Sendable {
    /// A tick of the timestamp clock: 4 ms (RFC 7016 §2.2.4).
    public static let tick = Interval.milliseconds(4)

    private var received: (timestamp: UInt16, at: Instant)?
    private var sent: UInt16?
    private var echoSent: UInt16?
    private var echoReceived: UInt16?
    private var variance = Interval.zero

    /// SRTT: the smoothed round-trip time; nil before the first measurement.
    public private(set) var smoothedRoundTrip: Interval?
    /// MRTO: the measured retransmission timeout.
    public private(set) var measuredTimeout = Interval.milliseconds(250)
    /// ERTO: the effective retransmission timeout.
    public private(set) var effectiveTimeout = Interval.seconds(3)

    /// The timestamps of a session that has just opened.
    public init() {}

    /// The timestamp clock at `now`: the low 16 bits of the ticks since the clock's origin.
    public static func timestamp(at now: Instant) -> UInt16 {
        let (ticks, rest) = now.nanoseconds.quotientAndRemainder(dividingBy: tick.nanoseconds)
        return UInt16(truncatingIfNeeded: rest < 0 ? ticks - 1 : ticks)
    }

    /// Sets the timestamp fields of a packet that goes out at `now`.
    ///
    /// A timestamp, or an echo, equal to the one sent last is left out; an echo also when nothing was received for
    /// more than 128 seconds.
    ///
    /// - Parameter repeats: whether a timestamp is sent even if it equals the last.
    public mutating func stamp(_ header: inout PacketHeader, at now: Instant, repeats: Bool = false) {
        let timestamp = Timestamps.timestamp(at: now)
        header.timestamp = timestamp == sent && !repeats ? nil : timestamp
        sent = timestamp

        header.timestampEcho = nil
        guard let received else { return }
        let elapsed = now - received.at
        guard elapsed <= .seconds(128) else {
            self.received = nil
            echoSent = nil
            return
        }
        let ticks = max(0, elapsed.nanoseconds / Timestamps.tick.nanoseconds)
        let echo = received.timestamp &+ UInt16(truncatingIfNeeded: ticks)
        if echo != echoSent {
            header.timestampEcho = echo
            echoSent = echo
        }
    }

    /// Takes note of the timestamp fields of a packet received at `now`.
    public mutating func receive(_ header: PacketHeader, at now: Instant) {
        if let timestamp = header.timestamp, timestamp != received?.timestamp {
            received = (timestamp, now)
        }
        if let echo = header.timestampEcho, echo != echoReceived {
            echoReceived = echo
            measure(ticks: Timestamps.timestamp(at: now) &- echo)
        }
    }

    /// Lengthens ERTO after a retransmission timeout: by 1.4142, up to 10 seconds, but not below MRTO.
    public mutating func backOff() {
        effectiveTimeout = max(min(effectiveTimeout * 1.4142, .seconds(10)), measuredTimeout)
    }

    private mutating func measure(ticks: UInt16) {
        // More than half the clock's period would be an echo from the future.
        guard ticks <= 32767 else { return }
        let roundTrip = Timestamps.tick.nanoseconds * Int64(ticks)
        if let smoothed = smoothedRoundTrip?.nanoseconds {
            variance = Interval(nanoseconds: (3 * variance.nanoseconds + abs(smoothed - roundTrip)) / 4)
            smoothedRoundTrip = Interval(nanoseconds: (7 * smoothed + roundTrip) / 8)
        } else {
            variance = Interval(nanoseconds: roundTrip / 2)
            smoothedRoundTrip = Interval(nanoseconds: roundTrip)
        }
        measuredTimeout = (smoothedRoundTrip ?? .zero) + variance * 4 + .milliseconds(200)
        effectiveTimeout = max(measuredTimeout, .milliseconds(250))
    }
}
