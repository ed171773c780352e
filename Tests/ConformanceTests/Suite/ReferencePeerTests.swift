import Arenas
import Fixtures
import Links
import RTMFP
import Testing

@testable import Conformance

/// The reference peer keeps the rules for peers, and nobody does whom a case calls its saboteur.
struct ReferencePeerTests {
    @Test("The reference peer keeps the rule", arguments: Suite.peer)
    func conforms(_ subject: Case) {
        let result = Checker(arena: SimulatedPeers.reference(), survey: .assumed).runBlocking(subject)
        #expect(result.verdict == .passed, "\(FailureBlock(result))")
    }

    @Test("The case turns red against each of its saboteurs", arguments: Suite.peer)
    func isProven(_ subject: Case) {
        for name in subject.saboteurs {
            let result = Checker(arena: SimulatedPeers.reference(name), survey: .assumed).runBlocking(subject)
            #expect(result.verdict.isRed, "\(name): \(FailureBlock(result))")
        }
    }

    @Test("A peer of which nothing is left passes nothing", arguments: Suite.peer)
    func isWorthMore(_ subject: Case) {
        for worthless in PeerSaboteur.worthless {
            let result = Checker(arena: SimulatedPeers(saboteur: worthless), survey: .assumed).runBlocking(subject)
            #expect(result.verdict != .passed && result.verdict != .tolerated, "\(worthless.name)")
        }
    }

    /// In real time nobody knows where in a segment a peer sets out, nor how long things take.
    @Test(
        "The verdict does not depend on when a peer sets out",
        arguments: Suite.peer,
        [30, 510, 990, 1_250, 1_730].map(Interval.milliseconds)
    )
    func isPunctual(_ subject: Case, _ lateness: Interval) {
        var arena = SimulatedPeers()
        arena.lateness = lateness
        arena.conditions = Conditions {
            $0.delay = .milliseconds(1)
            $0.jitter = .milliseconds(20)
        }
        let result = Checker(arena: arena, survey: .assumed).runBlocking(subject)
        #expect(result.verdict == .passed, "\(lateness.seconds) s late: \(FailureBlock(result))")
    }

    @Test("A run of a case repeats to the millisecond")
    func repeats() throws {
        let subject = try #require(Suite.peer.first { $0.id == "peer/repair/resumes" })
        let results = (0..<2).map { _ in
            Checker(arena: SimulatedPeers.reference(), survey: .assumed).runBlocking(subject)
        }
        #expect(results[0].transcript == results[1].transcript)
        #expect(results[0].durationMilliseconds == results[1].durationMilliseconds)
    }

    @Test("A peer that does not come is unreachable")
    func absent() {
        #expect(throws: Unreachable.self) { try Checker(arena: SimulatedPeers.reference("peer-mute")) }
    }

    @Test(
        "A command for peers says where the URLs go",
        arguments: ["true", "peer {m3u8_url}", "peer {rtmfp_url} {m3u8_url}"]
    )
    func malformed(_ command: String) {
        #expect(throws: ExecutedPeers.Malformed.self) { try ExecutedPeers(command: command) }
    }
}
