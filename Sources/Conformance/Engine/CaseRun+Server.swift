import RTMFP

/// The run of a case against something that sessions are opened to.
extension CaseRun {
    func perform(_ probe: Probe, _ peer: Peer) throws {
        let session = try setting(probe, peer)
        let peer = session?.peer ?? peer
        let marks = probe.peers.map(\.heard.count)
        var settled: Settled?
        do {
            try body(probe, session)
        } catch let unmet as Unmet {
            // A failure and a death look the same from within; whoever still greets is alive.
            probe.tape?.markFault()
            try stillAnswers(probe, after: unmet)
            throw unmet
        } catch let alternative as Settled {
            settled = alternative
        }
        do {
            try aftermath(probe, peer, session)
        } catch let unmet as Unmet {
            probe.tape?.markFault()
            try stillAnswers(probe, after: unmet)
            throw Unmet(expected: "\(unmet.expected), afterwards as before", actual: unmet.actual)
        }
        if subject.body.expectsSilence {
            // A target that makes keys in several threads may answer what came first after what came next.
            for peer in probe.peers { try peer.wait(.milliseconds(10)) }
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
                // Where a Ping has to wait for `connect`, the body decides what comes first, unless it expects silence:
                // connecting must not be taken for what it has brought about.
                if survey.pings != .answeredOnceConnected || subject.body.expectsSilence { try session.ping() }
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
        case .reception, .receptionIgnored:
            throw Inconclusive(reason: "the case is about clients, and this is none")
        case .recorded:
            throw Inconclusive(reason: "the case is about recorded exchanges, and this is none")
        case .tracker:
            throw Inconclusive(reason: "the case is about trackers, and this is none")
        case .peer:
            throw Inconclusive(reason: "the case is about peers, and this is none")
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
    func judgeSilence(_ probe: Probe, since marks: [Int]) throws {
        let effect: Effect
        switch subject.body {
        case .startup, .session, .reception, .recorded, .tracker, .peer: return
        case .startupIgnored(let given, _), .sessionIgnored(let given, _), .receptionIgnored(let given, _):
            effect = given
        }
        for (index, peer) in probe.peers.enumerated() {
            for heard in try peer.unexpected(since: index < marks.count ? marks[index] : 0) {
                let reason: String?
                switch effect {
                case .anyAnswer:
                    reason = heard.isSpontaneous || peer.isRepetition(heard) ? nil : "the target sent "
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
