import Conformance
import Testing

@Suite("Exit statuses")
struct RunStatusTests {
    struct Row: CustomTestStringConvertible {
        var verdicts: [(Verdict, Case.Level)]
        var ending = RunSummary.Ending.complete
        var problems: [String] = []
        var hindrance: RunStatus?
        var status: RunStatus

        var testDescription: String { "\(verdicts.map { "\($0.0) \($0.1.rawValue)" }), \(ending): \(status)" }
    }

    static let rows = [
        Row(verdicts: [], status: .undecided),
        Row(verdicts: [(.passed, .must)], status: .asExpected),
        Row(verdicts: [(.tolerated, .must)], status: .asExpected),
        Row(verdicts: [(.passed, .must), (.failed, .must)], status: .violated),
        Row(verdicts: [(.passed, .must), (.crashed, .must)], status: .violated),
        Row(verdicts: [(.failed, .should)], status: .asExpected),
        Row(verdicts: [(.failed, .may), (.failed, .observed), (.crashed, .should)], status: .asExpected),
        Row(verdicts: [(.failed, .should), (.failed, .must)], status: .violated),
        Row(verdicts: [(.unsupported, .must)], status: .undecided),
        Row(verdicts: [(.unsupported, .must), (.undecided, .must)], status: .undecided),
        Row(verdicts: [(.passed, .must), (.unsupported, .must), (.undecided, .must)], status: .asExpected),
        Row(verdicts: [(.passed, .must), (.blocked, .must)], status: .undecided),
        Row(verdicts: [(.failed, .must), (.blocked, .must)], status: .violated),
        Row(verdicts: [(.passed, .must), (.error, .may)], status: .internalError),
        Row(verdicts: [(.failed, .must), (.error, .must)], status: .violated),
        Row(verdicts: [(.error, .must), (.blocked, .must)], status: .internalError),
        Row(verdicts: [(.passed, .must)], problems: ["it breaks off"], status: .badData),
        Row(verdicts: [(.undecided, .must)], problems: ["it breaks off"], status: .badData),
        Row(verdicts: [(.failed, .must)], problems: ["it breaks off"], status: .violated),
        Row(verdicts: [(.passed, .must)], ending: .interrupted, problems: ["it breaks off"], status: .interrupted),
        Row(verdicts: [(.blocked, .must)], hindrance: .unreachable, status: .unreachable),
        Row(verdicts: [(.blocked, .must)], problems: ["it breaks off"], hindrance: .unreachable, status: .unreachable),
        Row(verdicts: [(.failed, .must)], hindrance: .cannotWrite, status: .cannotWrite),
        Row(verdicts: [(.passed, .must)], ending: .timeLimit, status: .timeLimit),
        Row(verdicts: [(.failed, .must)], ending: .timeLimit, status: .timeLimit),
        Row(verdicts: [], ending: .interrupted, status: .interrupted),
        Row(verdicts: [(.failed, .must)], ending: .interrupted, status: .interrupted),
    ]

    @Test(arguments: rows)
    func ofARun(_ row: Row) {
        let results = row.verdicts.map { Samples.result($0.0, level: $0.1) }
        var summary = RunSummary(results, planned: results.count, ending: row.ending, durationMilliseconds: 0)
        (summary.problems, summary.hindrance) = (row.problems, row.hindrance)
        #expect(RunStatus(summary) == row.status)
    }

    @Test
    func numbers() {
        #expect(RunStatus.allCases.map(\.rawValue) == [0, 1, 2, 64, 65, 69, 70, 73, 124, 130])
    }
}
