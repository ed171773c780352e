import ArgumentParser
import Conformance
import Foundation
import Traffic

/// Puts the outcome of a replay into the reports of a run.
struct ReplayReporter {
    var target: String
    var reproduce: String
    var lines: [ReplayLine]
    var verbose: Bool

    /// The id under which reports know it; it is no case of a suite.
    private static let id = "replay/session/answers-mean-what-was-recorded"

    /// Reports, and ends the program unless everything is as expected.
    func report(_ outcome: ReplayOutcome, _ requests: [ReportRequest], title: String) throws {
        if verbose {
            for line in lines {
                say(
                    "\(String(format: "%9.1f ms", line.milliseconds)) \(line.isSent ? "→" : "←") \(line.text.prefix(300))"
                )
            }
        }
        let reporter: RunReporter
        do {
            reporter = try RunReporter(requests, verbose: verbose, environment: ProcessInfo.processInfo.environment)
        } catch {
            throw fail(.cannotWrite, "\(error)")
        }
        let result = result(outcome, title)
        let description = RunDescription(
            version: Command.version,
            seed: 0,
            targets: [target],
            cases: [ReplayReporter.id]
        )
        reporter.handle(.runStarted(description))
        reporter.handle(.caseStarted(id: result.id))
        reporter.handle(.caseFinished(result))
        let summary = RunSummary(
            [result],
            planned: 1,
            ending: outcome == .interrupted ? .interrupted : .complete,
            durationMilliseconds: result.durationMilliseconds
        )
        reporter.handle(.runFinished(summary))
        do {
            try reporter.finish()
        } catch {
            throw fail(.cannotWrite, "\(error)")
        }
        if case .notOpened(let why) = outcome { throw fail(.unreachable, "\(target): \(why)") }
        let status = RunStatus(summary)
        if status != .asExpected { throw ExitCode(status.rawValue) }
    }

    private func result(_ outcome: ReplayOutcome, _ title: String) -> CaseResult {
        var result = CaseResult(
            id: ReplayReporter.id,
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
