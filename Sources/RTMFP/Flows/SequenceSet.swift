/// The fragment sequence numbers seen in a receiving flow: SEQUENCE_SET (RFC 7016 §3.6.3).
///
/// Always contains 0, so that the contiguous range from there, up to the cumulative acknowledgement, is never empty.
struct SequenceSet {
    /// CSN: the highest number in the contiguous range that starts with 0.
    private(set) var cumulative: UInt64 = 0
    /// What lies above, ascending; between a range and what comes before it at least one number is missing.
    private(set) var ranges: [ClosedRange<UInt64>] = []

    /// The highest number of all.
    var highest: UInt64 { ranges.last?.upperBound ?? cumulative }

    var hasGaps: Bool { !ranges.isEmpty }

    func contains(_ number: UInt64) -> Bool {
        guard number > cumulative else { return true }
        let index = firstRange(endingAtOrAbove: number)
        return index < ranges.count && ranges[index].contains(number)
    }

    /// Whether adding `number` would begin a new range.
    func opensGap(_ number: UInt64) -> Bool {
        guard number > cumulative, number - 1 > cumulative else { return false }
        // Numbers above `number - 1` are nearer to a range that touches it.
        let index = firstRange(endingAtOrAbove: number - 1)
        guard index < ranges.count else { return true }
        return ranges[index].lowerBound > number && ranges[index].lowerBound - 1 > number
    }

    mutating func insert(_ number: UInt64) {
        guard number > cumulative else { return }
        if number - 1 == cumulative {
            cumulative = number
            absorb()
            return
        }
        guard let last = ranges.last, number <= last.upperBound else {
            append(number)
            return
        }
        let index = firstRange(endingAtOrAbove: number - 1)
        let range = ranges[index]
        if range.contains(number) { return }
        if range.upperBound == number - 1 {
            ranges[index] = range.lowerBound...number
            if index + 1 < ranges.count, ranges[index + 1].lowerBound == number &+ 1 {
                ranges[index] = range.lowerBound...ranges[index + 1].upperBound
                ranges.remove(at: index + 1)
            }
        } else if range.lowerBound == number &+ 1 {
            ranges[index] = number...range.upperBound
        } else {
            ranges.insert(number...number, at: index)
        }
    }

    /// Adds 0 up to `number`.
    mutating func insert(through number: UInt64) {
        guard number > cumulative else { return }
        cumulative = number
        absorb()
    }

    /// Adds a number above all ranges.
    private mutating func append(_ number: UInt64) {
        if let last = ranges.last, last.upperBound == number - 1 {
            ranges[ranges.count - 1] = last.lowerBound...number
        } else {
            ranges.append(number...number)
        }
    }

    /// Takes ranges into the contiguous one that it has reached.
    private mutating func absorb() {
        var absorbed = 0
        while absorbed < ranges.count, ranges[absorbed].lowerBound - 1 <= cumulative {
            cumulative = max(cumulative, ranges[absorbed].upperBound)
            absorbed += 1
        }
        if absorbed > 0 { ranges.removeFirst(absorbed) }
    }

    private func firstRange(endingAtOrAbove number: UInt64) -> Int {
        var low = 0
        var high = ranges.count
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound < number { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
