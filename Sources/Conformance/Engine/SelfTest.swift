import RTMFP

/// Proves the cases themselves: that each passes against the correct reference, turns red against each of its
/// saboteurs and no others, and passes nothing that is worthless.
///
/// A *foundation* is excepted from "no others": where the exchange that everything builds on is broken, it is right
/// that it turns red.
public struct SelfTest: Sendable {
    /// A target by name, in an arena of its own.
    public struct Subject: Sendable {
        /// The name: a saboteur's, or a worthless target's.
        public var name: String
        /// Where to meet it.
        public var arena: any Arena
        /// Whether a run with that seed may differ from the one against the reference. Asked after that one; where it is
        /// known that the two are the same to the octet, there is no other.
        public var mayDiffer: @Sendable (_ seed: UInt64) -> Bool

        /// Makes a subject.
        public init(
            name: String,
            arena: any Arena,
            mayDiffer: @escaping @Sendable (_ seed: UInt64) -> Bool = { _ in true }
        ) {
            self.name = name
            self.arena = arena
            self.mayDiffer = mayDiffer
        }
    }

    /// What came out.
    public struct Outcome: Sendable {
        /// Each thing that is not as it must be, as a sentence.
        public var complaints: [String] = []
        /// Runs of a case against a target.
        public var runs = 0
        /// Runs that would have been the same as those against the reference.
        public var spared = 0
        /// By worthless target: the cases that passed it.
        public var passedWorthless: [(name: String, cases: [String])] = []
    }

    private let cases: [Case]
    private let options: Checker.Options

    /// Makes a self-test of `cases`.
    public init(cases: [Case], options: Checker.Options = Checker.Options()) {
        self.cases = cases
        self.options = options
    }

    /// Runs every case against the reference, every saboteur and every worthless target.
    ///
    /// - Parameters:
    ///   - known: the saboteurs that exist, if those to run are only some of them.
    ///   - progress: told the name of each target when its turn comes.
    public func run(
        reference: any Arena,
        saboteurs: [Subject],
        worthless: [Subject],
        known: Set<String>? = nil,
        progress: (String) -> Void = { _ in }
    ) -> Outcome {
        var outcome = Outcome()
        outcome.complaints = SelfTest.undeclared(saboteurs.map(\.name), cases, known: known)
        progress("reference")
        let right = results(in: reference, of: cases, &outcome)
        for result in right where result.verdict != .passed && result.verdict != .tolerated {
            outcome.complaints.append(
                "\(result.id): \(result.verdict.rawValue) against the reference: \(explanation(result))"
            )
        }
        for saboteur in saboteurs {
            progress(saboteur.name)
            judge(saboteur, right, &outcome)
        }
        for target in worthless {
            progress(target.name)
            let passed = results(in: target.arena, of: cases, &outcome).filter { $0.verdict == .passed }.map(\.id)
            outcome.passedWorthless.append((target.name, passed))
            outcome.complaints += passed.map { "\($0): passed against the \(target.name) target" }
        }
        return outcome
    }

    private func results(in arena: any Arena, of cases: [Case], _ outcome: inout Outcome) -> [CaseResult] {
        outcome.runs += cases.count
        return Checker(arena: arena, survey: .assumed, options: options).run(cases)
    }

    /// Saboteurs that no case declares, and declared ones that do not exist.
    static func undeclared(_ saboteurs: [String], _ cases: [Case], known: Set<String>? = nil) -> [String] {
        let names = Set(saboteurs)
        let declared = Set(cases.flatMap(\.saboteurs))
        return cases.filter(\.saboteurs.isEmpty).map { "\($0.id): has no saboteur" }
            + declared.subtracting(known ?? names).sorted().map { "\($0): declared, but there is no such saboteur" }
            + names.subtracting(declared).sorted().map { "\($0): no case declares this saboteur" }
    }

    private func judge(_ saboteur: Subject, _ right: [CaseResult], _ outcome: inout Outcome) {
        let places = cases.indices.filter { saboteur.mayDiffer(SeededGenerator.seed(options.seed, cases[$0].id)) }
        outcome.spared += cases.count - places.count
        var results = right
        let others = self.results(in: saboteur.arena, of: places.map { cases[$0] }, &outcome)
        for (place, result) in zip(places, others) { results[place] = result }
        for (subject, result) in zip(cases, results) {
            let declares = subject.saboteurs.contains(saboteur.name)
            if declares, !result.verdict.isRed {
                outcome.complaints.append(
                    "\(subject.id): \(result.verdict.rawValue) against its saboteur \(saboteur.name): "
                        + explanation(result)
                )
            } else if !declares, result.verdict.isRed, !subject.isFoundation {
                outcome.complaints.append(
                    "\(subject.id): \(result.verdict.rawValue) against \(saboteur.name), which is none of its saboteurs: "
                        + explanation(result)
                )
            } else if result.verdict == .error {
                outcome.complaints.append("\(subject.id): error against \(saboteur.name): \(explanation(result))")
            }
        }
    }

    private func explanation(_ result: CaseResult) -> String {
        [result.expected.map { "expected \($0)" }, result.actual.map { "but \($0)" }, result.note]
            .compactMap(\.self).joined(separator: ", ")
    }
}
