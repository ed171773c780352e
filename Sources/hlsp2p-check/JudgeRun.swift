import ArgumentParser
import Conformance
import Foundation

/// The judgement of a capture file, with its reports.
struct JudgeRun {
    var file: String
    var keys: String?
    var only: [String] = []
    var selection = Selection()
    var reports: [String] = []
    var isVerbose = false
    /// The command that repeats it.
    var verb = "judge"
    /// What else is found out about the capture, once the cases are through.
    var further: () -> [CaseResult] = { [] }

    init(file: String, keys: String?) {
        self.file = file
        self.keys = keys
    }

    /// Judges and reports; ends the program unless everything is as expected.
    func run() throws {
        let cases: [Case]
        let requests: [ReportRequest]
        do {
            cases = try selection.select(from: Suite.capture)
            requests = try reports.map { try ReportRequest(argument: $0) }
        } catch {
            throw fail(.usage, "\(error)")
        }
        let recording: Recording
        do {
            recording = try Recording(path: file, keysPath: keys)
        } catch {
            throw fail(.badData, "\(error)")
        }
        for problem in recording.problems { say(problem) }
        if let last = recording.lastFrame { say("\(file) is long; what comes after frame \(last) is not judged") }
        let judge = Judge(recording, only: only, command: command)
        guard !judge.targets.isEmpty else {
            throw fail(only.isEmpty ? .badData : .usage, nobody(in: recording))
        }
        let status = try report(cases, judge, requests, recording.problems)
        if status != .asExpected { throw ExitCode(status.rawValue) }
    }

    /// What repeats a case, but for its id.
    private var command: String {
        "hlsp2p-check \(verb) \(file.quotedPath)" + (keys.map { " --keys \($0.quotedPath)" } ?? "")
    }

    private func nobody(in recording: Recording) -> String {
        guard !only.isEmpty else { return "\(file) holds no packet that can be judged" }
        let addresses = recording.implementations.map(\.name).joined(separator: ", ")
        return "nobody in \(file) sent from \(only.joined(separator: " or ")); there are \(addresses)"
    }

    private func report(
        _ cases: [Case],
        _ judge: Judge,
        _ requests: [ReportRequest],
        _ problems: [String]
    ) throws -> RunStatus {
        let interruption = Interruption()
        let reporter: RunReporter
        do {
            reporter = try RunReporter(requests, verbose: isVerbose, environment: ProcessInfo.processInfo.environment)
        } catch {
            throw fail(.cannotWrite, "\(error)")
        }
        let further = further()
        let planned = judge.targets.flatMap { _ in cases.map(\.id) } + further.map(\.id)
        reporter.handle(
            .runStarted(RunDescription(version: Command.version, seed: 0, targets: judge.targets, cases: planned))
        )
        let start = ContinuousClock.now
        var results = judge.run(cases, shouldStop: { interruption.hasHappened }) { progress in
            switch progress {
            case .started(let subject): reporter.handle(.caseStarted(id: subject.id))
            case .finished(let result): reporter.handle(.caseFinished(result))
            case .remains: break
            }
        }
        for result in further {
            reporter.handle(.caseStarted(id: result.id))
            reporter.handle(.caseFinished(result))
        }
        results += further
        var summary = RunSummary(
            results,
            planned: planned.count,
            ending: .init(ran: results.count, planned: planned.count, isInterrupted: interruption.hasHappened),
            durationMilliseconds: start.duration(to: .now) / .milliseconds(1)
        )
        summary.problems = problems
        reporter.handle(.runFinished(summary))
        do {
            try reporter.finish()
        } catch {
            throw fail(.cannotWrite, "\(error)")
        }
        return RunStatus(summary)
    }
}
