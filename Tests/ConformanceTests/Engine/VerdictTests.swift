import Arenas
import Fixtures
import RTMFP
import Testing

@testable import Conformance

/// What becomes of a case, depending on what its body does and what the target does meanwhile.
struct VerdictTests {
    private func verdict(_ subject: Case, _ saboteur: String? = nil) -> CaseResult {
        Checker(arena: SimulatedServers.reference(saboteur), survey: .assumed).runBlocking(subject)
    }

    private func subject(
        needs: Set<Capability> = [],
        accepts: [Case.Alternative] = [],
        _ body: Body
    ) -> Case {
        Case("rendezvous/test/case", "A case.", [], needs: needs, accepts: accepts, saboteurs: [], body)
    }

    @Test("A body that finds nothing wrong passes")
    func passed() {
        #expect(verdict(subject(.startup { _ in })).verdict == .passed)
    }

    @Test("What a body misses fails the case, and is told")
    func failed() {
        let result = verdict(subject(.startup { _ in throw Unmet(expected: "this", actual: "that") }))
        #expect(result.verdict == .failed)
        #expect(result.expected == "this")
        #expect(result.actual == "that")
        #expect(!result.transcript.isEmpty)
        #expect(result.reproduce.contains("rendezvous/test/case"))
    }

    @Test("An alternative that the case accepts is tolerated, any other is an error")
    func tolerated() {
        let alternative = Case.Alternative("other", "§1 permits it.")
        let body = Body.startup { _ in throw Settled(alternative: "other") }
        let result = verdict(subject(accepts: [alternative], body))
        #expect(result.verdict == .tolerated)
        #expect(result.note == "§1 permits it.")
        #expect(verdict(subject(body)).verdict == .error)
    }

    @Test("What a body builds on and does not judge blocks the case")
    func blockedInBody() {
        let body = Body.startup { _ in try given { throw Unmet(expected: "this", actual: "that") } }
        #expect(verdict(subject(body)).verdict == .blocked)
    }

    @Test("A target that does not even greet blocks the case")
    func blockedBefore() {
        #expect(verdict(subject(.startup { _ in }), "mute-to-ihello").verdict == .blocked)
        #expect(verdict(subject(.session { _ in }), "mute-to-ping").verdict == .blocked)
    }

    @Test("A target that dies during the body has crashed")
    func crashed() {
        let body = Body.startup { probe in
            let hello = IHello(endpointDiscriminator: EndpointDiscriminator(uri: "").encoded, tag: probe.octets(16))
            try probe.peer().say([.initiatorHello(hello)])
        }
        #expect(verdict(subject(body), "odd-uri-kills").verdict == .crashed)
        #expect(verdict(subject(body)).verdict == .passed)
    }

    @Test("A case that needs what the target lacks is unsupported and not run")
    func unsupported() {
        var survey = Survey.assumed
        survey.capabilities.remove(.group14)
        let body = Body.startup { _ in throw Unmet(expected: "", actual: "") }
        let result = Checker(arena: SimulatedServers.reference(), survey: survey)
            .runBlocking(subject(needs: [.group14], body))
        #expect(result.verdict == .unsupported)
        #expect(result.note?.contains("group14") == true)
    }

    @Test("A body without evidence is undecided; one that fails in another way is the checker's fault")
    func undecided() {
        struct Surprise: Error {}
        #expect(verdict(subject(.startup { _ in throw Inconclusive(reason: "dark") })).verdict == .undecided)
        #expect(verdict(subject(.startup { _ in throw Surprise() })).verdict == .error)
    }

    @Test("An answer to what must be ignored fails the case; none passes it")
    func silence() {
        let answered = Body.startupIgnored { probe in try probe.peer().say(probe.helloPacket()) }
        #expect(verdict(subject(answered)).verdict == .failed)
        let ignored = Body.startupIgnored { probe in try probe.peer().say([1, 2, 3], "three octets") }
        #expect(verdict(subject(ignored)).verdict == .passed)
    }

    @Test("A session that is gone after the body fails the case")
    func goneAfterwards() {
        let body = Body.session { session in try session.say([.sessionCloseAcknowledgement]) }
        #expect(verdict(subject(body)).verdict == .failed)
    }

    @Test("A target that talks without end runs a case out of its time, not the machine out of memory")
    func endless() {
        let body = Body.startup { probe in
            let peer = try probe.peer()
            while true {
                try peer.say(probe.helloPacket())
                _ = try peer.hear(until: peer.now + .milliseconds(5))
            }
        }
        #expect(verdict(subject(body)).verdict == .undecided)
    }

    @Test("The same seed brings the same exchange, another seed another one")
    func reproducible() {
        let subject = Suite.foundation[1]
        func transcript(_ seed: UInt64) -> [CaseResult.TranscriptLine] {
            Checker(arena: SimulatedServers.reference(), survey: .assumed, options: .init(seed: seed))
                .runBlocking(subject).transcript
        }
        #expect(transcript(5) == transcript(5))
        #expect(transcript(5) != transcript(6))
    }

    @Test("One job or many, the verdicts are the same", arguments: [1, 2, 8])
    func jobs(_ jobs: Int) {
        let checker = Checker(
            arena: SimulatedServers.reference("keys-swapped"),
            survey: .assumed,
            options: .init(jobs: jobs)
        )
        let cases = Suite.foundation + PacketCases.all
        let results = checker.run(cases)
        #expect(results.map(\.id) == cases.map(\.id))
        #expect(results.map(\.verdict) == cases.map { checker.runBlocking($0).verdict })
    }

    @Test("After the target has died the remaining cases are not run")
    func notRun() {
        let killer = subject(
            .startup { probe in
                let hello = IHello(endpointDiscriminator: EndpointDiscriminator(uri: "").encoded, tag: probe.octets(16))
                try probe.peer().say([.initiatorHello(hello)])
            }
        )
        let world = Result { try SimulatedWorld.reference(seed: 1, saboteur: Saboteur.named("odd-uri-kills")) }
        let arena = SimulatedServers { _ in try world.get() }
        let results = Checker(arena: arena, survey: .assumed).run([killer] + Suite.foundation)
        #expect(results.first?.verdict == .crashed)
        #expect(results.dropFirst().allSatisfy { $0.verdict == .undecided })
        #expect(results.count == Suite.foundation.count + 1)
    }
}
