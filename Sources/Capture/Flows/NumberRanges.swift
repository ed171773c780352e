/// A set of sequence numbers, kept as the runs that they form.
struct NumberRanges {
    /// The runs, ascending, at least one number missing between two.
    private(set) var ranges: [ClosedRange<UInt64>]

    /// The numbers of one run.
    init(_ range: ClosedRange<UInt64>) {
        ranges = [range]
    }

    /// Whether a number is in the set.
    func contains(_ number: UInt64) -> Bool {
        let index = firstIndex(endingAtOrAfter: number)
        return index < ranges.count && ranges[index].lowerBound <= number
    }

    /// Adds a number; false if it was there.
    mutating func insert(_ number: UInt64) -> Bool {
        guard !contains(number) else { return false }
        insert(number...number)
        return true
    }

    /// Adds every number of a run.
    mutating func insert(_ range: ClosedRange<UInt64>) {
        // What ends right before the run or begins right after it becomes one with it.
        let start = firstIndex(endingAtOrAfter: range.lowerBound == 0 ? 0 : range.lowerBound - 1)
        var end = start
        var joined = range
        while end < ranges.count, ranges[end].lowerBound <= range.upperBound || isNext(ranges[end], to: range) {
            joined = min(joined.lowerBound, ranges[end].lowerBound)...max(joined.upperBound, ranges[end].upperBound)
            end += 1
        }
        ranges.replaceSubrange(start..<end, with: CollectionOfOne(joined))
    }

    /// The runs that are missing from 0 to `limit`, ascending.
    func missing(upTo limit: UInt64) -> [ClosedRange<UInt64>] {
        var missing: [ClosedRange<UInt64>] = []
        var next: UInt64 = 0
        for range in ranges {
            if range.lowerBound > limit { break }
            if range.lowerBound > next { missing.append(next...(range.lowerBound - 1)) }
            guard range.upperBound < limit else { return missing }
            next = range.upperBound + 1
        }
        missing.append(next...limit)
        return missing
    }

    private func isNext(_ later: ClosedRange<UInt64>, to range: ClosedRange<UInt64>) -> Bool {
        later.lowerBound > 0 && later.lowerBound - 1 == range.upperBound
    }

    private func firstIndex(endingAtOrAfter number: UInt64) -> Int {
        // Numbers mostly come in order, so the place is mostly the last.
        if let last = ranges.last, last.upperBound < number { return ranges.count }
        var low = 0
        var high = ranges.count
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound < number { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
