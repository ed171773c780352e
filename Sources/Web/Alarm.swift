internal import NIOCore
internal import RTMFP

/// Rings once, when it was last told to. Setting it again and again costs little: the event loop is asked only when the
/// alarm rings too early.
final class Alarm {
    private let eventLoop: any EventLoop
    private let ring: @Sendable () -> Void
    private var deadline: NIODeadline?
    private var task: Scheduled<Void>?

    init(on eventLoop: any EventLoop, ring: @escaping @Sendable () -> Void) {
        self.eventLoop = eventLoop
        self.ring = ring
    }

    deinit {
        task?.cancel()
    }

    func set(in interval: Interval) {
        let deadline = eventLoop.now + .nanoseconds(interval.nanoseconds)
        self.deadline = deadline
        if let task, let next, next > deadline {
            task.cancel()
            self.task = nil
        }
        if task == nil { schedule(at: deadline) }
    }

    func cancel() {
        deadline = nil
    }

    /// When the task is due.
    private var next: NIODeadline?

    private func schedule(at deadline: NIODeadline) {
        next = deadline
        let bound = NIOLoopBound(WeakAlarm(self), eventLoop: eventLoop)
        task = eventLoop.scheduleTask(deadline: deadline) { bound.value.alarm?.wake() }
    }

    private func wake() {
        task = nil
        guard let deadline else { return }
        if deadline <= eventLoop.now {
            self.deadline = nil
            ring()
        } else {
            schedule(at: deadline)
        }
    }
}

private struct WeakAlarm {
    weak var alarm: Alarm?

    init(_ alarm: Alarm) {
        self.alarm = alarm
    }
}
