import Testing

@testable import Conformance

/// Peers in somebody else's swarm, whom the rendezvous there introduces.
struct IntroducedPeerTests {
    private static let sessionsSuffice = Suite.peer.filter(\.needs.isEmpty)

    @Test("Most of what is said between peers is judged", arguments: ["session/", "form/", "window/", "abuse/"])
    func breadth(_ area: String) {
        #expect(Self.sessionsSuffice.contains { $0.id.hasPrefix("peer/\(area)") })
        #expect(Self.sessionsSuffice.count > 120)
    }

    @Test("The reference peer keeps the rule there as well", arguments: sessionsSuffice)
    func conforms(_ subject: Case) throws {
        let result = try Checker(arena: SimulatedIntroduction()).runBlocking(subject)
        #expect(result.verdict == .passed, "\(FailureBlock(result))")
    }

    @Test("What needs a hand in the swarm is unsupported, and it is said why")
    func unsupported() throws {
        let checker = try Checker(arena: SimulatedIntroduction())
        for subject in Suite.peer where !subject.needs.isEmpty {
            let result = checker.runBlocking(subject)
            #expect(result.verdict == .unsupported, "\(subject.id)")
            #expect(result.note?.contains("rendezvous, tracker and origin") ?? false, "\(subject.id)")
        }
    }

    @Test(
        "Faults are seen there as well",
        arguments: [
            ("session/close-is-minded", "close-ignored"), ("session/streams-stay-open", "public-subscription-dropped"),
            ("form/type-18", "type-18-lost"), ("request/speed-test", "speed-test-time-a-number"),
            ("confirm/of-a-push", "nothing-confirmed"), ("window/ping-does-not-wait", "ping-waits"),
        ]
    )
    func turnsRed(_ name: String, _ saboteur: String) throws {
        let subject = try #require(Suite.peer.first { $0.id == "peer/\(name)" })
        let result = try Checker(arena: SimulatedIntroduction(saboteur: saboteur)).runBlocking(subject)
        #expect(result.verdict == .failed, "\(FailureBlock(result))")
    }

    @Test("Of a peer that does not survive a case it is said that it stopped answering")
    func crashes() throws {
        let subject = try #require(Suite.peer.first { $0.id == "peer/form/ignores-number" })
        let saboteur = "dies-of-senseless-messages"
        let result = try Checker(arena: SimulatedIntroduction(saboteur: saboteur)).runBlocking(subject)
        #expect(result.verdict == .crashed, "\(FailureBlock(result))")
    }

    @Test("An ID that nobody has is unreachable")
    func absent() {
        let error = #expect(throws: Unreachable.self) {
            try Checker(arena: SimulatedIntroduction(asksForNobody: true))
        }
        #expect(error?.reason.contains("introduces nobody with that ID") ?? false)
    }

    @Test("So is a peer whose rendezvous does not answer")
    func noRendezvous() {
        let error = #expect(throws: Unreachable.self) {
            try Checker(arena: SimulatedIntroduction(hasRendezvous: false))
        }
        #expect(error?.reason.contains("lets nobody in") ?? false)
    }
}
