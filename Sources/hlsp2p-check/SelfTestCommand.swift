import ArgumentParser
import Conformance
import Fixtures
import Foundation

struct SelfTestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "self-test",
        abstract: "Prove that every case passes the reference, fails its saboteurs, and passes nothing worthless."
    )

    @Option(name: [.short, .long], help: "Cases that run at the same time.")
    var jobs = 2

    @Option(help: "All randomness follows from it.")
    var seed: UInt64 = 1

    func run() throws {
        let test = SelfTest(cases: Suite.all, options: Checker.Options(seed: seed, jobs: jobs))
        let outcome = test.run(
            reference: SimulatedArena.reference(),
            saboteurs: Saboteur.all.map { .init(name: $0.name, arena: SimulatedArena.reference($0)) },
            worthless: WorthlessTarget.allCases.map { .init(name: $0.rawValue, arena: SimulatedArena.worthless($0)) }
        )
        for target in outcome.passedWorthless {
            print("\(target.name) target: passes \(target.cases.count) of \(Suite.all.count) cases")
        }
        for complaint in outcome.complaints {
            print("✘ \(complaint)")
        }
        let counts = "\(Suite.all.count) cases, \(Saboteur.all.count) saboteurs, \(outcome.runs) runs"
        guard outcome.complaints.isEmpty else {
            print("\(counts): \(outcome.complaints.count) things are not as they must be")
            throw ExitCode(RunStatus.violated.rawValue)
        }
        print("\(counts): every case is proven both ways")
    }
}
