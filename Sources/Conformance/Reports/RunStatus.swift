/// The exit statuses of the command line: a contract with scripts, and never a count.
public enum RunStatus: Int32, Sendable, Hashable, CaseIterable {
    /// Everything is as expected; failures of rules below MUST do not change that.
    case asExpected = 0
    /// The target broke a MUST.
    case violated = 1
    /// Nothing ran, or nothing could be decided.
    case undecided = 2
    /// The command line makes no sense.
    case usage = 64
    /// A file is not what it should be.
    case badData = 65
    /// The target does not resolve, or nothing answers there.
    case unreachable = 69
    /// The checker itself is at fault.
    case internalError = 70
    /// A report cannot be written.
    case cannotWrite = 73
    /// The time limit came before the end.
    case timeLimit = 124
    /// The user interrupted the run.
    case interrupted = 130

    /// The status that a run ends with.
    ///
    /// What came first in this list decides:
    /// 1. A report cannot be written.
    /// 2. The run was interrupted, or its time limit came: what is missing could have been anything.
    /// 3. A MUST was broken: that stands, whatever else went wrong.
    /// 4. A case ended with `error`.
    /// 5. The target was not reached, or something is wrong with what was judged: there might have been more to find.
    /// 6. Cases were blocked though nothing that ran explains it, or no case came to a decision.
    public init(_ summary: RunSummary) {
        guard summary.hindrance != .cannotWrite else {
            self = .cannotWrite
            return
        }
        switch summary.ending {
        case .interrupted: self = .interrupted
        case .timeLimit: self = .timeLimit
        case .complete:
            let decided = summary[.passed] + summary[.tolerated] + summary[.failed] + summary[.crashed]
            if summary.violations > 0 {
                self = .violated
            } else if summary[.error] > 0 {
                self = .internalError
            } else if let hindrance = summary.hindrance ?? (summary.problems.isEmpty ? nil : .badData) {
                self = hindrance
            } else if decided == 0 || summary[.blocked] > 0 {
                self = .undecided
            } else {
                self = .asExpected
            }
        }
    }

    /// Why a run ends with this status, in a few words.
    public var reason: String {
        switch self {
        case .asExpected: "as expected"
        case .violated: "the target breaks a MUST"
        case .undecided: "nothing could be decided"
        case .usage: "wrong usage"
        case .badData: "bad data"
        case .unreachable: "the target cannot be reached"
        case .internalError: "the checker is at fault"
        case .cannotWrite: "a report cannot be written"
        case .timeLimit: "the time limit came first"
        case .interrupted: "interrupted"
        }
    }
}
