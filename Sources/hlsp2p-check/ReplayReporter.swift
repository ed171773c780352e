import Conformance
import Foundation
import Traffic

/// Puts the outcome of a replay into the reports of a run.
struct ReplayReporter {
    var reproduce: String
    var lines: [ReplayLine]
    /// What came that the recording does not have.
    var unexpected: UnexpectedMessages
    /// What is wrong with the recording, a sentence each.
    var problems: [String]
    var isVerbose: Bool

    /// Reports, and ends the program unless everything is as expected.
    func report(_ outcome: ReplayOutcome, of target: String, to report: JudgementReport, title: String) throws {
        if isVerbose {
            for line in lines {
                let time = String(format: "%9.1f ms", line.milliseconds)
                let remark = line.isUnexpected ? " (the recording has no such message)" : ""
                say("\(time) \(line.isSent ? "sent    " : "received") \(line.text.prefix(300))\(remark)")
            }
        }
        var hindrance: RunStatus?
        if case .notOpened(let why) = outcome {
            say("\(target): \(why)")
            hindrance = .unreachable
        }
        try report.report(
            result(outcome, title),
            of: target,
            isInterrupted: outcome == .interrupted,
            problems: problems,
            hindrance: hindrance
        )
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
        case .same(answers: 0):
            result.verdict = .undecided
            result.note = "no answer was compared: the recording shows none, or the keys open none"
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
        if unexpected.count > 0 {
            let messages = unexpected.count == 1 ? "1 message" : "\(unexpected.count) messages"
            let sentence = "\(messages) that the recording does not have, the first: \(unexpected.first.prefix(300))"
            result.note = [result.note, sentence].compactMap(\.self).joined(separator: "; ")
            // The report for people has no notes of what passed.
            if !isVerbose { say(sentence) }
        }
        return result
    }
}
