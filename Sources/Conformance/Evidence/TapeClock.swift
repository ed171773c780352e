import RTMFP
import Synchronization

/// A clock that stands still until it is told that time has passed; to be read from any thread.
final class TapeClock: Sendable {
    private let time: Mutex<Instant>

    init(_ start: Instant = .origin) {
        time = Mutex(start)
    }

    var now: Instant { time.withLock { $0 } }

    /// It is `instant` now, or later.
    func advance(to instant: Instant) {
        time.withLock { $0 = max($0, instant) }
    }
}

/// Lets something that belongs to the one thread that runs a case be named by what could be used by several.
struct OneThread<Value>: @unchecked Sendable {
    let value: Value
}
