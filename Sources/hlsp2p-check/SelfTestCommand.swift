import Arenas
import ArgumentParser
import Conformance
import Fixtures
import Foundation

struct SelfTestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "self-test",
        abstract: "Prove that every case passes the reference, fails its saboteurs, and passes nothing worthless."
    )

    @Argument(
        help: ArgumentHelp(
            "Only these cases, and the saboteurs that they declare; with * and ? as wildcards.",
            valueName: "id-glob"
        )
    )
    var patterns: [String] = []

    @Option(name: [.short, .long], help: "Cases that run at the same time.")
    var jobs = 2

    @Option(help: "All randomness follows from it.")
    var seed: UInt64 = 1

    @Option(help: "Only the cases of one role: rendezvous, client, tracker, peer or capture.")
    var role: String?

    @Option(help: "Only this saboteur; may be given more than once.")
    var saboteur: [String] = []

    @Flag(help: "Also run what a saboteur would leave as it was against the reference.")
    var inFull = false

    /// The roles that have cases.
    private static let roles: [Case.Role] = [.rendezvous, .client, .tracker, .peer, .capture]

    func validate() throws {
        guard role.map({ name in Self.roles.contains { $0.rawValue == name } }) ?? true else {
            throw ValidationError("--role is \(Self.roles.map(\.rawValue).joined(separator: ", ")).")
        }
        do {
            let cases = Self.roles.filter { role == nil || role == $0.rawValue }.flatMap { Suite.cases(for: $0) }
            // A proof of nothing must not look like one.
            let selected = try Selection(patterns: patterns.map { IDPattern($0) }).select(from: cases)
            let declared = Set(selected.flatMap(\.saboteurs))
            for name in saboteur where !declared.contains(name) {
                throw ValidationError("None of these cases declares a saboteur \(name).")
            }
        } catch let error as SelectionError {
            throw ValidationError("\(error)")
        }
    }

    func run() throws {
        var (cases, saboteurs, runs, spared, complaints) = (0, 0, 0, 0, 0)
        for role in Self.roles where self.role == nil || self.role == role.rawValue {
            let selected = selected(role)
            guard !selected.isEmpty else { continue }
            let names = wanted(by: selected, of: Self.saboteurs(role))
            let outcome = try prove(role, selected, against: names)
            cases += selected.count
            saboteurs += names.count
            runs += outcome.runs
            spared += outcome.spared
            complaints += outcome.complaints.count
        }
        let repeated = spared == 0 ? "" : " (\(spared) more would be the same as the reference's)"
        let counts = "\(cases) cases, \(saboteurs) saboteurs, \(runs) runs\(repeated)"
        guard complaints == 0 else {
            print("\(counts): \(complaints) things are not as they must be")
            throw ExitCode(RunStatus.violated.rawValue)
        }
        // With some saboteurs left out, cases may have been shown to fail by none.
        print(saboteur.isEmpty ? "\(counts): every case is proven both ways" : "\(counts): as declared")
    }

    private func prove(
        _ role: Case.Role,
        _ cases: [Case],
        against names: Set<String>
    ) throws -> SelfTest.Outcome {
        let outcome: SelfTest.Outcome
        let known = Self.saboteurs(role)
        if role == .capture {
            outcome = RecordedSelfTest(cases: cases).run(
                reference: RecordedSaboteur.referenceRecording,
                others: try [0, 30, 100].map { disturbance in
                    let packets = try TappedExchange.recording(disturbance: disturbance, seed: seed)
                    return .init(name: "a tapped exchange with \(disturbance) ‰ lost") { packets }
                },
                saboteurs: RecordedSaboteur.all.filter { names.contains($0.name) }.map { saboteur in
                    .init(name: saboteur.name) { saboteur.recording }
                },
                known: known
            )
        } else {
            let (reference, saboteurs, worthless) = subjects(role)
            outcome = SelfTest(cases: cases, options: Checker.Options(seed: seed, jobs: jobs)).run(
                reference: reference,
                saboteurs: saboteurs.filter { names.contains($0.name) },
                worthless: worthless,
                known: known
            )
        }
        for target in outcome.passedWorthless {
            print("\(target.name) \(role.rawValue): passes \(target.cases.count) of \(cases.count) cases")
        }
        for complaint in outcome.complaints {
            print("✘ \(complaint)")
        }
        return outcome
    }

    private func selected(_ role: Case.Role) -> [Case] {
        let globs = patterns.map { IDPattern($0) }
        return Suite.cases(for: role).filter { subject in
            globs.isEmpty || globs.contains { $0.matches(subject.id) }
        }
    }

    /// The saboteurs to run: those that are named, or all; only those that the cases declare, if not all cases are run.
    private func wanted(by cases: [Case], of known: Set<String>) -> Set<String> {
        guard saboteur.isEmpty else { return known.intersection(saboteur) }
        return patterns.isEmpty ? known : known.intersection(cases.flatMap(\.saboteurs))
    }

    /// The names of all saboteurs that cases of a role may declare.
    private static func saboteurs(_ role: Case.Role) -> Set<String> {
        let names =
            switch role {
            case .tracker: TrackerSaboteur.all.map(\.name)
            case .client: Saboteur.clients.map(\.name)
            case .peer: PeerSaboteur.all.map(\.name)
            case .capture: RecordedSaboteur.all.map(\.name)
            default: Saboteur.all.map(\.name)
            }
        return Set(names)
    }

    private func subjects(
        _ role: Case.Role
    ) -> (reference: any Arena, saboteurs: [SelfTest.Subject], worthless: [SelfTest.Subject]) {
        switch role {
        case .tracker:
            (
                SimulatedTrackers(kind: .reference()),
                TrackerSaboteur.all.map { .init(name: $0.name, arena: SimulatedTrackers(kind: .reference($0))) },
                WorthlessTracker.allCases.map {
                    .init(name: $0.rawValue, arena: SimulatedTrackers(kind: .worthless($0)))
                }
            )
        case .client:
            (
                SimulatedClients(kind: .reference()),
                Saboteur.clients.map { .init(name: $0.name, arena: SimulatedClients(kind: .reference($0))) },
                WorthlessClient.allCases.map { .init(name: $0.rawValue, arena: SimulatedClients(kind: .worthless($0))) }
            )
        case .peer:
            peers()
        default:
            (
                SimulatedServers.reference(),
                Saboteur.all.map { .init(name: $0.name, arena: SimulatedServers.reference($0)) },
                WorthlessTarget.allCases.map { .init(name: $0.rawValue, arena: SimulatedServers.worthless($0)) }
            )
        }
    }

    private func peers() -> (reference: any Arena, saboteurs: [SelfTest.Subject], worthless: [SelfTest.Subject]) {
        let rehearsals = SimulatedPeers.Rehearsals(inFull ? [] : PeerSaboteur.all)
        let saboteurs = PeerSaboteur.all.map { saboteur in
            SelfTest.Subject(name: saboteur.name, arena: SimulatedPeers(saboteur: saboteur)) { seed in
                inFull || rehearsals.mayDiffer(saboteur.name, seed)
            }
        }
        let worthless = PeerSaboteur.worthless.map {
            SelfTest.Subject(name: $0.name, arena: SimulatedPeers(saboteur: $0))
        }
        return (SimulatedPeers(rehearsals: rehearsals), saboteurs, worthless)
    }
}
