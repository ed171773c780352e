import Testing

@testable import RTMFP

@Suite("Deadlines")
struct DeadlineQueueTests {
    @Test("wakes everybody in time, in order, once", arguments: 0..<20)
    func random(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var queue = DeadlineQueue<Int>()
        var expected: [Int: Int64] = [:]
        var now: Int64 = 0
        for _ in 0..<2000 {
            switch Int.random(in: 0..<4, using: &random) {
            case 0, 1:
                let waiter = Int.random(in: 0..<50, using: &random)
                let deadline = now + Int64.random(in: 1..<1000, using: &random)
                queue.wake(waiter, at: Instant(nanoseconds: deadline))
                expected[waiter] = min(expected[waiter] ?? .max, deadline)
            case 2:
                let waiter = Int.random(in: 0..<50, using: &random)
                queue.remove(waiter)
                expected[waiter] = nil
            default:
                now += Int64.random(in: 0..<300, using: &random)
                var woken: [Int] = []
                while let waiter = queue.popDue(at: Instant(nanoseconds: now)) { woken.append(waiter) }
                let due = expected.filter { $0.value <= now }
                #expect(woken == due.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.map(\.key))
                for waiter in woken { expected[waiter] = nil }
            }
        }
    }

    @Test("a thousand waiters that come and go leave no more than a few entries")
    func bounded() {
        var queue = DeadlineQueue<Int>()
        for waiter in 0..<1000 {
            queue.wake(waiter, at: Instant(nanoseconds: Int64(waiter)))
            queue.remove(waiter)
        }
        var entries = 0
        while let next = queue.next, entries < 1000 {
            #expect(queue.popDue(at: next) == nil)
            entries += 1
        }
        #expect(entries < 100)
    }
}
