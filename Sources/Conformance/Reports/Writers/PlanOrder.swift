/// Puts the results of cases that ran side by side into the order of the plan, so that reports do not depend on jobs.
///
/// A plan for several targets names each case once for each; their results take those places one after the other.
struct PlanOrder: Sendable {
    private var places: [String: ArraySlice<Int>]
    private var waiting: [Int: CaseResult] = [:]
    private var strangers: [CaseResult] = []
    private var next = 0

    init(_ cases: [String] = []) {
        places = Dictionary(grouping: cases.indices) { cases[$0] }.mapValues { $0[...] }
    }

    /// Takes a result, and gives those that nothing in the plan stands before any more.
    mutating func add(_ result: CaseResult) -> [CaseResult] {
        guard let place = places[result.id]?.popFirst() else {
            strangers.append(result)
            return []
        }
        waiting[place] = result
        var ready: [CaseResult] = []
        while let result = waiting.removeValue(forKey: next) {
            ready.append(result)
            next += 1
        }
        return ready
    }

    /// Gives what is left once nothing more comes, in order; cases that are not in the plan come last.
    mutating func rest() -> [CaseResult] {
        defer {
            waiting = [:]
            strangers = []
        }
        return waiting.sorted { $0.key < $1.key }.map(\.value) + strangers
    }
}
