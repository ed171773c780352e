import Testing

@testable import Conformance

@Suite("Which cases run")
struct SelectionTests {
    static func fake(_ id: String, _ level: Case.Level) -> Case {
        Case(id, "A rule.", [], level: level, saboteurs: ["none"], .startup { _ in })
    }

    static let cases = [
        fake("r/a/one", .must), fake("r/a/two", .should), fake("r/b/three", .may), fake("r/b/four", .observed),
    ]

    func ids(_ selection: Selection) throws -> [String] {
        try selection.select(from: Self.cases).map(\.id)
    }

    @Test
    func everythingUnlessToldOtherwise() throws {
        #expect(try ids(Selection()) == ["r/a/one", "r/a/two", "r/b/three", "r/b/four"])
    }

    @Test
    func patternsAddUpInTheOrderOfTheSuite() throws {
        #expect(try ids(Selection(patterns: ["r/b/three", "*one"])) == ["r/a/one", "r/b/three"])
    }

    @Test
    func skippedOnesAreLeftOut() throws {
        #expect(try ids(Selection(patterns: ["r/a"], skipped: ["*two"])) == ["r/a/one"])
    }

    @Test(arguments: zip(Case.Level.allCases, 1...4))
    func levelsTakeInWhatIsMoreBinding(_ level: Case.Level, _ count: Int) throws {
        #expect(try ids(Selection(weakest: level)).count == count)
    }

    @Test
    func everyPatternMustMatch() {
        #expect(throws: SelectionError.noMatch("r/c", nearest: ["r/a/one", "r/a/two", "r/b/four"])) {
            try ids(Selection(patterns: ["r/a/*", "r/c"]))
        }
        #expect(throws: SelectionError.self) { try ids(Selection(skipped: ["r/c"])) }
    }

    @Test
    func nothingLeftIsAnError() {
        #expect(throws: SelectionError.nothingLeft) { try ids(Selection(patterns: ["r/b"], weakest: .must)) }
        #expect(throws: SelectionError.nothingLeft) { try ids(Selection(skipped: ["*"])) }
    }
}
