/// The unacknowledged fragments of a sending flow: SEND_QUEUE (RFC 7016 §3.6.2).
///
/// Sequence numbers are consecutive from the first entry on: a fragment that was acknowledged out of order keeps its
/// place, empty, until those before it are gone.
struct SendQueue {
    /// Where a fragment stands.
    enum Status {
        case neverSent
        case inFlight
        case lost
        case acknowledged
    }

    /// A fragment that is to be sent.
    struct Eligible {
        var number: UInt64
        var control: FragmentControl
        var isAbandoned: Bool
        var data: [UInt8]
    }

    /// What an acknowledgement took out of flight.
    struct Acknowledged {
        var octets = 0
        /// The highest transmission sequence number; 0 for none.
        var tsn: UInt64 = 0
    }

    private struct Entry {
        var data: [UInt8]
        var control: FragmentControl
        var status = Status.neverSent
        var isAbandoned = false
        /// SENT_ABANDONED
        var wasAbandonedWhenSent = false
        var nakCount = 0
        /// TRANSMIT_SIZE
        var size = 0
        var tsn: UInt64 = 0
        var transmissions = 0
        var deadline: Instant?
        var mostTransmissions = Int.max

        var isEligible: Bool { status == .neverSent || status == .lost }
    }

    private var entries: [Entry] = []
    private var head = 0
    /// The sequence number of the entry at `head`.
    private var first: UInt64 = 1
    /// No entry before this index, except the first one, is to be sent.
    private var scanned = 0
    /// F_OUTSTANDING_BYTES
    private(set) var outstanding = 0
    /// Octets of messages that wait for their acknowledgement.
    private(set) var octets = 0
    /// The earliest time at which a message may have to be abandoned.
    private(set) var nextDeadline: Instant?

    var isEmpty: Bool { head == entries.count }

    /// NEXT_SN
    var nextSequenceNumber: UInt64 { first + UInt64(entries.count - head) }

    /// Appends a message, divided into fragments of at most `size` octets.
    mutating func append(_ message: [UInt8], fragment size: Int, _ expiry: MessageExpiry, at now: Instant) {
        var model = Entry(data: [], control: .whole)
        model.deadline = expiry.lifetime.map { now + $0 }
        if let retransmissions = expiry.retransmissions { model.mostTransmissions = max(0, retransmissions) &+ 1 }
        if let deadline = model.deadline { nextDeadline = nextDeadline.map { min($0, deadline) } ?? deadline }
        octets += message.count
        guard message.count > size else {
            model.data = message
            entries.append(model)
            return
        }
        var start = 0
        while start < message.count {
            let end = min(message.count, start + size)
            model.data = Array(message[start..<end])
            model.control = start == 0 ? .begin : end == message.count ? .end : .middle
            entries.append(model)
            start = end
        }
    }

    /// Appends a fragment without data that is abandoned already.
    mutating func appendAbandoned() {
        entries.append(Entry(data: [], control: .whole, isAbandoned: true))
    }

    /// Makes sure that the last entry can carry the final sequence number, and gives that (RFC 7016 §3.6.2.11).
    mutating func finish() -> UInt64 {
        if isEmpty || entries[entries.count - 1].status != .neverSent { appendAbandoned() }
        return nextSequenceNumber - 1
    }

    /// Removes abandoned fragments from the front, but not the last one (RFC 7016 §3.6.2.3).
    mutating func trim() {
        trimAcknowledged()
        while head < entries.count, entries[head].isEligible, entries[head].isAbandoned, hasAnother(after: head) {
            dropFirst()
            trimAcknowledged()
        }
    }

    /// Removes what has been acknowledged from the front.
    mutating func trimAcknowledged() {
        while head < entries.count, entries[head].status == .acknowledged { dropFirst() }
    }

    private func hasAnother(after index: Int) -> Bool {
        // The one after it is still there in nearly every case.
        for other in (index + 1)..<max(index + 1, entries.count) where entries[other].status != .acknowledged {
            return true
        }
        return false
    }

    /// FSN (RFC 7016 §3.6.2.3). Valid after `trim`.
    var forwardSequenceNumber: UInt64 {
        guard head < entries.count else { return first - 1 }
        let entry = entries[head]
        if !entry.isAbandoned || entry.status == .inFlight && !entry.wasAbandonedWhenSent { return first - 1 }
        return first
    }

    /// Whether anything is to be sent (RFC 7016 §3.6.2.3).
    mutating func hasEligible(final: UInt64?) -> Bool {
        trim()
        return eligibleIndex(final) != nil
    }

    /// The first fragment that is to be sent. Valid after `trim`.
    mutating func nextEligible(final: UInt64?) -> Eligible? {
        guard let index = eligibleIndex(final) else { return nil }
        let entry = entries[index]
        return Eligible(
            number: number(at: index),
            control: entry.control,
            isAbandoned: entry.isAbandoned,
            data: entry.data
        )
    }

    private mutating func eligibleIndex(_ final: UInt64?) -> Int? {
        guard head < entries.count else { return nil }
        if entries[head].isEligible { return head }
        scanned = max(scanned, head)
        while scanned < entries.count {
            let entry = entries[scanned]
            if entry.isEligible, !entry.isAbandoned || number(at: scanned) == final { return scanned }
            scanned += 1
        }
        return nil
    }

    /// Takes note that the fragment `number` was sent in a chunk of `size` octets.
    mutating func sent(_ number: UInt64, size: Int, tsn: UInt64) {
        guard let index = index(of: number) else { return }
        entries[index].status = .inFlight
        entries[index].nakCount = 0
        entries[index].wasAbandonedWhenSent = entries[index].isAbandoned
        entries[index].size = size
        entries[index].tsn = tsn
        entries[index].transmissions += 1
        outstanding += size
    }

    /// Takes the fragments in `numbers` for acknowledged, as far as they were ever sent.
    mutating func acknowledge(_ numbers: ClosedRange<UInt64>, neverSentStays: Bool) -> Acknowledged {
        var total = Acknowledged()
        guard !isEmpty, numbers.upperBound >= first, numbers.lowerBound < nextSequenceNumber else { return total }
        let low = max(numbers.lowerBound, first)
        let high = min(numbers.upperBound, nextSequenceNumber - 1)
        for index in (head + Int(low - first))...(head + Int(high - first)) {
            guard entries[index].status != .acknowledged, entries[index].status != .neverSent || !neverSentStays
            else { continue }
            if entries[index].status == .inFlight {
                total.tsn = max(total.tsn, entries[index].tsn)
                total.octets += land(index)
            }
            octets -= entries[index].data.count
            entries[index].data = []
            entries[index].status = .acknowledged
        }
        return total
    }

    /// How often an acknowledgement of something sent later has passed the fragment over, now included.
    mutating func passOver(_ number: UInt64) -> Int {
        guard let index = index(of: number) else { return 0 }
        entries[index].nakCount += 1
        return entries[index].nakCount
    }

    /// The transmission sequence number with which the fragment is in flight.
    func tsnInFlight(_ number: UInt64) -> UInt64? {
        guard let index = index(of: number), entries[index].status == .inFlight else { return nil }
        return entries[index].tsn
    }

    /// Takes a fragment out of flight as lost; the octets that were in flight.
    mutating func lose(_ number: UInt64) -> Int {
        guard let index = index(of: number), entries[index].status == .inFlight else { return 0 }
        let size = land(index)
        entries[index].status = .lost
        scanned = min(scanned, index)
        if entries[index].transmissions >= entries[index].mostTransmissions { abandonMessage(at: index) }
        return size
    }

    /// Abandons messages whose time is over.
    mutating func expire(at now: Instant) {
        guard let due = nextDeadline, due <= now else { return }
        nextDeadline = nil
        for index in head..<entries.count {
            guard let deadline = entries[index].deadline, entries[index].status != .acknowledged,
                !entries[index].isAbandoned
            else { continue }
            if deadline <= now {
                abandonMessage(at: index)
            } else {
                nextDeadline = nextDeadline.map { min($0, deadline) } ?? deadline
            }
        }
    }

    /// Abandons everything.
    mutating func abandonAll() {
        for index in head..<entries.count { abandon(index) }
        nextDeadline = nil
    }

    /// Abandons all fragments of a message (RFC 7016 §3.6.2.7).
    private mutating func abandonMessage(at index: Int) {
        var begin = index
        while begin > head, entries[begin].control == .middle || entries[begin].control == .end { begin -= 1 }
        var end = index
        while end + 1 < entries.count, entries[end].control == .begin || entries[end].control == .middle { end += 1 }
        for index in begin...end { abandon(index) }
    }

    private mutating func abandon(_ index: Int) {
        guard entries[index].status != .acknowledged, !entries[index].isAbandoned else { return }
        entries[index].isAbandoned = true
        octets -= entries[index].data.count
        entries[index].data = []
    }

    /// Takes an entry's octets out of flight.
    private mutating func land(_ index: Int) -> Int {
        outstanding -= entries[index].size
        return entries[index].size
    }

    private func number(at index: Int) -> UInt64 { first + UInt64(index - head) }

    private func index(of number: UInt64) -> Int? {
        guard number >= first, number < nextSequenceNumber else { return nil }
        return head + Int(number - first)
    }

    private mutating func dropFirst() {
        octets -= entries[head].data.count
        entries[head].data = []
        head += 1
        first += 1
        if head == entries.count {
            entries.removeAll(keepingCapacity: entries.capacity <= 64)
            scanned = 0
            head = 0
        } else if head > 64, head > entries.count / 2 {
            entries.removeFirst(head)
            scanned = max(0, scanned - head)
            head = 0
        }
    }
}
