import RTMFP

extension DialoguePlayer {
    /// The target refuses a flow of the replay's.
    func rejected(_ flow: FlowHandle, code: UInt64, at now: Instant) {
        guard case .different(let index) = book.rejected(flow, code: code), !hasEnded(index) else { return }
        let recorded = dialogue.flows[index]
        let before = book.unexpected.last.map { "\($0) came instead, and " } ?? ""
        let actual = "\(before)the target refuses flow \(recorded.flowID) of the recording, exception \(code)"
        if let refusal = recorded.refusal {
            differ(refusal.frame, "that flow is refused, exception \(refusal.code)", actual, at: now)
        } else if let answer = book.firstUnmet(where: { dialogue.flows[$0].association == index }) {
            differ(answer.frame, answer.meaning, actual, at: now)
        } else {
            let said = dialogue.moments.prefix(next).last { $0.flow == index }
            differ(said?.frame, "that flow is taken", actual, at: now)
        }
    }

    /// A flow that the target opens, or has opened, cannot be taken.
    ///
    /// - Parameter received: what it says of itself, if nothing else of it was heard.
    func turnedAway(_ flow: FlowHandle, _ received: ReceivedFlow?, at now: Instant) {
        let why =
            received == nil
            ? "it needs more room than there is, or has an option that must not be ignored"
            : "it has no metadata, is in return to a flow that is not open, or has an option that must not be ignored"
        let actual = "a flow that cannot be taken: \(why)"
        switch book.turnedAway(flow, received) {
        case .expected: break
        case .different(let index):
            let answer = book.firstUnmet { $0 == index }
            let begun = dialogue.moments.first { $0.flow == index }
            differ(answer?.frame ?? begun?.frame, answer?.meaning ?? "that flow is taken", actual, at: now)
        case .unexpected where options.unexpected == .stop:
            differ(nil, "no flow that was not recorded", actual, at: now)
        case .unexpected:
            note(actual, isSent: false, isUnexpected: options.unexpected == .report, at: now)
        }
    }

    /// Whether the recording has nothing more on a flow, which stays open only so that it can be answered.
    private func hasEnded(_ flow: Int) -> Bool {
        dialogue.moments.prefix(next).contains { $0.step == .end && $0.flow == flow }
    }
}
