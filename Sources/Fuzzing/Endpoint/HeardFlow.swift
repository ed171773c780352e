import RTMFP

/// What a far end has sent on one flow, as the far end counts it: what RFC 7016 §3.6.3 says of acknowledgements and of
/// delivery is held against it.
struct HeardFlow {
    private struct Fragment {
        let control: FragmentControl
        let data: [UInt8]
    }

    /// By sequence number; several where a number came with several contents.
    private var fragments: [UInt64: [Fragment]] = [:]
    private var seen: Set<UInt64> = []
    /// The greatest forward sequence number.
    private var forward: UInt64 = 0
    /// The greatest number, for who wants to go on.
    private(set) var highest: UInt64 = 0
    /// Since when it has been waiting for an acknowledgement.
    private var unacknowledgedSince: Instant?
    /// The handle under which its messages come; nil unless the endpoint has told of the flow.
    private(set) var handle: FlowHandle?
    /// Whether messages may come as they arrive.
    var isOrdered = true
    private var delivered: Set<UInt64> = []
    private var lastDelivered: UInt64 = 0

    /// How long an acknowledgement may take.
    private static let delay = Interval.milliseconds(200)

    /// Something was sent.
    mutating func hear(_ flags: UserDataFlags, _ number: UInt64, forward: UInt64, _ data: [UInt8], at now: Instant) {
        seen.insert(number)
        self.forward = max(self.forward, forward)
        highest = max(highest, number)
        if !flags.abandon {
            fragments[number, default: []].append(Fragment(control: flags.fragmentControl, data: data))
        }
        if handle != nil, unacknowledgedSince == nil { unacknowledgedSince = now }
    }

    /// The endpoint has told of the flow; again, if its ID is that of one that was complete long ago.
    mutating func begin(_ handle: FlowHandle) {
        self.handle = handle
        delivered = []
        lastDelivered = 0
    }

    /// Nothing is waited for any longer.
    mutating func rest() { unacknowledgedSince = nil }

    /// The endpoint has acknowledged.
    mutating func check(cumulative: UInt64, _ ranges: [ClosedRange<UInt64>]) throws {
        unacknowledgedSince = nil
        var complete = forward
        while complete < .max, seen.contains(complete + 1) { complete += 1 }
        try require(cumulative <= complete, "\(cumulative) is acknowledged, and \(complete) is what has come")
        for range in ranges {
            let hasCome =
                range.upperBound - range.lowerBound < seen.count
                && range.allSatisfy { $0 <= forward || seen.contains($0) }
            try require(hasCome, "\(range) is acknowledged, and has not come")
        }
    }

    /// Time has passed.
    func check(at now: Instant) throws {
        let isLate = unacknowledgedSince.map { now - $0 > Self.delay } ?? false
        try require(!isLate, "what a flow brought is not acknowledged in time")
    }

    /// The endpoint has delivered a message.
    mutating func deliver(_ message: ReceivedMessage) throws {
        let number = message.sequenceNumber
        try require(delivered.insert(number).inserted, "a message is delivered twice")
        try require(!isOrdered || number > lastDelivered, "messages are delivered out of order")
        lastDelivered = max(lastDelivered, number)
        try require(wasSent(message.bytes, from: number), "a message is delivered that nobody sent")
    }

    /// Whether fragments from `first` on make up the message.
    private func wasSent(_ octets: [UInt8], from first: UInt64) -> Bool {
        // How much of the message the fragments so far may make up.
        var places: Set<Int> = []
        var number = first
        while true {
            var next: Set<Int> = []
            for fragment in fragments[number] ?? [] {
                let isFirst = fragment.control == .whole || fragment.control == .begin
                guard isFirst == (number == first) else { continue }
                for place in isFirst ? [0] : places where octets.dropFirst(place).starts(with: fragment.data) {
                    let end = place + fragment.data.count
                    let isLast = fragment.control == .whole || fragment.control == .end
                    if isLast, end == octets.count { return true }
                    if !isLast { next.insert(end) }
                }
            }
            guard !next.isEmpty, number < .max else { return false }
            places = next
            number += 1
        }
    }
}
