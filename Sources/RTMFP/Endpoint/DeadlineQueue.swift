/// Who has to be woken when: a heap with at most a few entries for each waiter.
///
/// Waiters that are due at the same time come in their own order, so that runs repeat.
struct DeadlineQueue<Waiter: Hashable & Comparable> {
    private struct Entry: Comparable {
        var deadline: Instant
        var waiter: Waiter

        static func < (left: Entry, right: Entry) -> Bool {
            (left.deadline, left.waiter) < (right.deadline, right.waiter)
        }
    }

    private var heap: [Entry] = []
    private var queued: [Waiter: Instant] = [:]

    /// The earliest deadline.
    var next: Instant? { heap.first?.deadline }

    /// Makes sure that `waiter` is woken at `deadline` or before.
    ///
    /// A deadline that moved later is left where it stands: waking early is harmless and costs less than moving.
    mutating func wake(_ waiter: Waiter, at deadline: Instant) {
        if let known = queued[waiter], known <= deadline { return }
        queued[waiter] = deadline
        heap.append(Entry(deadline: deadline, waiter: waiter))
        siftUp(heap.count - 1)
        sweep()
    }

    /// Takes out the next waiter whose deadline is `now` or earlier.
    mutating func popDue(at now: Instant) -> Waiter? {
        while let first = heap.first, first.deadline <= now {
            removeFirst()
            if queued[first.waiter] == first.deadline {
                queued[first.waiter] = nil
                return first.waiter
            }
        }
        return nil
    }

    /// Forgets `waiter`.
    mutating func remove(_ waiter: Waiter) {
        queued[waiter] = nil
        sweep()
    }

    // Entries that no longer count lie about until they are due; this keeps them from outnumbering the rest.
    private mutating func sweep() {
        guard heap.count > 2 * queued.count + 64 else { return }
        heap = queued.map { Entry(deadline: $0.value, waiter: $0.key) }.sorted()
    }

    private mutating func removeFirst() {
        guard let last = heap.popLast(), !heap.isEmpty else { return }
        heap[0] = last
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2]
            where child < heap.count && heap[child] < heap[least] {
                least = child
            }
            if least == parent { return }
            heap.swapAt(parent, least)
            parent = least
        }
    }

    private mutating func siftUp(_ index: Int) {
        var child = index
        while child > 0 {
            let parent = (child - 1) / 2
            guard heap[child] < heap[parent] else { return }
            heap.swapAt(child, parent)
            child = parent
        }
    }
}
