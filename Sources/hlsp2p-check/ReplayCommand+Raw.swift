import Conformance
import Foundation
import struct RTMFP.SocketAddress
import Traffic

extension ReplayCommand {
    /// Sends the datagrams as they are, and reports how many went out.
    func send(to address: SocketAddress) throws {
        if `repeat` ?? 1 > 1 { try refuse(rereading: file) }
        let report = try JudgementReport(report, sparing: [file], isVerbose: verbose)
        let interruption = Interruption()
        var replay = RawReplay(path: file, target: address)
        replay.destination = try to.map { try Listening.address($0) }
        (replay.speed, replay.rate, replay.times) = (speed, rate, `repeat` ?? 1)
        let result = try replay.run { interruption.hasHappened }
        if let problem = result.problem { say(problem) }
        if result.sent + result.refused == 0, !interruption.hasHappened { throw nothing(result) }
        let sentence = sentence(result)
        if report.takesOutput { say(sentence) } else { try write(sentence) }
        try report.report(
            judgement(result, sentence),
            of: target ?? "\(address)",
            isInterrupted: interruption.hasHappened,
            problems: [result.problem].compactMap(\.self),
            hindrance: result.sent == 0 && result.refused > 0 ? .unreachable : nil
        )
    }

    /// Why there is nothing to send.
    private func nothing(_ result: RawReplay.Result) -> any Error {
        if result.problem == nil, let to, result.excluded > 0 {
            return fail(.usage, "none of the \(result.excluded) datagrams of \(file) went to \(to)")
        }
        return fail(.badData, "\(file) holds no datagram to send")
    }

    private func sentence(_ result: RawReplay.Result) -> String {
        let pace = result.seconds > 0 ? Int(Double(result.sent) / result.seconds) : 0
        return "sent \(result.sent) datagrams in \(result.seconds.formatted(.number.precision(.fractionLength(3)))) s, "
            + "\(pace) a second; \(result.received) came back"
            + (result.refused > 0 ? "; \(result.refused) could not be sent" : "")
    }

    private func judgement(_ result: RawReplay.Result, _ sentence: String) -> CaseResult {
        var judgement = CaseResult(
            id: ReplayJudgement.datagrams.rawValue,
            title: "Every datagram of the capture is sent as it is",
            verdict: result.refused == 0 ? .passed : result.sent == 0 ? .blocked : .undecided,
            durationMilliseconds: result.seconds * 1_000,
            reproduce: repetition(
                "--raw",
                target.map { "--target \($0.quoted)" },
                to.map { "--to \($0)" },
                speed.map { "--speed \($0)" },
                rate.map { "--rate \($0)" },
                `repeat`.map { "--repeat \($0)" }
            )
        )
        judgement.note = sentence
        return judgement
    }
}
