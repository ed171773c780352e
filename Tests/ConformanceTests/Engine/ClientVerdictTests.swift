import Arenas
import Fixtures
import RTMFP
import Testing

@testable import Conformance

/// What becomes of a case about clients, depending on what its body does and what the client does meanwhile.
struct ClientVerdictTests {
    private func verdict(_ subject: Case, _ kind: ClientWorld.Kind = .reference()) -> CaseResult {
        Checker(arena: SimulatedClients(kind: kind), survey: .assumed).runBlocking(subject)
    }

    private func sabotaged(_ name: String) throws -> ClientWorld.Kind {
        let saboteur: Saboteur = try #require(Saboteur.client(named: name))
        return .reference(saboteur)
    }

    private func subject(accepts: [Case.Alternative] = [], setting: Setting? = nil, _ body: Body) -> Case {
        .client("test/case", "A case.", [], accepts: accepts, saboteurs: [], setting: setting, body)
    }

    @Test("A body that finds nothing wrong passes, before the session and within it")
    func passed() {
        #expect(verdict(subject(.reception { _ in })).verdict == .passed)
        #expect(verdict(subject(.session { _ in })).verdict == .passed)
    }

    @Test("What a body misses fails the case; what comes after it is not in the transcript")
    func failed() {
        let result = verdict(subject(.reception { _ in throw Unmet(expected: "this", actual: "that") }))
        #expect(result.verdict == .failed)
        #expect(result.expected == "this")
        #expect(result.actual == "that")
        #expect(result.transcript.count == 1, "the IHello, but not the other client's session")
        #expect(result.suite == "client")
    }

    @Test("Where no client opens a session at all, a failure is another case's business")
    func blockedByFoundation() throws {
        let body = Body.reception { _ in throw Unmet(expected: "this", actual: "that") }
        #expect(verdict(subject(body), try sabotaged("rhello-ignored")).verdict == .blocked)
    }

    @Test("A client that does not come blocks the case", arguments: [WorthlessClient.silent, .babbling])
    func absent(_ client: WorthlessClient) {
        let result = verdict(subject(.reception { _ in }), .worthless(client))
        #expect(result.verdict == .blocked)
        #expect(result.expected == "an IHello")
    }

    @Test("A client that is gone after the body fails the case")
    func goneAfterwards() {
        let body = Body.session { session in try session.say([.sessionCloseAcknowledgement]) }
        let result = verdict(subject(body))
        #expect(result.verdict == .failed)
        #expect(result.expected?.contains("afterwards as before") == true)
    }

    @Test("A client that dies has crashed, whatever the body made of it")
    func crashed() throws {
        let early = Body.reception { reception in
            let initiation = try reception.greet()
            let session = try reception.session(initiation, reception.answer(initiation))
            try session.say([.ping(Ping(message: [1]))])
            try reception.door.wait(.milliseconds(10))
        }
        #expect(verdict(subject(early), try sabotaged("early-packet-kills")).verdict == .crashed)
        let settled = Body.reception { reception in
            let initiation = try reception.greet()
            let session = try reception.session(initiation, reception.answer(initiation))
            try session.say([.ping(Ping(message: [1]))])
            throw Settled(alternative: "other")
        }
        let accepts = [Case.Alternative("other", "§1 permits it.")]
        #expect(verdict(subject(accepts: accepts, settled), try sabotaged("early-packet-kills")).verdict == .crashed)
        #expect(verdict(subject(accepts: accepts, settled)).verdict == .tolerated)
    }

    @Test("An effect of what must be ignored fails the case; repeated startup chunks are none")
    func silence() {
        let answered = Body.receptionIgnored { reception in try reception.say(reception.welcome()) }
        #expect(verdict(subject(answered)).verdict == .failed)
        let repeated = Body.receptionIgnored { reception in try reception.door.wait(.seconds(2)) }
        #expect(verdict(subject(repeated)).verdict == .passed)
    }

    @Test("A client that cannot be called as the case wants it is not to blame")
    func uncallable() {
        let body = Body.startup { _ in throw CannotCall("no name here") }
        let result = verdict(subject(setting: .cold, body))
        #expect(result.verdict == .unsupported)
        #expect(result.note == "no name here")
    }

    @Test("One job or many, the verdicts are the same", arguments: [1, 4])
    func jobs(_ jobs: Int) throws {
        let arena = SimulatedClients(kind: try sabotaged("tag-of-4-octets"))
        let checker = Checker(arena: arena, survey: .assumed, options: .init(jobs: jobs))
        let cases = ClientFoundation.all + ClientHelloCases.all
        let results = checker.run(cases)
        #expect(results.map(\.verdict) == cases.map { checker.runBlocking($0).verdict })
        #expect(results.count { $0.verdict == .failed } == 1)
    }
}
