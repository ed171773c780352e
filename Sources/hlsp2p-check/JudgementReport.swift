import ArgumentParser
import Conformance
import Foundation

/// The reports on what is judged without a suite being run against somebody: by a capture, or in a replay.
final class JudgementReport {
    private let requests: [ReportRequest]
    private let isVerbose: Bool
    private let start = ContinuousClock.now
    private var reporter: RunReporter?
    private var planned = 0
    private var results: [CaseResult] = []

    /// Reads what `--report` was given; ends the program if that is none.
    ///
    /// - Parameter inputs: files that are read, over which no report is written.
    init(_ reports: [String], sparing inputs: [String?], isVerbose: Bool) throws {
        do {
            requests = try reports.map { try ReportRequest(argument: $0) }
        } catch {
            throw fail(.usage, "\(error)")
        }
        for request in requests { try refuse(writing: request.path, over: inputs) }
        self.isVerbose = isVerbose
    }

    /// Whether standard output belongs to a report.
    var takesOutput: Bool { requests.contains(where: \.isOnStandardOutput) }

    /// Opens the reports, and says who is judged by what; ends the program if one cannot be written.
    func begin(of targets: [String], by ids: [String]) throws {
        do {
            reporter = try RunReporter(requests, verbose: isVerbose, environment: ProcessInfo.processInfo.environment)
        } catch {
            throw fail(.cannotWrite, "\(error)")
        }
        planned = ids.count
        reporter?.handle(
            .runStarted(RunDescription(version: Command.version, seed: 0, targets: targets, cases: ids))
        )
    }

    /// A case begins.
    func started(_ id: String) {
        reporter?.handle(.caseStarted(id: id))
    }

    /// A case has come to a result.
    func finished(_ result: CaseResult) {
        results.append(result)
        reporter?.handle(.caseFinished(result))
    }

    /// Completes the reports, and ends the program unless all is as expected.
    ///
    /// - Parameters:
    ///   - problems: what is wrong with what was judged, a sentence each.
    ///   - hindrance: why nothing better came of it, if results do not tell.
    func end(isInterrupted: Bool = false, problems: [String] = [], hindrance: RunStatus? = nil) throws {
        var summary = RunSummary(
            results,
            planned: planned,
            ending: .init(ran: results.count, planned: planned, isInterrupted: isInterrupted),
            durationMilliseconds: start.duration(to: .now) / .milliseconds(1)
        )
        (summary.problems, summary.hindrance) = (problems, hindrance)
        reporter?.handle(.runFinished(summary))
        do {
            try reporter?.finish()
        } catch {
            throw fail(.cannotWrite, "\(error)")
        }
        let status = RunStatus(summary)
        if status != .asExpected { throw ExitCode(status.rawValue) }
    }

    /// Reports the only result that there is.
    func report(
        _ result: CaseResult,
        of target: String,
        isInterrupted: Bool = false,
        problems: [String] = [],
        hindrance: RunStatus? = nil
    ) throws {
        try begin(of: [target], by: [result.id])
        started(result.id)
        finished(result)
        try end(isInterrupted: isInterrupted, problems: problems, hindrance: hindrance)
    }
}
