import Arenas
import Fixtures
import Testing

@testable import Conformance

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
        #expect(survey.capabilities == [.sessions, .netConnection, .asksForStreams, .offersStreams])
        #expect(survey.pings == .echoed && survey.followsRedirects)
    }

    @Test("The survey finds out what a saboteur's client does not do")
    func poorSurvey() throws {
        #expect(try Checker(arena: SimulatedClients.reference("client-ping-reply-empty")).survey.pings == .answered)
        #expect(try !Checker(arena: SimulatedClients.reference("redirects-ignored")).survey.followsRedirects)
        let mute = try Checker(arena: SimulatedClients.reference("rhello-ignored")).survey
        #expect(mute.obstacle != nil && mute.capabilities.isEmpty)
    }

    @Test("What a client does with streams is found out by the name that the run gives", arguments: ["check", "other"])
    func offeredStream(_ name: String) throws {
        let checker = try Checker(arena: SimulatedClients.reference(), options: .init(streamName: name))
        #expect(checker.survey.streamName == name)
        #expect(checker.survey.capabilities.contains(.offersStreams) == (name == "check"))
    }

    @Test("Cases about what a client does not do are unsupported, not failed")
    func unsupported() {
        var survey = Survey.assumed
        survey.capabilities = [.sessions]
        let checker = Checker(arena: SimulatedClients.reference(), survey: survey)
        for subject in ClientKeepaliveCases.all + ClientPeerStreamCases.all + ClientReturnFlowCases.all {
            #expect(checker.runBlocking(subject).verdict == .unsupported, "\(subject.id)")
        }
    }

    @Test("Without a client there is nothing to survey")
    func absent() {
        #expect(throws: Unreachable.self) { try Checker(arena: SimulatedClients(kind: .worthless(.silent))) }
    }
}
