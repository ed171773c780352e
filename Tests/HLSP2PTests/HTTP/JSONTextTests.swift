import Testing

@testable import HLSP2P

struct JSONTextTests {
    @Test(arguments: [
        ("[]", JSONText.array([])), (" [ \"a\" , \"b\" ]\n", .array([.string("a"), .string("b")])),
        ("17", .number("17")),
        ("-0.50e+3", .number("-0.50e3")), ("null", .null), ("true", .boolean(true)),
        ("\"\\u00e4\\ud83c\\udfac\\n\\/\"", .string("ä🎬\n/")),
        (
            "{\"a\":1,\"a\":[null]}",
            .object([.init(name: "a", value: .number("1")), .init(name: "a", value: .array([.null]))])
        ),
    ])
    func valid(_ text: String, _ value: JSONText) throws {
        #expect(try JSONText(parsing: Array(text.utf8)) == value)
    }

    @Test(arguments: [
        "", " ", "[", "[1,]", "[,]", "['a']", "[1 2]", "01", "+1", ".5", "1.", "1e", "nul", "\"", "\"\u{1}\"",
        "\"\\x\"",
        "\"\\u12\"", "\"\\ud83c\"", "{\"a\"}", "{a:1}", "[] []", "\u{feff}[]", "NaN", "undefined", "{\"a\":1,}",
    ])
    func invalid(_ text: String) {
        #expect(throws: JSONText.Flaw.self) { try JSONText(parsing: Array(text.utf8)) }
    }

    @Test("What is not UTF-8, or nested without end, is an error")
    func hostile() {
        #expect(throws: JSONText.Flaw.self) { try JSONText(parsing: [0x22, 0xff, 0x22]) }
        #expect(throws: JSONText.Flaw.self) { try JSONText(parsing: [UInt8](repeating: 0x5b, count: 100_000)) }
    }
}
