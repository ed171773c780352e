import struct RTMFP.Interval
import struct RTMFP.SocketAddress
import Conformance
import Traffic

extension ReplayCommand {
    /// Says what was said again, and reports how it was answered.
    func play(to address: SocketAddress) throws {
        let report = try JudgementReport(report, sparing: [file, keys], isVerbose: verbose)
        let interruption = Interruption()
        let recorded = try RecordedDialogues(path: file, keysPath: keys)
        for problem in recorded.problems { say(problem) }
        let dialogues = try self.dialogues(of: recorded)
        var options = DialoguePlayer.Options()
        options.speed = speed
        options.patience = patience.map { .seconds($0) } ?? options.patience
        options.unexpected = unexpected.flatMap(UnexpectedPolicy.init) ?? options.unexpected
        options.keyLog = try ownKeys.open(sparing: [file, keys])
        let run = try ReplayRun(dialogues, to: address, options: options)
        let outcome = run.wait { interruption.hasHappened }
        let reporter = ReplayReporter(
            reproduce: repetition(
                keys.map { "--keys \($0.quotedPath)" },
                target.map { "--target \($0.quoted)" },
                unexpected.map { "--unexpected \($0)" },
                session.map { "--session \($0)" },
                speed.map { "--speed \($0)" },
                patience.map { "--patience \($0)" }
            ),
            lines: run.lines,
            unexpected: run.unexpected,
            problems: recorded.problems,
            isVerbose: verbose
        )
        try reporter.report(outcome, of: target ?? "\(address)", to: report, title: title(dialogues))
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
}
