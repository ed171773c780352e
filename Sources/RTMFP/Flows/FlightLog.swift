/// The fragments in flight of all flows of a session, in the order of their transmission (RFC 7016 §3.6.2.5).
struct FlightLog {
    private struct Entry {
        var tsn: UInt64
        var flow: SendingFlow
        var number: UInt64
    }

    private var entries: [Entry] = []
    /// NEXT_TSN
    private(set) var nextTSN: UInt64 = 1
    /// MAX_TSN_ACK
    private var highestAcknowledged: UInt64 = 0

    /// Takes note of a transmission with `nextTSN`.
    mutating func sent(_ flow: SendingFlow, _ number: UInt64) {
        entries.append(Entry(tsn: nextTSN, flow: flow, number: number))
        nextTSN += 1
    }

    /// Takes note that a fragment sent with `tsn` was acknowledged.
    mutating func acknowledged(_ tsn: UInt64) {
        highestAcknowledged = max(highestAcknowledged, tsn)
    }

    /// Counts a negative acknowledgement for whatever was sent before something that has been acknowledged.
    ///
    /// - Returns: whether there was any, and what is lost by it, for `isLost` says so of the count.
    mutating func passOver(_ isLost: (Int) -> Bool) -> (any: Bool, lost: [(flow: SendingFlow, number: UInt64)]) {
        var any = false
        var lost: [(flow: SendingFlow, number: UInt64)] = []
        var remaining: [Entry] = []
        var index = 0
        while index < entries.count, entries[index].tsn < highestAcknowledged {
            let entry = entries[index]
            index += 1
            guard entry.flow.tsnInFlight(entry.number) == entry.tsn else { continue }
            any = true
            if isLost(entry.flow.passOver(entry.number)) {
                lost.append((entry.flow, entry.number))
            } else {
                remaining.append(entry)
            }
        }
        entries.replaceSubrange(0..<index, with: remaining)
        return (any, lost)
    }

    /// Takes everything that is in flight for lost.
    mutating func takeAll() -> [(flow: SendingFlow, number: UInt64)] {
        defer { entries.removeAll() }
        return entries.compactMap { entry in
            entry.flow.tsnInFlight(entry.number) == entry.tsn ? (entry.flow, entry.number) : nil
        }
    }
}
