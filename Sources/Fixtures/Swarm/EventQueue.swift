import RTMFP

/// Events in the order of their times; those of one time in the order in which they were put in.
///
/// The events themselves stay where they are: what is moved about is small and refers to nothing, so that the queue costs
/// little more with a hundred thousand events than with a thousand.
struct EventQueue<Event> {
    private struct Entry {
        var at: Instant
        var number: UInt64
        /// Where the event is.
        var place: Int

        func isBefore(_ other: Entry) -> Bool {
            at == other.at ? number < other.number : at < other.at
        }
    }

    /// A heap in which every entry has four below it.
    private var heap: [Entry] = []
    private var events: [Event?] = []
    /// Places without an event.
    private var free: [Int] = []
    private var number: UInt64 = 0

    var first: Instant? { heap.first?.at }

    mutating func insert(_ event: Event, at instant: Instant) {
        let entry = Entry(at: instant, number: number, place: free.popLast() ?? events.count)
        number &+= 1
        if entry.place == events.count { events.append(event) } else { events[entry.place] = event }
        heap.append(entry)
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 4
            guard entry.isBefore(heap[parent]) else { break }
            heap[child] = heap[parent]
            child = parent
        }
        heap[child] = entry
    }

    mutating func popFirst() -> (at: Instant, event: Event)? {
        guard let first = heap.first, let last = heap.popLast() else { return nil }
        if !heap.isEmpty { sink(last) }
        guard let event = events[first.place].take() else { return nil }
        free.append(first.place)
        return (first.at, event)
    }

    /// Puts an entry in the place of the first, and where it belongs.
    private mutating func sink(_ entry: Entry) {
        var parent = 0
        while true {
            let first = 4 * parent + 1
            guard first < heap.count else { break }
            var least = first
            for child in first + 1..<min(first + 4, heap.count) where heap[child].isBefore(heap[least]) {
                least = child
            }
            guard heap[least].isBefore(entry) else { break }
            heap[parent] = heap[least]
            parent = least
        }
        heap[parent] = entry
    }
}
