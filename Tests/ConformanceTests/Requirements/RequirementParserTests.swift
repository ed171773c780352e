import Testing

@testable import Conformance

@Suite("The notation of the registry")
struct RequirementParserTests {
    static let good = """
        § RFC 7016 | 1.2 | Q-001
        X-1 | MUST NOT | sender | chunk | active-server | security
        = One sentence
          on two lines.
        ? an idea

        X-2 | FACT | peer | swarm | untestable | -
        = Another.
        - nobody can see it
        """

    func parse(_ text: String) -> RequirementParser {
        var parser = RequirementParser()
        parser.parse(text)
        return parser
    }

    @Test
    func blocks() throws {
        let parser = parse(Self.good)
        #expect(parser.problems == [])
        #expect(parser.requirements.map(\.id) == ["X-1", "X-2"])
        let first = try #require(parser.requirements.first)
        #expect(first.statement == "One sentence on two lines.")
        #expect(first.keyword == .mustNot)
        #expect(first.testIdea == "an idea")
        #expect(first.violation == nil)
        #expect(first.severity == .security)
        let second = try #require(parser.requirements.last)
        #expect(second.citation == "RFC 7016 §1.2")
        #expect(second.related == "Q-001")
        #expect(second.untestableReason == "nobody can see it")
        #expect(second.severity == nil)
    }

    /// Each one edit away from the good text.
    @Test(arguments: [
        ("MUST NOT", "MUSTN'T"), ("sender", "postman"), ("| chunk", "| lump"), ("active-server", "active"),
        ("security", "grave"), (" | security", ""), ("= One", "One"), ("? an idea", "= again"), ("? an idea", "?idea"),
        ("? an idea", "? "), ("= One sentence\n  on two lines.\n", ""), ("? an idea", "- not untestable"),
        ("- nobody can see it", "! no reason"), ("§ RFC 7016 | 1.2 | Q-001\n", ""), ("\n\nX-2", "\nX-2"),
    ])
    func whatIsWrongIsTold(_ part: String, _ other: String) {
        let text = Self.good.replacing(part, with: other)
        #expect(text != Self.good)
        let parser = parse(text)
        #expect(!parser.problems.isEmpty)
        #expect(parser.requirements.count < 2)
    }
}
