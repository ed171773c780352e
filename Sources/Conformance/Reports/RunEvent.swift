/// What happens in a run, in the order in which it happens; the one stream that feeds every report.
///
/// A stream is one `runStarted`, then a `caseStarted` and a `caseFinished` for each case that ran (those of different
/// cases may interleave), then one `runFinished`.
public enum RunEvent: Sendable, Hashable {
    /// The run begins.
    case runStarted(RunDescription)
    /// The case with this id begins.
    case caseStarted(id: String)
    /// A case is over.
    case caseFinished(CaseResult)
    /// The run is over.
    case runFinished(RunSummary)
}
