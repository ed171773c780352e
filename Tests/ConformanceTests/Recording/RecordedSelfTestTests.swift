import Capture
import Fixtures
import Testing

@testable import Conformance

/// The cases over recordings are proven, and the proof complains about those that would not deserve trust.
struct RecordedSelfTestTests {
    private static let saboteurs = RecordedSaboteur.all.map { saboteur in
        RecordedSelfTest.Subject(name: saboteur.name) { saboteur.recording }
    }

    private func complaints(_ cases: [Case], _ saboteurs: [String]) -> [String] {
        RecordedSelfTest(cases: cases).run(
            reference: RecordedSaboteur.referenceRecording,
            saboteurs: Self.saboteurs.filter { saboteurs.contains($0.name) }
        ).complaints
    }

    private func subject(
        _ saboteurs: [String],
        _ body: @escaping @Sendable (RecordedImplementation) throws -> Void
    ) -> Case {
        .recorded("test/case", "A case.", [], saboteurs: saboteurs, body)
    }

    @Test("Every case is proven both ways")
    func proven() {
        let outcome = RecordedSelfTest(cases: Suite.capture).run(
            reference: RecordedSaboteur.referenceRecording,
            saboteurs: Self.saboteurs
        )
        #expect(outcome.complaints == [])
    }

    @Test(
        "What reference endpoints say to each other breaks no rule",
        arguments: [0, 20, 50, 100, 200],
        [1, 2, 3] as [UInt64]
    )
    func tapped(_ disturbance: Int, _ seed: UInt64) throws {
        let packets = try TappedExchange.recording(disturbance: disturbance, seed: seed)
        let results = Judge(Recording(packets), command: "").run(Suite.capture)
        let red = results.filter { ![.passed, .tolerated, .undecided].contains($0.verdict) }
        #expect(red.isEmpty, "\(red.map { FailureBlock($0).description }.joined(separator: "\n"))")
        // It is not for want of evidence.
        let passed = Set(results.filter { $0.verdict == .passed }.map(\.id))
        #expect(passed.count >= 30)
        #expect(passed.contains("capture/flow/abandoned-without-octets"))
        #expect(passed.contains("capture/flow/messages-in-contiguous-fragments"))
    }

    @Test("A case that stays green over its saboteur")
    func staysGreen() {
        let blind = subject(["empty-packet"]) { _ in }
        #expect(complaints([blind], ["empty-packet"]) == ["capture/test/case: green over its saboteur empty-packet"])
    }

    @Test("A case that turns red over somebody else's saboteur")
    func turnsRed() {
        let own = Suite.capture.filter { $0.id == "capture/packet/has-a-chunk" }
        let careless = subject(["padding-of-a-block"]) { implementation in
            for packet in implementation.sent {
                try packet.require(packet.padding.count < 16 && !packet.chunks.isEmpty, expected: "", actual: "")
            }
        }
        let found = complaints(own + [careless], ["empty-packet", "padding-of-a-block"])
        #expect(found.count == 1)
        #expect(found.first?.contains("none of its saboteurs") ?? false)
    }

    @Test("A case that the reference recording breaks, or that nothing in it decides")
    func reference() {
        let wrong = subject(["empty-packet"]) { implementation in
            try implementation.sent.first?.require(false, expected: "this", actual: "that")
        }
        #expect(complaints([wrong], ["empty-packet"]).contains { $0.contains("failed") })
        let idle = subject(["empty-packet"]) { _ in throw Inconclusive(reason: "no evidence") }
        #expect(
            complaints([idle], ["empty-packet"]).contains { $0.contains("nobody in the reference recording passes") }
        )
    }
}
