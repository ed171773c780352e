import RTMFP

/// Puts together the messages of one flow, whatever order its fragments come in (RFC 7016 §3.6.3.3).
///
/// Messages are given as soon as they are whole. What a sender abandons, or forwards past before it was captured, is
/// told as missing. A flow cannot make us remember more than `mostFragments` and `mostRanges`.
struct FlowReassembly {
    /// What a fragment brings about.
    enum Outcome {
        case message(ClosedRange<UInt64>, [UInt8])
        case missing(ClosedRange<UInt64>)
    }

    /// Fragments that wait for others, at most.
    static let mostFragments = 16_384
    /// Runs of numbers that came with holes between them, at most.
    static let mostRanges = 4_096

    /// Fragments of one message that follow each other without a hole; at least one is missing.
    private struct Run {
        var first: UInt64
        var pieces: [[UInt8]]
        var hasBegin: Bool
        var hasEnd: Bool

        var last: UInt64 { first + UInt64(pieces.count - 1) }
    }

    /// Numbers that came, were told as missing, or will not be told about.
    private var seen: NumberRanges
    private var forwarded: UInt64
    private var final: UInt64?
    /// Ascending.
    private var runs: [Run] = []
    /// Fragments that wait for others, their octets, and the messages that were given up.
    private(set) var waiting = (fragments: 0, octets: 0, givenUp: 0)

    /// Starts with what follows `forwarded`: 0 for a flow that is seen from its first fragment on.
    init(after forwarded: UInt64) {
        self.forwarded = forwarded
        seen = NumberRanges(0...forwarded)
    }

    /// Whether everything up to the final fragment came or was abandoned.
    var isComplete: Bool {
        final.map { final in seen.ranges.first.map { $0.lowerBound == 0 && $0.upperBound >= final } ?? false } ?? false
    }

    /// Takes a fragment, and appends what it brings about.
    mutating func add(_ fragment: DataFragment, _ outcomes: inout [Outcome]) {
        let number = fragment.sequenceNumber
        if fragment.flags.final { final = final ?? number }
        if !fragment.flags.abandon {
            if seen.insert(number) { place(fragment, &outcomes) }
        } else if fragment.flags.final, fragment.flags.fragmentControl == .whole {
            // A flow that closes with nothing left to send does so with an abandoned fragment that never had octets.
            _ = seen.insert(number)
        } else if number > fragment.forwardSequenceNumber, seen.insert(number) {
            outcomes.append(.missing(number...number))
        }
        forward(to: fragment.forwardSequenceNumber, &outcomes)
        while seen.ranges.count > FlowReassembly.mostRanges {
            forward(to: seen.ranges[1].lowerBound - 1, &outcomes)
        }
        while waiting.fragments > FlowReassembly.mostFragments { giveUp(0) }
    }

    /// Gives up every message that is not whole.
    mutating func giveUp() {
        while !runs.isEmpty { giveUp(runs.count - 1) }
    }

    private mutating func place(_ fragment: DataFragment, _ outcomes: inout [Outcome]) {
        let number = fragment.sequenceNumber
        let control = fragment.flags.fragmentControl
        guard control != .whole else {
            outcomes.append(.message(number...number, fragment.userData))
            return
        }
        waiting.fragments += 1
        waiting.octets += fragment.userData.count
        let (isFirst, isLast) = (control == .begin, control == .end)
        var index = firstIndex(endingAtOrAfter: number)
        if index > 0, !isFirst, !runs[index - 1].hasEnd, runs[index - 1].last == number - 1 {
            index -= 1
            runs[index].pieces.append(fragment.userData)
            runs[index].hasEnd = isLast
        } else {
            runs.insert(Run(first: number, pieces: [fragment.userData], hasBegin: isFirst, hasEnd: isLast), at: index)
        }
        let next = index + 1
        if next < runs.count, !runs[index].hasEnd, !runs[next].hasBegin, runs[next].first - 1 == runs[index].last {
            runs[index].pieces += runs[next].pieces
            runs[index].hasEnd = runs[next].hasEnd
            runs.remove(at: next)
        }
        if runs[index].hasBegin, runs[index].hasEnd {
            let run = remove(index)
            outcomes.append(.message(run.first...run.last, Array(run.pieces.joined())))
        }
    }

    /// Notes that nothing up to `number` will be sent again.
    private mutating func forward(to number: UInt64, _ outcomes: inout [Outcome]) {
        guard number > forwarded else { return }
        forwarded = number
        for range in seen.missing(upTo: number) { outcomes.append(.missing(range)) }
        seen.insert(0...number)
        while let run = runs.first, run.last < number || !run.hasBegin && run.first - 1 <= number { giveUp(0) }
    }

    private mutating func giveUp(_ index: Int) {
        _ = remove(index)
        waiting.givenUp += 1
    }

    private mutating func remove(_ index: Int) -> Run {
        let run = runs.remove(at: index)
        waiting.fragments -= run.pieces.count
        waiting.octets -= run.pieces.reduce(0) { $0 + $1.count }
        return run
    }

    private func firstIndex(endingAtOrAfter number: UInt64) -> Int {
        var low = 0
        var high = runs.count
        while low < high {
            let middle = (low + high) / 2
            if runs[middle].last < number { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
