import RTMFP

/// Something under fuzz that has deadlines, and is woken when they come.
protocol Woken: AnyObject {
    var now: Instant { get set }
    /// When it next wants to be woken; nil if nothing is going on.
    var nextDeadline: Instant? { get }

    /// Has it do what is due now, and takes what follows from that.
    func wake() throws
}

extension Woken {
    /// Lets time pass, from deadline to deadline.
    func pass(_ interval: Interval) throws {
        let end = now + interval
        for _ in 0..<256 {
            guard let deadline = nextDeadline, deadline <= end else {
                try advance(to: end)
                return
            }
            try advance(to: max(now, deadline))
        }
    }

    /// It is `instant` now.
    func advance(to instant: Instant) throws {
        now = instant
        // What follows from what is due may be due as well.
        for _ in 0..<8 {
            try wake()
            guard let deadline = nextDeadline, deadline <= now else { return }
        }
        throw Violation(description: "a deadline never moves on")
    }
}
