import RTMFP

/// One run of one case against one target: setting, body, aftermath, verdict.
struct CaseRun {
    let subject: Case
    let arena: any Arena
    let survey: Survey
    let timing: Timing
    let seed: UInt64
    let reproduce: String

    /// Thrown where nothing answers any more.
    private struct Silence: Error {
        let unmet: Unmet
    }

    func result() -> CaseResult {
        var result = CaseResult(subject, verdict: .passed, reproduce: reproduce)
        let missing = subject.needs.subtracting(survey.capabilities)
        guard missing.isEmpty else {
            result.verdict = .unsupported
            result.note = "the target lacks: " + missing.map(\.rawValue).sorted().joined(separator: ", ")
            return result
        }
        do {
            let ground = try arena.enter(seed: seed)
            let probe = Probe(
                target: ground.target,
                network: ground.network,
                survey: survey,
                timing: timing,
                seed: seed
            )
            run(probe, &result)
        } catch {
            result.verdict = .error
            result.actual = "\(error)"
        }
        return result
    }

    private func run(_ probe: Probe, _ result: inout CaseResult) {
        do {
            let peer = try probe.peer()
            let start = peer.now
            defer {
                probe.takeLeave()
                result.durationMilliseconds = (peer.now - start).milliseconds
                result.transcript = probe.transcript.lines
            }
            judge(&result) { try perform(probe, peer) }
        } catch {
            result.verdict = .error
            result.actual = "\(error)"
        }
    }

    private func judge(_ result: inout CaseResult, _ perform: () throws -> Void) {
        do {
            try perform()
        } catch let unmet as Unmet {
            result.verdict = .failed
            result.expected = unmet.expected
            result.actual = unmet.actual
        } catch let silence as Silence {
            result.verdict = .crashed
            result.expected = silence.unmet.expected
            result.actual = "the target stopped answering: \(silence.unmet.actual)"
        } catch let obstructed as Obstructed {
            result.verdict = .blocked
            result.expected = obstructed.unmet.expected
            result.actual = obstructed.unmet.actual
            result.note = "the exchange that this case builds on does not work; see the cases of the foundation"
        } catch let settled as Settled {
            settle(settled, &result)
        } catch let lacking as Lacking {
            result.verdict = .unsupported
            result.note = lacking.reason
        } catch let inconclusive as Inconclusive {
            result.verdict = .undecided
            result.note = inconclusive.reason
        } catch {
            result.verdict = .error
            result.actual = "\(error)"
        }
    }

    private func settle(_ settled: Settled, _ result: inout CaseResult) {
        guard let alternative = subject.accepts.first(where: { $0.name == settled.alternative }) else {
            result.verdict = .error
            result.actual = "the case settled for “\(settled.alternative)”, which it does not accept"
            return
        }
        result.verdict = .tolerated
        result.expected = subject.title
        result.actual = alternative.name
        result.note = alternative.sentence
    }

    private func perform(_ probe: Probe, _ peer: Peer) throws {
        let session = try setting(probe, peer)
        let peer = session?.peer ?? peer
        let marks = probe.peers.map(\.heard.count)
        var settled: Settled?
        do {
            try body(probe, session)
        } catch let unmet as Unmet {
            // A failure and a death look the same from within; whoever still greets is alive.
            try stillAnswers(probe, after: unmet)
            throw unmet
        } catch let alternative as Settled {
            settled = alternative
        }
        do {
            try aftermath(probe, peer, session)
        } catch let unmet as Unmet {
            try stillAnswers(probe, after: unmet)
            throw Unmet(expected: "\(unmet.expected), afterwards as before", actual: unmet.actual)
        }
        try judgeSilence(probe, since: marks)
        if let settled { throw settled }
    }

    private func setting(_ probe: Probe, _ peer: Peer) throws -> ProbeSession? {
        try given {
            switch subject.setting {
            case .cold:
                return nil
            case .greeted:
                _ = try probe.greet(from: peer)
                return nil
            case .opened:
                probe.baseline = try probe.openSomewhere()
                try probe.baseline?.ping()
                return nil
            case .session(let change):
                var plan = HandshakePlan()
                change(&plan)
                let session = try open(plan, probe, peer)
                try session.ping()
                return session
            }
        }
    }

    /// Opens the case's own session; a target that rightly insists on more than the plan offers is not to blame.
    private func open(_ plan: HandshakePlan, _ probe: Probe, _ peer: Peer) throws -> ProbeSession {
        do {
            return try probe.openSomewhere(plan, startingAt: peer)
        } catch let unmet as Unmet {
            guard let demand = try? probe.openSomewhere().unansweredRequest(of: plan) else { throw unmet }
            throw Lacking(reason: "it opens no session without \(demand)")
        }
    }

    private func body(_ probe: Probe, _ session: ProbeSession?) throws {
        switch subject.body {
        case .startup(let body), .startupIgnored(_, let body):
            try body(probe)
        case .session(let body), .sessionIgnored(_, let body):
            guard let session else { throw Inconclusive(reason: "the case has no session to run on") }
            try body(session)
        }
    }

    private func aftermath(_ probe: Probe, _ peer: Peer, _ session: ProbeSession?) throws {
        switch subject.aftermath {
        case .greeting: _ = try probe.greet(from: peer)
        case .handshake:
            try probe.openSomewhere().ping()
            // Datagrams from two sockets may overtake each other; what was said from the first comes before this.
            if subject.body.expectsSilence { _ = try probe.greet(from: peer) }
        case .ping: try session?.ping()
        }
    }

    /// Fails if something came since the body began that shows that the target did not ignore the body's words.
    private func judgeSilence(_ probe: Probe, since marks: [Int]) throws {
        let effect: Effect
        switch subject.body {
        case .startup, .session: return
        case .startupIgnored(let given, _), .sessionIgnored(let given, _): effect = given
        }
        for (index, peer) in probe.peers.enumerated() {
            for heard in try peer.unexpected(since: index < marks.count ? marks[index] : 0) {
                let reason: String?
                switch effect {
                case .anyAnswer: reason = heard.isSpontaneous ? nil : "the target sent "
                case .particular(let judge): reason = judge(heard).map { "\($0): " }
                }
                if let reason {
                    throw Unmet(expected: "nothing, as if nothing had been said", actual: reason + heard.summary)
                }
            }
        }
    }

    private func stillAnswers(_ probe: Probe, after unmet: Unmet) throws {
        do {
            _ = try probe.greet(from: probe.newPeer())
        } catch is Unmet {
            throw Silence(unmet: unmet)
        }
    }
}
