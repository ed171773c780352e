import ArgumentParser
import Capture
import Conformance
import Foundation

/// The judgement of a capture file, with its reports.
struct JudgeRun {
    var file: String
    var keys: String?
    /// What they say, if they were read before: a pipe says it only once.
    var keyLog: KeyLog?
    var only: [String] = []
    var selection = Selection()
    var reports: [String] = []
    var isVerbose = false
    /// The command that repeats it.
    var verb = "judge"
    /// What else is found out about the capture, to be told once the cases are through; gets the command that repeats it.
    var further: (_ command: String) -> [CaseResult] = { _ in [] }

    init(file: String, keys: String?) {
        self.file = file
        self.keys = keys
    }

    /// Judges and reports; ends the program unless everything is as expected.
    func run() throws {
        let cases: [Case]
        do {
            cases = try selection.select(from: Suite.capture)
        } catch {
            throw fail(.usage, "\(error)")
        }
        let report = try JudgementReport(reports, sparing: [file, keys], isVerbose: isVerbose)
        let recording: Recording
        do {
            let keys = try keys.map { (log: try keyLog ?? KeyLog(path: $0), path: $0) }
            recording = try Recording(path: file, keys: keys)
        } catch {
            throw fail(.badData, "\(error)")
        }
        for problem in recording.problems { say(problem) }
        if let last = recording.lastFrame { say("\(file) is long; what comes after frame \(last) is not judged") }
        let judge = Judge(recording, only: only, command: command)
        guard !judge.targets.isEmpty else {
            throw fail(only.isEmpty ? .badData : .usage, nobody(in: recording))
        }
        try self.report(cases, judge, report, recording.problems)
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

    private func report(_ cases: [Case], _ judge: Judge, _ report: JudgementReport, _ problems: [String]) throws {
        let interruption = Interruption()
        let further = further(command)
        try report.begin(of: judge.targets, by: judge.targets.flatMap { _ in cases.map(\.id) } + further.map(\.id))
        _ = judge.run(cases, shouldStop: { interruption.hasHappened }) { progress in
            switch progress {
            case .started(let subject): report.started(subject.id)
            case .finished(let result): report.finished(result)
            case .remains: break
            }
        }
        for result in further {
            report.started(result.id)
            report.finished(result)
        }
        try report.end(isInterrupted: interruption.hasHappened, problems: problems)
    }
}
