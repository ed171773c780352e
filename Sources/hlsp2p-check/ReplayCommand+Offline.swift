import Capture
import Conformance
import Traffic

extension ReplayCommand {
    /// Judges those who took part, and has the reference receive what they sent.
    func judge() throws {
        try refuse(rereading: file)
        if let failure = try FailureReplay(path: file) { return try repeatCase(failure) }
        var run = JudgeRun(file: file, keys: keys)
        (run.reports, run.isVerbose, run.verb) = (report, verbose, "replay")
        run.only = only
        run.keyLog = try keys.map { try KeyLog(path: $0) }
        let findings = try ReferenceReception(path: file, keys: run.keyLog).findings
        run.selection = Selection(patterns: cases.map { IDPattern($0) })
        run.further = { command in
            guard cases.isEmpty else { return [] }
            return findings.filter { only.isEmpty || only.contains("\($0.sender)") }.map { result($0, command) }
        }
        try run.run()
    }

    /// Runs the case that left the capture behind over what it recorded.
    private func repeatCase(_ failure: FailureReplay) throws {
        guard cases.isEmpty, only.isEmpty, keys.map(failure.files.contains) ?? true else {
            throw fail(
                .usage,
                "\(file) is what \(failure.id) left behind: that alone is run, without cases, --only and other keys"
            )
        }
        let report = try JudgementReport(report, sparing: failure.files, isVerbose: verbose)
        guard let result = failure.run(command: repetition()) else {
            throw fail(.badData, "\(failure.id), which left \(file) behind, cannot be repeated without its target")
        }
        if result.verdict != failure.recordedVerdict {
            say("the recorded verdict is \(failure.recordedVerdict.rawValue), not \(result.verdict.rawValue)")
        }
        try report.report(result, of: failure.target)
    }

    private func result(_ finding: ReferenceReception.Finding, _ command: String) -> CaseResult {
        var result = CaseResult(
            id: ReplayJudgement.delivery.rawValue,
            title: "The reference delivers every message that was sent to it whole, and no other",
            verdict: finding.difference == nil ? .passed : .failed,
            durationMilliseconds: 0,
            reproduce: command
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
}
