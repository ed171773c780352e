import RTMFP

/// The run of a case against a peer, which finds rendezvous, tracker, origin and other peers on a stage.
extension CaseRun {
    func run(on world: any StageWorld, _ tape: Tape?, _ result: inout CaseResult) {
        let transcript = Transcript(tape)
        let start = world.clock()
        var stage: Stage?
        defer {
            result.durationMilliseconds = (world.clock() - start).milliseconds
            result.transcript = transcript.lines
            if let stage { stage.close() } else { world.close() }
        }
        judge(&result) {
            guard case .peer(let body) = subject.body else {
                throw Inconclusive(reason: "the case is not about peers")
            }
            let made = try Stage(world, transcript: transcript, scale: scale, seed: seed, tape: tape)
            stage = made
            try perform(body, on: made)
        }
    }

    private func perform(_ body: (Stage) throws -> Void, on stage: Stage) throws {
        var settled: Settled?
        let outcome = Result {
            do {
                try body(stage)
            } catch let alternative as Settled {
                settled = alternative
            }
        }
        if case .failure = outcome { stage.tape?.markFault() }
        stage.transcript.isOver = true
        let aftermath = Result { try perform(aftermathOf: outcome, on: stage) }
        if case .failure = aftermath { stage.tape?.markFault() }
        if stage.acquaintance != nil, case .failure(let unmet as Unmet) = aftermath { throw Silence(unmet: unmet) }
        if case .crashed(let signal)? = stage.client?.ending {
            let ending = ClientEnding.crashed(signal: signal)
            throw Silence(unmet: Unmet(expected: "a peer that survives", actual: "the peer \(ending)"))
        }
        try outcome.get()
        try aftermath.get()
        if let settled { throw settled }
    }

    /// Whose end nobody notices is asked also after a failure whether it is there.
    private func perform(aftermathOf outcome: Result<Void, any Error>, on stage: Stage) throws {
        let isDue =
            switch outcome {
            case .success: !subject.isFoundation
            case .failure(let error): error is Unmet && stage.acquaintance != nil
            }
        if isDue { try stage.requireAlive() }
    }
}

extension Stage {
    /// The valid exchange after a body: the peer goes on playing, or lets a stranger open a session.
    func requireAlive() throws {
        let isReachable = client != nil && rendezvous.manner == .right && subjectID != nil
        guard isReachable || acquaintance != nil else { return }
        let witness = try puppet("W")
        witness.seek()
        let mark = web.asked.count
        let patience = Interval.seconds(acquaintance == nil ? 12 : 5)
        try wait(until: "an HTTP request or a session, afterwards as before", within: patience) {
            witness.session != nil || web.asked.count > mark
        }
    }
}
