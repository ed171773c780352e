import ArgumentParser
import Conformance
import Foundation
import Traffic

/// Puts the outcome of a replay into the reports of a run.
struct ReplayReporter {
    var reproduce: String
    var lines: [ReplayLine]
    var isVerbose: Bool

    /// Reports, and ends the program unless everything is as expected.
    func report(_ outcome: ReplayOutcome, of target: String, _ reports: [String], title: String) throws {
        if isVerbose {
            for line in lines {
                let time = String(format: "%9.1f ms", line.milliseconds)
                say("\(time) \(line.isSent ? "sent    " : "received") \(line.text.prefix(300))")
            }
        }
        let isInterrupted = outcome == .interrupted
        do {
            let results = [result(outcome, title)]
            try Self.report(results, of: target, reports, isVerbose: isVerbose, isInterrupted: isInterrupted)
        } catch {
            guard case .notOpened(let why) = outcome else { throw error }
            throw fail(.unreachable, "\(target): \(why)")
        }
    }

    /// Reports results that were not obtained in a run of a suite, and ends the program unless all is as expected.
    static func report(
        _ results: [CaseResult],
        of target: String,
        _ reports: [String],
        isVerbose: Bool,
        isInterrupted: Bool = false
    ) throws {
        let requests: [ReportRequest]
        do {
            requests = try reports.map { try ReportRequest(argument: $0) }
        } catch {
            throw fail(.usage, "\(error)")
        }
        do {
            let environment = ProcessInfo.processInfo.environment
            let reporter = try RunReporter(requests, verbose: isVerbose, environment: environment)
            let ids = results.map(\.id)
            let description = RunDescription(version: Command.version, seed: 0, targets: [target], cases: ids)
            reporter.handle(.runStarted(description))
            for result in results {
                reporter.handle(.caseStarted(id: result.id))
                reporter.handle(.caseFinished(result))
            }
            let summary = RunSummary(
                results,
                planned: results.count,
                ending: isInterrupted ? .interrupted : .complete,
                durationMilliseconds: results.map(\.durationMilliseconds).reduce(0, +)
            )
            reporter.handle(.runFinished(summary))
            try reporter.finish()
            let status = RunStatus(summary)
            if status != .asExpected { throw ExitCode(status.rawValue) }
        } catch let error as CannotWrite {
            throw fail(.cannotWrite, "\(error)")
        }
    }

    private func result(_ outcome: ReplayOutcome, _ title: String) -> CaseResult {
        var result = CaseResult(
            id: ReplayJudgement.answers.rawValue,
            title: title,
            verdict: .passed,
            durationMilliseconds: lines.last?.milliseconds ?? 0,
            reproduce: reproduce
        )
        result.transcript = lines.suffix(7).map { line in
            .init(milliseconds: line.milliseconds, sent: line.isSent, text: String(line.text.prefix(300)))
        }
        switch outcome {
        case .same(let answers):
            result.note = "\(answers) answers mean what was recorded"
        case .differs(let difference):
            result.verdict = .failed
            let place = difference.frame.map { "as in frame \($0), " } ?? ""
            result.expected = "\(place)\(difference.expected.prefix(400))"
            result.actual = String(difference.actual.prefix(400))
        case .notOpened(let why):
            result.verdict = .blocked
            result.actual = why
        case .interrupted:
            result.verdict = .undecided
            result.note = "interrupted"
        }
        return result
    }
}
