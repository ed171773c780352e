import ArgumentParser
import Capture
import Conformance
import Foundation

/// `hlsp2p-check judge`: the exit statuses of a run; 65 if the capture or its keys are of no use.
struct JudgeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "judge",
        abstract: "Judge those who took part in a recorded exchange, without a peer.",
        discussion: """
            Reads pcap and pcapng. Each address that sent something is judged by itself, by every case of the role \
            capture. What a capture does not show is undecided. Without the sessions' keys, only startup is judged.
            """
    )

    @Argument(help: "The capture file.")
    var file: String

    @Argument(help: ArgumentHelp("Ids of the cases to judge by, with * and ? as wildcards.", valueName: "id-glob"))
    var patterns: [String] = []

    @Option(help: ArgumentHelp("The sessions' keys.", valueName: "file"))
    var keys: String?

    @Option(
        help: ArgumentHelp(
            "Judge only who sent from this address; may be given more than once.",
            valueName: "host:port"
        )
    )
    var only: [String] = []

    @Option(help: "The weakest level to judge by: MUST, SHOULD, MAY or observed.")
    var level: String?

    @Option(help: ArgumentHelp("Ids of cases to leave out.", valueName: "id-glob"))
    var skip: [String] = []

    @Option(
        help: ArgumentHelp("Write a report: json, ndjson or junit; '-' is standard output.", valueName: "format=path")
    )
    var report: [String] = []

    @Flag(name: [.short, .long], help: "Show every case, not only those that did not pass.")
    var verbose = false

    func validate() throws {
        guard level == nil || weakest != nil else { throw ValidationError("--level is MUST, SHOULD, MAY or observed.") }
    }

    func run() throws {
        let selection = Selection(
            patterns: patterns.map { IDPattern($0) },
            skipped: skip.map { IDPattern($0) },
            weakest: weakest
        )
        let cases: [Case]
        let requests: [ReportRequest]
        do {
            cases = try selection.select(from: Suite.capture)
            requests = try report.map { try ReportRequest(argument: $0) }
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
        if recording.isCut { say("\(file) is long; what comes after \(Recording.mostOctets >> 20) MiB is not judged") }
        let judge = Judge(recording, only: only, command: command)
        guard !judge.targets.isEmpty else {
            throw fail(only.isEmpty ? .badData : .usage, nobody(in: recording))
        }
        let status = try report(cases, judge, requests)
        if status != .asExpected { throw ExitCode(status.rawValue) }
        if !recording.problems.isEmpty { throw ExitCode(RunStatus.badData.rawValue) }
    }

    private var weakest: Case.Level? {
        level.flatMap { level in Case.Level.allCases.first { $0.rawValue.lowercased() == level.lowercased() } }
    }

    /// What repeats a case, but for its id.
    private var command: String {
        let quoted = { (path: String) in "'\(path.replacing("'", with: "'\\''"))'" }
        return "hlsp2p-check judge \(quoted(file))" + (keys.map { " --keys \(quoted($0))" } ?? "")
    }

    private func nobody(in recording: Recording) -> String {
        guard !only.isEmpty else { return "\(file) holds no packet that can be judged" }
        let addresses = recording.implementations.map(\.name).joined(separator: ", ")
        return "nobody in \(file) sent from \(only.joined(separator: " or ")); there are \(addresses)"
    }

    private func report(_ cases: [Case], _ judge: Judge, _ requests: [ReportRequest]) throws -> RunStatus {
        let interruption = Interruption()
        let reporter: RunReporter
        do {
            reporter = try RunReporter(requests, verbose: verbose, environment: ProcessInfo.processInfo.environment)
        } catch {
            throw fail(.cannotWrite, "\(error)")
        }
        let planned = judge.targets.flatMap { _ in cases.map(\.id) }
        reporter.handle(
            .runStarted(RunDescription(version: Command.version, seed: 0, targets: judge.targets, cases: planned))
        )
        let start = ContinuousClock.now
        let results = judge.run(cases, shouldStop: { interruption.hasHappened }) { progress in
            switch progress {
            case .started(let subject): reporter.handle(.caseStarted(id: subject.id))
            case .finished(let result): reporter.handle(.caseFinished(result))
            case .remains: break
            }
        }
        let summary = RunSummary(
            results,
            planned: planned.count,
            ending: results.count == planned.count ? .complete : .interrupted,
            durationMilliseconds: start.duration(to: .now) / .milliseconds(1)
        )
        reporter.handle(.runFinished(summary))
        do {
            try reporter.finish()
        } catch {
            throw fail(.cannotWrite, "\(error)")
        }
        return RunStatus(summary)
    }
}
