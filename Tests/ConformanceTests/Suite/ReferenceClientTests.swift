import Conformance
import Fixtures
import Testing

/// The reference client keeps the rules for clients, and the survey of clients finds out what it can do.
struct ReferenceClientTests {
    @Test("The reference client keeps the rule", arguments: Suite.client)
    func conforms(_ subject: Case) {
        let result = Checker(arena: SimulatedClients.reference(), survey: .assumed).runBlocking(subject)
        #expect(result.verdict == .passed, "\(FailureBlock(result))")
    }

    @Test("The survey finds out what the reference client can do")
    func survey() throws {
        let survey = try Checker(arena: SimulatedClients.reference()).survey
        #expect(survey.obstacle == nil)
        #expect(survey.capabilities == [.sessions])
        #expect(survey.echoesPings && survey.followsRedirects)
    }

    @Test("The survey finds out what a saboteur's client does not do")
    func poorSurvey() throws {
        #expect(try !Checker(arena: SimulatedClients.reference("client-ping-reply-empty")).survey.echoesPings)
        #expect(try !Checker(arena: SimulatedClients.reference("redirects-ignored")).survey.followsRedirects)
        let mute = try Checker(arena: SimulatedClients.reference("rhello-ignored")).survey
        #expect(mute.obstacle != nil && mute.capabilities.isEmpty)
    }

    @Test("Without a client there is nothing to survey")
    func absent() {
        #expect(throws: Unreachable.self) { try Checker(arena: SimulatedClients(kind: .worthless(.silent))) }
    }
}
