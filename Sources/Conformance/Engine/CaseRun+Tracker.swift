import RTMFP

/// The run of a case against a tracker.
extension CaseRun {
    func performWithTracker(_ probe: Probe) throws {
        guard let tracker = probe.tracker, case .tracker(let body) = subject.body else {
            throw Inconclusive(reason: "the case is about trackers, and this is none")
        }
        let outcome = Result {
            let witness = try subject.isCold ? nil : given { try Witness(tracker) }
            var settled: Settled?
            do {
                try body(tracker)
            } catch let alternative as Settled {
                settled = alternative
            }
            do {
                try witness?.testify(tracker)
            } catch let unmet as Unmet {
                throw Unmet(expected: "\(unmet.expected), afterwards as before", actual: unmet.actual)
            }
            if let settled { throw settled }
        }
        do {
            try outcome.get()
        } catch let unmet as Unmet {
            probe.tape?.markFault()
            // A failure and a death look the same from within; whoever still answers is alive.
            try requireAlive(tracker, after: unmet)
            throw unmet
        } catch let obstructed as Obstructed {
            try requireAlive(tracker, after: obstructed.unmet)
            throw obstructed
        }
        if subject.isCold { try tracker.requireAlive() }
    }

    private func requireAlive(_ tracker: TrackerProbe, after unmet: Unmet) throws {
        do {
            try tracker.requireAlive()
        } catch is Unmet {
            throw Silence(unmet: unmet)
        }
    }
}

extension Case {
    /// Whether no valid exchange comes before the body.
    fileprivate var isCold: Bool {
        if case .cold = setting { true } else { false }
    }
}

/// The valid exchange before and after a case about a tracker: it lists a peer that is registered, or, where none can
/// be, answers that nobody is there.
private struct Witness {
    let resource: String
    let expected: [String]

    init(_ tracker: TrackerProbe) throws {
        resource = tracker.resource()
        expected = tracker.way == .blackBox ? [] : try tracker.register(1, under: resource)
        try testify(tracker)
    }

    func testify(_ tracker: TrackerProbe) throws {
        let question = HTTPQuestion.get("/get_peers", [("resourceID", resource), ("size", "5")])
        let peers = try tracker.askAlone(question).peers()
        guard tracker.probe.survey.listsWitness else { return }
        try require(
            peers == expected,
            expected: expected.isEmpty ? "an empty array" : "the one peer that is registered",
            actual: "\(peers)"
        )
    }
}

extension TrackerProbe {
    /// Fails unless the tracker answers a question with any response.
    func requireAlive() throws {
        _ = try askAlone(.get("/get_peers", [("resourceID", RegistryLedger.usualResource), ("size", "1")]))
    }
}
