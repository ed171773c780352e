import Conformance
import Testing

@Suite("Patterns for the ids of cases")
struct IDPatternTests {
    struct Row: CustomTestStringConvertible {
        var pattern: IDPattern
        var id: String
        var matches: Bool

        init(_ pattern: IDPattern, _ id: String, _ matches: Bool) {
            self.pattern = pattern
            self.id = id
            self.matches = matches
        }

        var testDescription: String { "\(pattern) \(matches ? "matches" : "does not match") \(id)" }
    }

    static let rows = [
        Row("a/b/c", "a/b/c", true),
        Row("a/b/c", "a/b/cd", false),
        Row("a/b/c", "a/b", false),
        Row("a/b", "a/b/c", true),
        Row("a/b/", "a/b/c", true),
        Row("a/b", "a/bc/d", false),
        Row("", "a", false),
        Row("/", "a", false),
        Row("*", "", true),
        Row("*", "a/b/c", true),
        Row("**", "a/b/c", true),
        Row("a/*", "a/b/c", true),
        Row("a/*/c", "a/b/c", true),
        Row("a/*/c", "a/b/b/c", true),
        Row("a/*/c", "a/c", false),
        Row("*b*", "a/b/c", true),
        Row("*x*", "a/b/c", false),
        Row("a/b*", "a/b", true),
        Row("a/?/c", "a/b/c", true),
        Row("a/?/c", "a//c", false),
        Row("a/b/??", "a/b/c", false),
        Row("*/tag-?", "x/y/tag-1", true),
        Row("*ab", "aab", true),
        Row("*ab*ab", "abab", true),
        Row("*ab*ab", "ab", false),
        Row("A/*", "a/b", false),
        Row("*é", "caf\u{e9}", true),
    ]

    @Test(arguments: rows)
    func matching(_ row: Row) {
        #expect(row.pattern.matches(row.id) == row.matches)
    }

    /// A matcher that tries every way for every star would not come back from this one.
    @Test
    func manyStars() {
        let pattern = IDPattern(String(repeating: "*a", count: 40) + "b")
        #expect(!pattern.matches(String(repeating: "a", count: 2000)))
    }

    static let ids = [
        "rendezvous/startup/tag-of-8-octets-echoed",
        "rendezvous/startup/rhello-has-a-cookie",
        "rendezvous/session/ping-echoes-message",
        "rendezvous/close/close-is-acknowledged",
    ]

    @Test(arguments: [
        ("rendezvous/startup/rhello-has-cookie", "rendezvous/startup/rhello-has-a-cookie"),
        ("rendezvous/strtup/rhello-has-a-cookie", "rendezvous/startup/rhello-has-a-cookie"),
        ("ping-echos-message", "rendezvous/session/ping-echoes-message"),
        ("rendesvous/close/*", "rendezvous/close/close-is-acknowledged"),
        ("*acknowleged", "rendezvous/close/close-is-acknowledged"),
        ("tag-of-9-octets-echoed", "rendezvous/startup/tag-of-8-octets-echoed"),
    ])
    func nearest(_ pattern: String, _ id: String) {
        #expect(IDPattern(pattern).nearest(in: Self.ids).first == id)
    }

    @Test
    func nearestAlwaysNamesSomething() {
        #expect(IDPattern("zzz").nearest(in: Self.ids, limit: 2).count == 2)
        #expect(IDPattern("zzz").nearest(in: []).isEmpty)
        #expect(IDPattern("zzz").nearest(in: Self.ids, limit: 9).count == 4)
    }
}
