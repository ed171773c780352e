import RTMFP

/// One run of one case against one target: setting, body, aftermath, verdict.
struct CaseRun {
    let subject: Case
    let arena: any Arena
    let survey: Survey
    let timing: Timing
    /// Factor on every wait.
    let scale: Double
    let seed: UInt64
    let reproduce: String
    /// The folder for the capture of a failure; nil for none.
    var captures: String?

    /// Thrown where nothing answers any more.
    struct Silence: Error {
        let unmet: Unmet
    }

    func result() -> CaseResult {
        var result = CaseResult(subject, verdict: .passed, reproduce: reproduce)
        result.means = survey.means(of: subject)
        let missing = subject.needs.subtracting(survey.capabilities)
        guard missing.isEmpty else {
            result.verdict = .unsupported
            result.note = "the target lacks: " + missing.map(\.want).sorted().joined(separator: ", ")
            return result
        }
        do {
            let ground = try arena.enter(seed: seed)
            let tape = captures == nil ? nil : Tape()
            let taped = tape?.ground(over: ground) ?? ground
            if let stage = taped.stage {
                run(on: stage, tape, &result)
            } else {
                run(Probe(taped, survey: survey, timing: timing, seed: seed, tape: tape), &result)
            }
            if let tape, result.verdict.isRed { keep(tape, of: ground, &result) }
        } catch {
            result.verdict = .error
            result.actual = "\(error)"
        }
        return result
    }

    /// Leaves a capture behind; that it cannot be written does not change the verdict.
    private func keep(_ tape: Tape, of ground: Ground, _ result: inout CaseResult) {
        guard let captures else { return }
        func note(_ sentence: String) {
            result.note = [result.note, sentence].compactMap(\.self).joined(separator: "; ")
        }
        do {
            result.capture = try FailureCapture(tape: tape, run: self, ground: ground).write(result, to: captures)
            if !tape.isWhole {
                note("so much passed that the end of it is not in the capture, and no replay repeats it")
            }
        } catch {
            note("\(error)")
        }
    }

    private func run(_ probe: Probe, _ result: inout CaseResult) {
        defer {
            probe.takeLeave()
            result.durationMilliseconds = probe.elapsed.milliseconds
            result.transcript = probe.transcript.lines
        }
        judge(&result) {
            switch subject.role {
            case .client: try performWithClient(probe)
            case .tracker: try performWithTracker(probe)
            default: try perform(probe, probe.peer())
            }
        }
    }

    func judge(_ result: inout CaseResult, _ perform: () throws -> Void) {
        do {
            try perform()
        } catch let unmet as Unmet {
            result.verdict = .failed
            result.expected = unmet.expected
            result.actual = unmet.actual
        } catch let silence as Silence {
            result.verdict = .crashed
            result.expected = silence.unmet.expected
            result.actual =
                subject.role == .client || subject.role == .peer
                ? silence.unmet.actual : "the target stopped answering: \(silence.unmet.actual)"
        } catch let obstructed as Obstructed {
            result.verdict = .blocked
            result.expected = obstructed.unmet.expected
            result.actual = obstructed.unmet.actual
            result.note = "the exchange that this case builds on does not work; see the cases of the foundation"
        } catch let settled as Settled {
            result.settle(subject, settled)
        } catch let unreachable as Unreachable {
            result.verdict = .blocked
            result.actual = unreachable.reason
        } catch let refusal as CannotCall {
            result.verdict = .unsupported
            result.note = refusal.description
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
}

extension CaseResult {
    /// Takes an alternative that the case accepts for the outcome.
    mutating func settle(_ subject: Case, _ settled: Settled) {
        guard let alternative = subject.accepts.first(where: { $0.name == settled.alternative }) else {
            verdict = .error
            actual = "the case settled for “\(settled.alternative)”, which it does not accept"
            return
        }
        verdict = .tolerated
        expected = subject.title
        actual = alternative.name
        note = alternative.sentence
    }
}
