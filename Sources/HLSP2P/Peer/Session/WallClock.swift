public import RTMFP

/// What time it is elsewhere: messages carry dates, an `Instant` counts from an origin of its own.
public struct WallClock: Hashable, Sendable {
    /// Milliseconds since the beginning of 1970, UTC, at `Instant.origin`.
    public var millisecondsAtOrigin: Double

    /// Makes one.
    public init(millisecondsAtOrigin: Double) {
        self.millisecondsAtOrigin = millisecondsAtOrigin
    }

    /// Whole milliseconds since the beginning of 1970 at `now`.
    public func milliseconds(at now: Instant) -> Double {
        Double(Int(clamping: now.nanoseconds / 1_000_000)) + millisecondsAtOrigin
    }
}
