import Conformance
import Fixtures
import Testing

/// What anybody writes who tests a server of their own with this library; here the server is the reference.
// One case after another: some measure how a window grows, which relayed media of others keep small (RFC 7016 Appendix A).
@Suite(.serialized)
struct EmbeddedReferenceTests {
    private static let reference = Result { try ReferenceDeployment() }
    // Others may run beside these: patience costs nothing where answers come.
    private static let checker = Result {
        try Checker(target: "\(reference.get().address)", options: Checker.Options(timeoutScale: 5))
    }

    @Test("The reference keeps the rule", arguments: Suite.rendezvous)
    func conforms(_ subject: Case) async throws {
        let checker = try Self.checker.get()
        let result = await checker.run(subject)
        #expect(result.verdict == .passed || result.verdict == .tolerated, "\(FailureBlock(result))")
    }

    @Test("The survey finds out what the reference can do")
    func survey() throws {
        let survey = try Self.checker.get().survey
        #expect(survey.obstacle == nil)
        let ofOthers = Capability.ofTrackers.union([.asksForStreams, .offersStreams, .staging])
        #expect(survey.capabilities == Set(Capability.allCases).subtracting(ofOthers))
    }
}
