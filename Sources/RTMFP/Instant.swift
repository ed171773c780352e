/// A point in time: nanoseconds since an origin that whoever keeps the clock chooses.
///
/// Real clocks and virtual ones hand out the same type; nothing in this module reads a clock.
public struct Instant: Hashable, Comparable, Sendable {
    /// Nanoseconds since the clock's origin.
    public var nanoseconds: Int64

    /// Makes an instant.
    public init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    /// The clock's origin.
    public static let origin = Instant(nanoseconds: 0)

    /// Whether `left` is earlier than `right`.
    public static func < (left: Instant, right: Instant) -> Bool {
        left.nanoseconds < right.nanoseconds
    }

    /// The instant `interval` later; saturates instead of overflowing.
    public static func + (instant: Instant, interval: Interval) -> Instant {
        let (sum, overflow) = instant.nanoseconds.addingReportingOverflow(interval.nanoseconds)
        return Instant(nanoseconds: overflow ? (interval.nanoseconds > 0 ? .max : .min) : sum)
    }

    /// The interval from `right` to `left`; saturates instead of overflowing.
    public static func - (left: Instant, right: Instant) -> Interval {
        let (difference, overflow) = left.nanoseconds.subtractingReportingOverflow(right.nanoseconds)
        return Interval(nanoseconds: overflow ? (left > right ? .max : .min) : difference)
    }
}

/// A span of time in nanoseconds.
public struct Interval: Hashable, Comparable, Sendable {
    /// Nanoseconds.
    public var nanoseconds: Int64

    /// Makes an interval.
    public init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    /// No time at all.
    public static let zero = Interval(nanoseconds: 0)

    /// `count` seconds.
    public static func seconds(_ count: Double) -> Interval {
        let nanoseconds = count * 1e9
        guard nanoseconds.magnitude < 9.2e18 else {
            return Interval(nanoseconds: nanoseconds < 0 ? .min : .max)
        }
        // `rounded()` would ask for the C library's mathematics, which a program without Foundation is not linked with.
        return Interval(nanoseconds: Int64(nanoseconds + (nanoseconds < 0 ? -0.5 : 0.5)))
    }

    /// `count` milliseconds.
    public static func milliseconds(_ count: Double) -> Interval {
        .seconds(count / 1000)
    }

    /// The interval in seconds.
    public var seconds: Double { Double(nanoseconds) / 1e9 }

    /// The interval in milliseconds.
    public var milliseconds: Double { Double(nanoseconds) / 1e6 }

    /// Whether `left` is shorter than `right`.
    public static func < (left: Interval, right: Interval) -> Bool {
        left.nanoseconds < right.nanoseconds
    }

    /// Both intervals, one after the other.
    public static func + (left: Interval, right: Interval) -> Interval {
        (Instant.origin + left + right) - .origin
    }

    /// `interval`, `factor` times.
    public static func * (interval: Interval, factor: Double) -> Interval {
        .seconds(interval.seconds * factor)
    }
}
