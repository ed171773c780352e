import ArgumentParser
import Capture
import Conformance
import Foundation
import Links
import struct RTMFP.Interval
import Traffic

/// `hlsp2p-check replay`: the exit statuses of a run.
struct ReplayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Play recorded traffic again: to the judge, or to a live implementation.",
        discussion: """
            Without --target, offline: everybody in the capture is judged, and the reference receives what they sent. What \
            'run --captures' left behind of a failed case, about a server, a client or a peer, has that case run again over \
            what it recorded.

            With --target, what a session's initiator said is said again, in a new session with keys of its own, and the \
            answers are compared with the recorded ones. The first that differs in meaning is named. What is different \
            each time, such as times, identifiers and addresses, does not count.

            With --raw as well, the datagrams are sent as they are.
            """
    )

    @Argument(help: "The capture file.")
    var file: String

    @Argument(help: ArgumentHelp("Offline: ids of the cases to judge by, with * and ?.", valueName: "id-glob"))
    var cases: [String] = []

    @Option(
        help: ArgumentHelp(
            "Offline: judge only who sent from this address; may be given more than once.",
            valueName: "host:port"
        )
    )
    var only: [String] = []

    @Option(help: ArgumentHelp("The sessions' keys.", valueName: "file"))
    var keys: String?

    @Option(help: ArgumentHelp("The live implementation.", valueName: "host:port"))
    var target: String?

    @Flag(help: "Send the datagrams as they are.")
    var raw = false

    @Option(
        help: ArgumentHelp(
            "Only this session, from 1; by default, all those with whom answered in the first that the keys open.",
            valueName: "number"
        )
    )
    var session: Int?

    @Option(
        help: ArgumentHelp("How many times as fast as recorded; as fast as possible by default.", valueName: "factor")
    )
    var speed: Double?

    @Option(help: "What to do with messages that the recording does not have: ignore, report or stop.")
    var unexpected = "report"

    @Option(help: ArgumentHelp("How long to wait for an answer.", valueName: "seconds"))
    var patience = 5.0

    @Option(help: ArgumentHelp("With --raw: only what went to this address.", valueName: "host:port"))
    var to: String?

    @Option(help: ArgumentHelp("With --raw: datagrams a second at most.", valueName: "rate"))
    var rate: Double?

    @Option(help: ArgumentHelp("With --raw: how often.", valueName: "times"))
    var `repeat` = 1

    @Option(
        help: ArgumentHelp("Write a report: json, ndjson or junit; '-' is standard output.", valueName: "format=path")
    )
    var report: [String] = []

    @Flag(name: [.short, .long], help: "Show every case, or every message, not only those that matter.")
    var verbose = false

    @OptionGroup var ownKeys: KeyLogOption

    func validate() throws {
        guard target == nil || cases.isEmpty && only.isEmpty else {
            throw ValidationError("Cases and --only are for replays without --target.")
        }
        guard !raw || target != nil else { throw ValidationError("--raw goes with --target.") }
        guard to == nil && rate == nil || raw else { throw ValidationError("--to and --rate go with --raw.") }
        guard [speed, rate].compactMap(\.self).allSatisfy({ $0 > 0 && $0 <= 1e9 }) else {
            throw ValidationError("--speed and --rate must be above 0.")
        }
        guard UnexpectedPolicy(rawValue: unexpected) != nil else {
            throw ValidationError("--unexpected is ignore, report or stop.")
        }
        guard patience > 0, patience <= 3_600 else { throw ValidationError("--patience must be above 0.") }
        guard session ?? 1 >= 1, `repeat` >= 1 else {
            throw ValidationError("--session and --repeat must be 1 or more.")
        }
    }

    func run() throws {
        let interruption = Interruption()
        do {
            if raw { try send(interruption) } else if target != nil { try play(interruption) } else { try judge() }
        } catch let error as CaptureError {
            throw fail(.badData, "\(error)")
        } catch let error as KeyLogError {
            throw fail(.badData, "\(error)")
        } catch let error as FailureReplay.Incomplete {
            throw fail(.badData, "\(error)")
        } catch let error as SocketError {
            throw fail(.unreachable, "\(error)")
        } catch let error as LinkError {
            throw fail(.unreachable, "\(error)")
        }
    }

    private func send(_ interruption: Interruption) throws {
        var replay = RawReplay(path: file, target: try Listening.address(target ?? ""))
        replay.destination = try to.map { try Listening.address($0) }
        (replay.speed, replay.rate, replay.times) = (speed, rate, `repeat`)
        let result = try replay.run { interruption.hasHappened }
        let pace = result.seconds > 0 ? Int(Double(result.sent) / result.seconds) : 0
        try write(
            "sent \(result.sent) datagrams in \(result.seconds.formatted(.number.precision(.fractionLength(3)))) s, "
                + "\(pace) a second; \(result.received) came back"
                + (result.refused > 0 ? "; \(result.refused) could not be sent" : "")
        )
        if interruption.hasHappened { throw ExitCode(RunStatus.interrupted.rawValue) }
        if result.sent == 0 { throw fail(.badData, "\(file) holds no datagram to send") }
    }

    private func judge() throws {
        if keys == nil, let failure = try FailureReplay(path: file) { return try repeatCase(failure) }
        var run = JudgeRun(file: file, keys: keys)
        (run.reports, run.isVerbose, run.verb) = (report, verbose, "replay")
        run.only = only
        let findings = try ReferenceReception(path: file, keysPath: keys).findings
        run.selection = Selection(patterns: cases.map { IDPattern($0) })
        run.further = {
            cases.isEmpty ? findings.filter { only.isEmpty || only.contains("\($0.sender)") }.map(result) : []
        }
        try run.run()
    }

    /// Runs the case that left the capture behind over what it recorded.
    private func repeatCase(_ failure: FailureReplay) throws {
        let command = "hlsp2p-check replay '\(file)'"
        guard let result = failure.run(command: command) else {
            throw fail(.badData, "\(failure.id), which left \(file) behind, cannot be repeated without its target")
        }
        if result.verdict != failure.recordedVerdict {
            say("the recorded verdict is \(failure.recordedVerdict.rawValue), not \(result.verdict.rawValue)")
        }
        try ReplayReporter.report([result], of: failure.target, report, isVerbose: verbose)
    }

    private func result(_ finding: ReferenceReception.Finding) -> CaseResult {
        var result = CaseResult(
            id: ReplayJudgement.delivery.rawValue,
            title: "The reference delivers every message that was sent to it whole, and no other",
            verdict: finding.difference == nil ? .passed : .failed,
            durationMilliseconds: 0,
            reproduce: "hlsp2p-check replay '\(file)'" + (keys.map { " --keys '\($0)'" } ?? "")
        )
        result.target = "\(finding.sender)"
        if let difference = finding.difference {
            result.expected = "\(finding.messages) messages to \(finding.receiver)"
            result.actual = difference
        } else {
            result.note = "\(finding.messages) messages to \(finding.receiver)"
        }
        return result
    }

    private func play(_ interruption: Interruption) throws {
        let recorded = try RecordedDialogues(path: file, keysPath: keys)
        for problem in recorded.problems { say(problem) }
        let dialogues = try self.dialogues(of: recorded)
        var options = DialoguePlayer.Options()
        options.speed = speed
        options.patience = .seconds(patience)
        options.unexpected = UnexpectedPolicy(rawValue: unexpected) ?? .report
        options.keyLog = try ownKeys.open(sparing: [file, keys])
        let address = try Listening.address(target ?? "")
        let run = try ReplayRun(dialogues, to: address, options: options)
        let outcome = run.wait { interruption.hasHappened }
        let reporter = ReplayReporter(reproduce: reproduction, lines: run.lines, isVerbose: verbose)
        try reporter.report(outcome, of: target ?? "", report, title: title(dialogues))
    }

    /// What is to be said: a session's, or that of all who spoke with whom answered in the first that the keys open. An
    /// interface shows other people's sessions as well.
    private func dialogues(of recorded: RecordedDialogues) throws -> [RecordedDialogue] {
        guard session ?? 1 <= recorded.all.count else {
            let has = recorded.all.isEmpty ? "no session whose startup it shows" : "\(recorded.all.count) sessions"
            throw fail(recorded.all.isEmpty ? .badData : .usage, "\(file) holds \(has)")
        }
        let candidates = session.map { [recorded.all[$0 - 1]] } ?? recorded.all
        let open = candidates.filter { !$0.moments.isEmpty }
        guard let first = open.first else {
            throw fail(.badData, "the keys at hand open nothing of the session, so there is nothing to say")
        }
        return open.filter { $0.responder == first.responder }
    }

    private func title(_ dialogues: [RecordedDialogue]) -> String {
        let asked = Set(dialogues.map(\.initiator.description)).sorted().joined(separator: ", ")
        return "What \(dialogues[0].responder) answered \(asked), the target answers as well"
    }

    private var reproduction: String {
        let quoted = { (path: String) in "'\(path.replacing("'", with: "'\\''"))'" }
        return "hlsp2p-check replay \(quoted(file))" + (keys.map { " --keys \(quoted($0))" } ?? "")
            + " --target \(target ?? "") --unexpected \(unexpected)" + (session.map { " --session \($0)" } ?? "")
            + (speed.map { " --speed \($0)" } ?? "")
    }
}
