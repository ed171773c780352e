import RTMFP

/// The run of a case against a client, which opens sessions to the probe.
extension CaseRun {
    /// What the body begins with.
    private enum Scene {
        case cold
        case reception(Reception)
        case session(ProbeSession)
    }

    func performWithClient(_ probe: Probe) throws {
        let outcome = Result {
            do {
                try performWithLivingClient(probe)
            } catch let unmet as Unmet {
                probe.tape?.markFault()
                if !subject.isFoundation { try requirePlainSession(probe) }
                throw unmet
            }
        }
        // What a client that has died fails to do, or has done before, is not worth telling.
        for case .crashed(let signal) in probe.visits.compactMap(\.client.ending) {
            let ending = ClientEnding.crashed(signal: signal)
            throw Silence(unmet: Unmet(expected: "a client that survives", actual: "the client \(ending)"))
        }
        try outcome.get()
    }

    /// Has another client open a session in the plainest way; where that does not work either, the case is blocked.
    private func requirePlainSession(_ probe: Probe) throws {
        let living = probe.visits.allSatisfy { if case .crashed? = $0.client.ending { false } else { true } }
        guard living else { return }
        probe.transcript.isOver = true
        try given { try probe.receive().open().ping() }
    }

    private func performWithLivingClient(_ probe: Probe) throws {
        let scene = try given { try setting(probe) }
        let marks = probe.peers.map(\.heard.count)
        var settled: Settled?
        do {
            try body(probe, scene)
        } catch let alternative as Settled {
            settled = alternative
        }
        do {
            try aftermath(scene)
        } catch let unmet as Unmet {
            let ending = probe.visits.lazy.compactMap(\.client.ending).first.map { ", and the client \($0)" } ?? ""
            throw Unmet(expected: "\(unmet.expected), afterwards as before", actual: unmet.actual + ending)
        }
        try judgeSilence(probe, since: marks)
        if let settled { throw settled }
    }

    private func setting(_ probe: Probe) throws -> Scene {
        switch subject.setting {
        case .cold: return .cold
        case .greeted, .opened: return .reception(try probe.receive())
        case .session(let change):
            var plan = HandshakePlan()
            change(&plan)
            let session = try probe.receive().open(plan)
            try session.ping()
            return .session(session)
        }
    }

    private func body(_ probe: Probe, _ scene: Scene) throws {
        switch (subject.body, scene) {
        case (.startup(let body), _), (.startupIgnored(_, let body), _):
            try body(probe)
        case (.reception(let body), .reception(let reception)),
            (.receptionIgnored(_, let body), .reception(let reception)):
            try body(reception)
        case (.session(let body), .session(let session)), (.sessionIgnored(_, let body), .session(let session)):
            try body(session)
        default:
            throw Inconclusive(reason: "the case's setting does not fit its body")
        }
    }

    private func aftermath(_ scene: Scene) throws {
        switch (subject.aftermath, scene) {
        case (.handshake, .reception(let reception)): try reception.open().ping()
        case (.ping, .session(let session)): try session.ping()
        default: break
        }
    }
}
