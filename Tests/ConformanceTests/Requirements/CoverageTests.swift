import Testing

@testable import Conformance

struct CoverageTests {
    private let coverage = Coverage(of: Suite.all)

    @Test("Every requirement is claimed, or it is written down why not")
    func settled() {
        for requirement in Requirements.all where coverage.cases(claiming: requirement).isEmpty {
            #expect(coverage.reason(requirement) != nil, "\(requirement.id): \(requirement.statement)")
        }
    }

    @Test("No reason is kept for a requirement that is claimed or does not exist", arguments: Unclaimed.particular.keys)
    func noStaleReason(_ id: String) throws {
        let requirement = try #require(Requirements.requirement(id))
        #expect(coverage.cases(claiming: requirement).isEmpty)
    }

    @Test("The counts add up to the registry")
    func counts() {
        #expect(coverage.counts.reduce(0) { $0 + $1.total } == Requirements.all.count)
        #expect(coverage.counts.allSatisfy { $0.claimed <= $0.total })
        let claimed = Set(Suite.all.flatMap(\.requirements))
        #expect(coverage.counts.reduce(0) { $0 + $1.claimed } == claimed.count)
    }

    @Test("Without cases nothing is claimed")
    func nothing() {
        #expect(Coverage(of: []).counts.allSatisfy { $0.claimed == 0 })
    }
}
