/// The fragments of a receiving flow that wait to be delivered: RECV_BUFFER (RFC 7016 §3.6.3.3).
struct ReceiveBuffer {
    struct Fragment {
        var sequenceNumber: UInt64
        var control: FragmentControl
        var data: [UInt8]
    }

    /// A complete message and the numbers of its fragments.
    struct Message {
        var bytes: [UInt8]
        var numbers: ClosedRange<UInt64>
    }

    /// What holding a fragment costs beyond its octets, so that empty ones are not free.
    static let overhead = 64

    /// By sequence number, ascending, from `head` on.
    private var fragments: [Fragment] = []
    private var head = 0
    /// Fragments from `head` on that are known to be the unbroken beginning of one message.
    private var joined = 0
    /// BUFFERED_SIZE: octets, with what holding them costs.
    private(set) var size = 0

    var isEmpty: Bool { head == fragments.count }

    /// Whether the first fragment begins a message that may still become complete.
    var isInProgress: Bool { joined > 0 }

    mutating func insert(_ fragment: Fragment) {
        size += fragment.data.count + ReceiveBuffer.overhead
        if let last = fragments.last, head < fragments.count, fragment.sequenceNumber < last.sequenceNumber {
            let index = position(of: fragment.sequenceNumber)
            fragments.insert(fragment, at: index)
            if index <= head + joined { joined = min(joined, index - head) }
        } else {
            fragments.append(fragment)
        }
    }

    mutating func removeAll() {
        self = ReceiveBuffer()
    }

    /// Takes out the first complete message in order of sequence numbers, if everything before it has been seen.
    ///
    /// Segments that will never be complete, since nothing up to `cumulative` is missing, are discarded on the way.
    mutating func takeNext(upTo cumulative: UInt64) -> Message? {
        while head < fragments.count, fragments[head].sequenceNumber <= cumulative {
            let first = fragments[head]
            switch first.control {
            case .whole:
                remove(1)
                return Message(bytes: first.data, numbers: first.sequenceNumber...first.sequenceNumber)
            case .middle, .end:
                remove(1)
            case .begin:
                joined = max(joined, 1)
                while extendsSegment(head + joined) { joined += 1 }
                let last = fragments[head + joined - 1]
                if last.control == .end { return takeSegment(from: head, joined) }
                guard last.sequenceNumber < cumulative else { return nil }
                remove(joined)
            }
        }
        return nil
    }

    /// Takes out the message that the fragment `number` has made complete, wherever it stands.
    mutating func takeMessage(with number: UInt64) -> Message? {
        let index = position(of: number)
        guard index < fragments.count, fragments[index].sequenceNumber == number else { return nil }
        var first = index
        while fragments[first].control == .middle || fragments[first].control == .end {
            guard first > head, fragments[first - 1].control != .end, fragments[first - 1].control != .whole,
                fragments[first - 1].sequenceNumber == fragments[first].sequenceNumber - 1
            else { return nil }
            first -= 1
        }
        var count = 1
        while fragments[first + count - 1].control != .end, extendsSegment(first + count) { count += 1 }
        let last = fragments[first + count - 1].control
        guard count == 1 ? fragments[first].control == .whole : last == .end else { return nil }
        return takeSegment(from: first, count)
    }

    /// Takes out a complete message, wherever it stands.
    mutating func takeAny() -> Message? {
        for fragment in fragments[head...] where fragment.control == .whole || fragment.control == .end {
            if let message = takeMessage(with: fragment.sequenceNumber) { return message }
        }
        return nil
    }

    /// Whether the fragment at `index` continues the segment of the one before it.
    private func extendsSegment(_ index: Int) -> Bool {
        guard index < fragments.count else { return false }
        let former = fragments[index - 1]
        let next = fragments[index]
        return former.control != .end && former.control != .whole
            && (next.control == .middle || next.control == .end)
            && next.sequenceNumber - 1 == former.sequenceNumber
    }

    private mutating func takeSegment(from first: Int, _ count: Int) -> Message {
        let segment = fragments[first..<(first + count)]
        let numbers = fragments[first].sequenceNumber...fragments[first + count - 1].sequenceNumber
        var bytes: [UInt8] = []
        if count == 1 {
            bytes = fragments[first].data
        } else {
            bytes.reserveCapacity(segment.reduce(0) { $0 + $1.data.count })
            for fragment in segment { bytes.append(contentsOf: fragment.data) }
        }
        if first == head {
            remove(count)
        } else {
            size -= bytes.count + count * ReceiveBuffer.overhead
            fragments.removeSubrange(first..<(first + count))
            joined = min(joined, first - head)
        }
        return Message(bytes: bytes, numbers: numbers)
    }

    private mutating func remove(_ count: Int) {
        for index in head..<(head + count) {
            size -= fragments[index].data.count + ReceiveBuffer.overhead
            fragments[index].data = []
        }
        head += count
        joined = 0
        if head == fragments.count {
            fragments.removeAll(keepingCapacity: fragments.capacity <= 64)
            head = 0
        } else if head > 64, head > fragments.count / 2 {
            fragments.removeFirst(head)
            head = 0
        }
    }

    private func position(of number: UInt64) -> Int {
        var low = head
        var high = fragments.count
        while low < high {
            let middle = (low + high) / 2
            if fragments[middle].sequenceNumber < number { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
