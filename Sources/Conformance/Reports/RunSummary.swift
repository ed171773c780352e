/// What a run came to.
public struct RunSummary: Sendable, Hashable {
    /// How a run ended.
    public enum Ending: String, Sendable, Hashable, CaseIterable, Codable {
        /// Every case that was planned ran.
        case complete
        /// The time limit came first.
        case timeLimit
        /// The user interrupted it.
        case interrupted

        /// How a run ended of which so many cases ran: one that was interrupted in its last case is interrupted, too.
        public init(ran: Int, planned: Int, isInterrupted: Bool) {
            self = isInterrupted ? .interrupted : ran == planned ? .complete : .timeLimit
        }
    }

    /// How many cases were planned.
    public var planned: Int
    /// How many cases came to each verdict; a verdict that none came to may be missing.
    public var counts: [Verdict: Int]
    /// How many cases of level MUST the target failed or crashed in.
    public var violations: Int
    /// How the run ended.
    public var ending: Ending
    /// Milliseconds that the run took.
    public var durationMilliseconds: Double
    /// What is wrong with what was judged, a sentence each: a capture that breaks off, keys that do not fit.
    public var problems: [String] = []
    /// Why nothing better came of the run, if verdicts do not tell: the target was not reached, or a report cannot be
    /// written.
    public var hindrance: RunStatus?

    /// Counts the results of a run.
    public init(
        _ results: [CaseResult],
        planned: Int,
        ending: Ending = .complete,
        durationMilliseconds: Double
    ) {
        self.planned = planned
        self.ending = ending
        self.durationMilliseconds = durationMilliseconds
        counts = Dictionary(results.map { ($0.verdict, 1) }, uniquingKeysWith: +)
        violations = results.count { $0.verdict.isRed && $0.level == .must }
    }

    /// How many cases came to `verdict`.
    public subscript(_ verdict: Verdict) -> Int { counts[verdict, default: 0] }

    /// How many cases ran.
    public var ran: Int { counts.values.reduce(0, +) }
}
