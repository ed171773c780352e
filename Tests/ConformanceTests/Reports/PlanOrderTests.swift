import Testing

@testable import Conformance

/// Results come in any order; reports have them in that of the plan.
struct PlanOrderTests {
    private func result(_ id: String, _ target: String? = nil) -> CaseResult {
        var result = CaseResult(
            Case("capture/test/\(id)", "A case.", [], role: .capture, saboteurs: [], .recorded { _ in }),
            verdict: .passed,
            reproduce: ""
        )
        result.target = target
        return result
    }

    private func ordered(_ plan: [String], _ results: [CaseResult]) -> [String] {
        var order = PlanOrder(plan.map { "capture/test/\($0)" })
        var ordered = results.flatMap { order.add($0) }
        ordered += order.rest()
        return ordered.map { ($0.id.split(separator: "/").last.map(String.init) ?? "") + ($0.target ?? "") }
    }

    @Test("Whatever comes too early waits")
    func waits() {
        #expect(ordered(["a", "b", "c"], ["c", "a", "b"].map { result($0) }) == ["a", "b", "c"])
        #expect(ordered(["a", "b", "c"], ["c", "b"].map { result($0) }) == ["b", "c"])
    }

    @Test("A plan for several targets has each case several times")
    func targets() {
        let results = ["1", "2", "3"].flatMap { target in ["a", "b"].map { result($0, target) } }
        #expect(ordered(["a", "b", "a", "b", "a", "b"], results) == ["a1", "b1", "a2", "b2", "a3", "b3"])
    }

    @Test("What is not in the plan comes last")
    func strangers() {
        #expect(ordered(["a"], ["x", "a"].map { result($0) }) == ["a", "x"])
        #expect(ordered(["a"], ["a", "a"].map { result($0) }) == ["a", "a"])
    }
}
