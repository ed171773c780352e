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
        var cases = 0
        var saboteurs = 0
        var runs = 0
        var spared = 0
        var complaints = 0
        for role in Self.roles where self.role == nil || self.role == role.rawValue {
            guard !selected(role).isEmpty else { continue }
            let outcome = try prove(role)
            cases += selected(role).count
            saboteurs += role == .capture ? RecordedSaboteur.all.count : subjects(role).saboteurs.count
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
        print("\(counts): every case is proven both ways")
    }

    private func prove(_ role: Case.Role) throws -> SelfTest.Outcome {
        let cases = selected(role)
        let outcome: SelfTest.Outcome
        if role == .capture {
            outcome = RecordedSelfTest(cases: cases).run(
                reference: RecordedSaboteur.referenceRecording,
                others: try [0, 30, 100].map { disturbance in
                    let packets = try TappedExchange.recording(disturbance: disturbance, seed: seed)
                    return .init(name: "a tapped exchange with \(disturbance) ‰ lost") { packets }
                },
                saboteurs: RecordedSaboteur.all.map { saboteur in .init(name: saboteur.name) { saboteur.recording } }
            )
        } else {
            let (reference, saboteurs, worthless) = subjects(role)
            outcome = SelfTest(cases: cases, options: Checker.Options(seed: seed, jobs: jobs))
                .run(reference: reference, saboteurs: saboteurs, worthless: worthless)
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

    /// What the cases of a role are run against; only what they declare, if not all of them are.
    private func subjects(
        _ role: Case.Role
    ) -> (reference: any Arena, saboteurs: [SelfTest.Subject], worthless: [SelfTest.Subject]) {
        let (reference, saboteurs, worthless) = allSubjects(role)
        let declared = patterns.isEmpty ? nil : Set(selected(role).flatMap(\.saboteurs))
        let wanted = saboteurs.filter { subject in
            (declared?.contains(subject.name) ?? true) && (saboteur.isEmpty || saboteur.contains(subject.name))
        }
        return (reference, wanted, worthless)
    }

    private func allSubjects(
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
