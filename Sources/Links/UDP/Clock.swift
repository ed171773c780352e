import NIOCore
public import RTMFP

extension Instant {
    /// The time by the machine's monotonic clock, the one that the event loops keep.
    public static var monotonic: Instant {
        Instant(nanoseconds: Int64(clamping: NIODeadline.now().uptimeNanoseconds))
    }

    /// The same instant for an event loop.
    var deadline: NIODeadline {
        .uptimeNanoseconds(UInt64(clamping: nanoseconds))
    }
}
