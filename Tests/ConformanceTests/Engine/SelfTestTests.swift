import Arenas
import Fixtures
import Testing

@testable import Conformance

/// The self-test must complain about everything that would make a case unworthy of trust.
struct SelfTestTests {
    private func complaints(
        _ cases: [Case],
        saboteurs: [String] = [],
        worthless: [WorthlessTarget] = []
    ) -> [String] {
        SelfTest(cases: cases).run(
            reference: SimulatedServers.reference(),
            saboteurs: saboteurs.map { .init(name: $0, arena: SimulatedServers.reference($0)) },
            worthless: worthless.map { .init(name: $0.rawValue, arena: SimulatedServers.worthless($0)) }
        ).complaints
    }

    private func subject(_ saboteurs: [String], _ body: Body, setting: Setting? = nil) -> Case {
        Case("rendezvous/test/case", "A case.", [], saboteurs: saboteurs, setting: setting, body)
    }

    private let mode0 = Suite.all.filter { $0.id == "rendezvous/packet/mode-0-discarded" }

    @Test("A case that is proven both ways brings no complaint")
    func proven() {
        #expect(complaints(mode0, saboteurs: ["mode-0-accepted"], worthless: WorthlessTarget.allCases) == [])
    }

    @Test("A case without a saboteur")
    func noSaboteur() {
        #expect(complaints([subject([], .startup { _ in })]).contains { $0.contains("has no saboteur") })
    }

    @Test("A saboteur that does not exist, and one that no case declares")
    func undeclared() {
        #expect(complaints(mode0).contains { $0.contains("there is no such saboteur") })
        let other = complaints(mode0, saboteurs: ["mode-0-accepted", "timestamp-required"])
        #expect(other.contains { $0.contains("no case declares this saboteur") })
    }

    @Test("A case that stays green against its saboteur")
    func staysGreen() {
        let blind = subject(["mode-0-accepted"], .startup { _ in })
        #expect(complaints([blind], saboteurs: ["mode-0-accepted"]).contains { $0.contains("against its saboteur") })
    }

    @Test("A case that turns red against somebody else's saboteur")
    func turnsRed() {
        let others = Suite.all.filter { $0.id == "rendezvous/packet/own-mark-ignored" }
        let found = complaints(
            mode0 + others,
            saboteurs: ["mode-0-accepted", "own-mark-accepted", "verification-unchecked"]
        )
        #expect(!found.contains { $0.contains("none of its saboteurs") })
        let careless = subject(["mode-0-accepted"], .session { session in try session.ping([]) })
        #expect(
            complaints([careless], saboteurs: ["mode-0-accepted", "empty-ping-ignored"])
                .contains { $0.contains("none of its saboteurs") }
        )
    }

    @Test("A case that fails the correct reference")
    func failsReference() {
        let wrong = subject(["mode-0-accepted"], .startup { _ in throw Unmet(expected: "", actual: "") })
        #expect(complaints([wrong]).contains { $0.contains("against the reference") })
    }

    @Test("A case that passes a target that implements nothing", arguments: WorthlessTarget.allCases)
    func passesNothing(_ target: WorthlessTarget) {
        // Without an exchange before and after it, no case could be believed.
        let hollow = Case(
            "rendezvous/test/case",
            "A case.",
            [],
            saboteurs: ["mode-0-accepted"],
            setting: .session,
            aftermath: .ping,
            .startup { _ in }
        )
        #expect(!complaints([hollow], worthless: [target]).contains { $0.contains("passed against") })
    }
}
