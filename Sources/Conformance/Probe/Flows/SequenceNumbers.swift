/// A set of sequence numbers that always holds 0 (SEQUENCE_SET of RFC 7016 §3.6.3).
struct SequenceNumbers: Sendable {
    /// Ascending, with a hole between any two; the first begins with 0.
    private(set) var ranges: [ClosedRange<UInt64>] = [0...0]

    /// The number up to which nothing is missing.
    var cumulative: UInt64 { ranges.first?.upperBound ?? 0 }

    /// The ranges beyond the cumulative number.
    var beyond: [ClosedRange<UInt64>] { Array(ranges.dropFirst()) }

    func contains(_ number: UInt64) -> Bool {
        ranges.contains { $0.contains(number) }
    }

    /// Adds numbers; true if at least one of them is new.
    @discardableResult
    mutating func insert(_ new: ClosedRange<UInt64>) -> Bool {
        guard !ranges.contains(where: { $0.lowerBound <= new.lowerBound && new.upperBound <= $0.upperBound }) else {
            return false
        }
        var merged = new
        var kept: [ClosedRange<UInt64>] = []
        for range in ranges {
            let touches =
                range.lowerBound <= merged.upperBound.addingSaturating(1)
                && merged.lowerBound <= range.upperBound.addingSaturating(1)
            if touches {
                merged = min(range.lowerBound, merged.lowerBound)...max(range.upperBound, merged.upperBound)
            } else {
                kept.append(range)
            }
        }
        ranges = (kept + [merged]).sorted { $0.lowerBound < $1.lowerBound }
        return true
    }
}

extension UInt64 {
    fileprivate func addingSaturating(_ other: UInt64) -> UInt64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}
