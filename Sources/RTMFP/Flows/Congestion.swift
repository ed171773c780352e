/// The transmission budget of a session: the window-based algorithm of RFC 7016 Appendix A.
struct Congestion {
    /// What one received packet has told about the data in flight.
    struct PacketReport {
        /// PRE_ACK_OUTSTANDING
        var outstandingBefore = 0
        /// ACKED_BYTES_THIS_PACKET
        var acknowledged = 0
        /// ANY_ACKS
        var anyAcknowledgement = false
        /// ANY_NAKS
        var anyNegative = false
        /// ANY_LOSS
        var anyLoss = false
    }

    /// Who sends time-critical data.
    struct TimeCritical {
        /// TC_SENT: this end, on this session, within the last 800 ms.
        var isSentHere: Bool
        /// FASTGROW_ALLOWED: nobody says that time-critical data of another session needs the room.
        var permitsFastGrowth: Bool
    }

    /// SMSS
    static let segment = 1460
    /// CWND_INIT
    static let initialWindow = 4380
    /// How long a time-critical notification counts.
    static let notificationLifetime = Interval.milliseconds(800)

    /// CWND: octets of user data that may be outstanding.
    private(set) var window = Congestion.initialWindow
    /// SSTHRESH
    private(set) var slowStartThreshold = Int.max
    /// ACKED_BYTES_ACCUMULATOR
    private var accumulator = 0

    /// The retransmission timer has run out (RFC 7016 Figure 24).
    mutating func timedOut(withLoss: Bool) {
        // Written so that an infinite threshold does not overflow.
        slowStartThreshold = max(slowStartThreshold, window / 4 * 3 + window % 4 * 3 / 4)
        accumulator = 0
        window = withLoss ? Congestion.segment : Congestion.initialWindow
    }

    /// A packet has been processed as a whole (RFC 7016 Figure 25).
    mutating func packetProcessed(_ report: PacketReport, _ timeCritical: TimeCritical) {
        if report.anyLoss {
            shrink(report.outstandingBefore, timeCritical)
        } else if report.anyAcknowledgement, !report.anyNegative, report.outstandingBefore >= window {
            let increase = increase(report.acknowledged, timeCritical)
            window = max(window + min(increase, Congestion.segment), Congestion.initialWindow)
        }
    }

    private mutating func shrink(_ outstanding: Int, _ timeCritical: TimeCritical) {
        let isGentle = timeCritical.isSentHere || outstanding > 67_200 && timeCritical.permitsFastGrowth
        slowStartThreshold = max(isGentle ? outstanding / 8 * 7 : outstanding / 2, Congestion.initialWindow)
        window = slowStartThreshold
        accumulator = 0
    }

    private mutating func increase(_ acknowledged: Int, _ timeCritical: TimeCritical) -> Int {
        let isSlowStart = window < slowStartThreshold
        if timeCritical.permitsFastGrowth {
            return isSlowStart ? acknowledged : linearIncrease(acknowledged, step: 48, cap: 4800)
        }
        if isSlowStart, timeCritical.isSentHere { return (acknowledged + 3) / 4 }
        return linearIncrease(acknowledged, step: 24, cap: timeCritical.isSentHere ? 2400 : 4800)
    }

    private mutating func linearIncrease(_ acknowledged: Int, step: Int, cap: Int) -> Int {
        accumulator += acknowledged
        let threshold = min(max(window / 16, 64), cap)
        let steps = accumulator / threshold
        accumulator -= steps * threshold
        return steps * step
    }
}
