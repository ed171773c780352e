import RTMFP

extension DialoguePlayer {
    /// Takes what has happened, and does what is due.
    func proceed(at now: Instant) {
        while true {
            let events = endpoint.takeEvents()
            if events.isEmpty { break }
            for event in events { handle(event, at: now) }
        }
        if case .playing = stage { play(at: now) }
        switch stage {
        case .opening where deadline <= now: finish(.notOpened("no session opened in time"), at: now)
        case .settling(let until) where until <= now: finish(.same(answers: book.answers), at: now)
        default: break
        }
    }

    /// When the next step is due, if that is a matter of time alone.
    var nextDue: Instant? {
        guard let speed = options.speed, next < dialogue.moments.count else { return nil }
        let moment = dialogue.moments[next]
        return isSaying(moment) ? opened + moment.time * (1 / speed) : nil
    }

    private func isSaying(_ moment: RecordedDialogue.Moment) -> Bool {
        moment.step == .close || dialogue.flows[moment.flow].isSent
    }

    private func play(at now: Instant) {
        while case .playing = stage, next < dialogue.moments.count {
            let moment = dialogue.moments[next]
            guard isDue(moment.frame) else {
                deadline = now + options.patience
                retry = now + DialoguePlayer.pause
                return
            }
            retry = nil
            if isSaying(moment) {
                if let due = nextDue, due > now {
                    deadline = due + options.patience
                    return
                }
                guard say(moment, at: now) else {
                    retry = now + DialoguePlayer.pause
                    return
                }
            } else if case .message(let recorded) = moment.step, !book.isMet(next), !book.isAdvice(next) {
                guard deadline <= now else { return }
                let expected = Meaning(recorded, metadata: dialogue.flows[moment.flow].metadata)
                let actual = book.unexpected.last.map { "no such message; \($0) came instead" } ?? "nothing came"
                return differ(moment.frame, "\(expected)", actual, at: now)
            }
            next += 1
            deadline = now + options.patience
        }
        guard case .playing = stage else { return }
        stage = .settling(until: now + options.settling)
        // What a close brings about is for later steps of others to see.
        if dialogue.moments.last?.step != .close { letOthersPass() }
    }

    /// Says what was said; false if there is no room now.
    private func say(_ moment: RecordedDialogue.Moment, at now: Instant) -> Bool {
        guard let session else { return true }
        if moment.step == .close {
            note("closes the session", isSent: true, at: now)
            return true
        }
        guard !book.isRefused(moment.flow),
            let flow = book.sending[moment.flow] ?? open(moment.flow, on: session, at: now)
        else { return true }
        switch moment.step {
        case .message(let octets):
            guard endpoint.write(octets, on: flow, at: now) else { return false }
            let metadata = dialogue.flows[moment.flow].metadata
            book.said(octets, metadata: metadata)
            note("\(Meaning(octets, metadata: metadata))", isSent: true, at: now)
        // A flow that the recording has no answer to, or of which an answer is yet to begin, stays open to the end: nobody
        // may answer a closed one, and what is not recorded is to be heard.
        case .end where dialogue.isAnswered(moment.flow) && book.isAnsweredAgain(moment.flow):
            endpoint.close(flow, at: now)
        case .end: break
        case .close: break
        }
        return true
    }

    private func open(_ index: Int, on session: SessionHandle, at now: Instant) -> FlowHandle? {
        let recorded = dialogue.flows[index]
        let flow = endpoint.openFlow(
            on: session,
            metadata: book.liveMetadata(recorded.metadata),
            association: recorded.association.flatMap { book.receiving[$0] },
            at: now
        )
        book.sending[index] = flow
        return flow
    }

    private func handle(_ event: Event, at now: Instant) {
        switch event {
        case .opened(let session, _) where session == self.session:
            opened = now
            deadline = now + options.patience
            if case .opening = stage { stage = .playing }
        case .openFailed(let session, let reason) where session == self.session:
            finish(.notOpened("no session opened: \(reason)"), at: now)
        case .closed(let session, let reason) where session == self.session:
            closed("\(reason)", at: now)
        case .flowOpened(let flow, let received): book.opened(flow, received)
        case .flowRejected(let flow, let code): rejected(flow, code: code, at: now)
        case .flowTurnedAway(let flow, let received): turnedAway(flow, received, at: now)
        case .flowRefused(let flow): turnedAway(flow, nil, at: now)
        case .message(let flow, let message): hear(message.bytes, on: flow, at: now)
        default: break
        }
    }

    private func hear(_ octets: [UInt8], on flow: FlowHandle, at now: Instant) {
        if case .over = stage { return }
        let heard = book.heard(octets, on: flow)
        var isUnexpected = false
        if case .unexpected = heard.judgement { isUnexpected = options.unexpected == .report }
        note("\(heard.meaning)", isSent: false, isUnexpected: isUnexpected, at: now)
        switch heard.judgement {
        case .expected: break
        case .different(let moment, let expected):
            differ(dialogue.moments[moment].frame, "\(expected)", "\(heard.meaning)", at: now)
        case .unexpected where options.unexpected == .stop:
            differ(nil, "no message that was not recorded", "\(heard.meaning)", at: now)
        case .unexpected: break
        }
    }

    /// The far end has closed, or is gone.
    private func closed(_ reason: String, at now: Instant) {
        switch stage {
        case .settling: finish(.same(answers: book.answers), at: now)
        case .playing:
            guard let unmet = book.firstUnmet(from: next), case .message(let octets) = unmet.step else {
                return finish(.same(answers: book.answers), at: now)
            }
            let expected = Meaning(octets, metadata: dialogue.flows[unmet.flow].metadata)
            differ(unmet.frame, "\(expected)", "the session was closed: \(reason)", at: now)
        default: finish(.notOpened("the session was closed: \(reason)"), at: now)
        }
    }

    func differ(_ frame: Int?, _ expected: String, _ actual: String, at now: Instant) {
        finish(.differs(ReplayDifference(frame: frame, expected: expected, actual: actual)), at: now)
    }
}
