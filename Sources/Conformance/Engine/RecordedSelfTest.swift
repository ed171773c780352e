public import Capture

/// Proves the cases over recordings: that each passes a recording of a correct exchange, and turns red over a recording
/// with each of its saboteurs' faults in it, and no others.
public struct RecordedSelfTest: Sendable {
    /// A recording, of a saboteur or of a correct exchange.
    public struct Subject: Sendable {
        /// The saboteur's name, or what the exchange is called.
        public var name: String
        /// Its packets.
        public var recording: @Sendable () -> [DecodedPacket]

        /// Makes a subject.
        public init(name: String, recording: @escaping @Sendable () -> [DecodedPacket]) {
            self.name = name
            self.recording = recording
        }
    }

    private let cases: [Case]

    /// Makes a self-test of `cases`.
    public init(cases: [Case]) {
        self.cases = cases
    }

    /// Judges every implementation of every recording by every case.
    ///
    /// - Parameters:
    ///   - reference: a correct exchange that every case passes.
    ///   - others: further correct ones, over which no case turns red.
    ///   - known: the saboteurs that exist, if those to run are only some of them.
    ///   - progress: told the name of each recording when its turn comes.
    public func run(
        reference: [DecodedPacket],
        others: [Subject] = [],
        saboteurs: [Subject],
        known: Set<String>? = nil,
        progress: (String) -> Void = { _ in }
    ) -> SelfTest.Outcome {
        var outcome = SelfTest.Outcome()
        outcome.complaints = SelfTest.undeclared(saboteurs.map(\.name), cases, known: known)
        progress("reference")
        let passed = judge(correct: Subject(name: "the reference recording") { reference }, &outcome)
        outcome.complaints += cases.map(\.id).filter { !passed.contains($0) }
            .map { "\($0): nobody in the reference recording passes it" }
        for other in others {
            progress(other.name)
            _ = judge(correct: other, &outcome)
        }
        for saboteur in saboteurs {
            progress(saboteur.name)
            judge(saboteur, &outcome)
        }
        return outcome
    }

    /// Complains of all that turns red, and tells what somebody passes.
    private func judge(correct: Subject, _ outcome: inout SelfTest.Outcome) -> Set<String> {
        let results = results(correct.recording(), &outcome).values.joined()
        for result in results where ![.passed, .tolerated, .undecided].contains(result.verdict) {
            outcome.complaints.append("\(result.id): \(told(result)) over \(correct.name)")
        }
        return Set(results.filter { $0.verdict == .passed }.map(\.id))
    }

    private func judge(_ saboteur: Subject, _ outcome: inout SelfTest.Outcome) {
        let found = results(saboteur.recording(), &outcome)
        for subject in cases {
            let results = found[subject.id] ?? []
            let declares = subject.saboteurs.contains(saboteur.name)
            if declares, !results.contains(where: \.verdict.isRed) {
                outcome.complaints.append("\(subject.id): green over its saboteur \(saboteur.name)")
            }
            for result in results where result.verdict == .error || result.verdict.isRed && !declares {
                outcome.complaints.append(
                    "\(subject.id): \(told(result)) over \(saboteur.name), which is none of its saboteurs"
                )
            }
        }
    }

    /// By case, the results of all implementations.
    private func results(_ packets: [DecodedPacket], _ outcome: inout SelfTest.Outcome) -> [String: [CaseResult]] {
        let results = Judge(Recording(packets), command: "").run(cases)
        outcome.runs += results.count
        return Dictionary(grouping: results, by: \.id)
    }

    private func told(_ result: CaseResult) -> String {
        let target = result.target.map { " of \($0)" } ?? ""
        return "\(result.verdict.rawValue)\(target) (\(result.actual ?? result.note ?? ""))"
    }
}
