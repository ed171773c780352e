import RTMFP

/// Events in the order of their times; those of one time in the order in which they were put in.
struct EventQueue<Event> {
    private struct Entry {
        var at: Instant
        var number: UInt64
        var event: Event

        func isBefore(_ other: Entry) -> Bool {
            at == other.at ? number < other.number : at < other.at
        }
    }

    private var heap: [Entry] = []
    private var number: UInt64 = 0

    var first: Instant? { heap.first?.at }

    mutating func insert(_ event: Event, at instant: Instant) {
        heap.append(Entry(at: instant, number: number, event: event))
        number &+= 1
        var child = heap.count - 1
        while child > 0, heap[child].isBefore(heap[(child - 1) / 2]) {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func popFirst() -> (at: Instant, event: Event)? {
        guard !heap.isEmpty else { return nil }
        heap.swapAt(0, heap.count - 1)
        let entry = heap.removeLast()
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
                if heap[child].isBefore(heap[least]) { least = child }
            }
            if least == parent { break }
            heap.swapAt(parent, least)
            parent = least
        }
        return (entry.at, entry.event)
    }
}
