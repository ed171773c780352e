import Arenas
import Fixtures
import Testing

@testable import Conformance

/// What a rehearsal says of saboteurs decides which runs a self-test spares.
struct RehearsalTests {
    private func run(_ subject: Case, _ arena: SimulatedPeers) -> CaseResult {
        Checker(arena: arena, survey: .assumed).runBlocking(subject)
    }

    /// Octets of packets are not in a transcript, but the times of all that is said are, and what it means.
    @Test(
        "A saboteur that would change nothing leaves the exchange as it is",
        arguments: ["foundation/ping-answered", "window/stray-confirm-ignored", "rendezvous/new-identity-each-time"]
    )
    func sparedRunsAreTheSame(_ name: String) throws {
        let subject = try #require(Suite.peer.first { $0.id == "peer/\(name)" })
        let rehearsals = SimulatedPeers.Rehearsals(PeerSaboteur.all)
        let right = run(subject, SimulatedPeers(rehearsals: rehearsals))
        #expect(right.verdict == .passed)
        let spared = rehearsals.unchanging
        #expect(spared.count > 20)
        for saboteur in spared {
            let other = run(subject, SimulatedPeers(saboteur: saboteur))
            #expect(other.transcript == right.transcript, "\(saboteur.name)")
            #expect(other.durationMilliseconds == right.durationMilliseconds, "\(saboteur.name)")
            #expect(other.verdict == right.verdict, "\(saboteur.name)")
        }
    }

    @Test(
        "No saboteur that a case declares would change nothing",
        arguments: Suite.peer.filter { $0.id.count % 3 == 0 }
    )
    func declaredOnesAreNotSpared(_ subject: Case) {
        let rehearsals = SimulatedPeers.Rehearsals(PeerSaboteur.all)
        _ = run(subject, SimulatedPeers(rehearsals: rehearsals))
        let spared = rehearsals.unchanging.map(\.name)
        #expect(Set(spared).isDisjoint(with: subject.saboteurs))
    }

    @Test("A run that takes notes is the same as one that takes none")
    func notesChangeNothing() throws {
        let subject = try #require(Suite.peer.first { $0.id == "peer/foundation/is-fed" })
        let results = [SimulatedPeers.Rehearsals(PeerSaboteur.all), nil].map {
            run(subject, SimulatedPeers(rehearsals: $0))
        }
        #expect(results[0].transcript == results[1].transcript)
    }
}
