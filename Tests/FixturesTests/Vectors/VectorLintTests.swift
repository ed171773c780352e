import Conformance
import Fixtures
import Foundation
import Testing

/// What may not be in a file that is published as this project's.
@Suite struct VectorLintTests {
    static let requirements = Set(Requirements.all.map(\.id))
    static let sections = Set(Requirements.all.map(\.citation))
    static let path = "rtmfp/option-list.generated.json"

    static func findings(_ text: String, path: String = path, retired: Set<String> = []) throws -> [String] {
        let file = try VectorFile(path: path, text: Array(text.utf8))
        let strict = VectorLint.releaseFindings(
            in: [file],
            requirements: requirements,
            sections: sections,
            retired: retired
        )
        return (VectorLint.findings(in: [file]) + strict).map(\.description)
    }

    static func text() throws -> String {
        try String(contentsOf: VectorTests.folder.appending(path: path), encoding: .utf8)
    }

    @Test func nothingIsWrongWithWhatIsPublished() throws {
        let files = try Vectors.embedded.map { try $0.content.get() }
        let retired = Vectors.retired(in: VectorTests.folder.path)
        let findings = VectorLint.releaseFindings(
            in: files,
            requirements: Self.requirements,
            sections: Self.sections,
            retired: retired
        )
        #expect(findings == [])
    }

    /// Each of these edits breaks one rule.
    @Test(arguments: [
        ("RFC7016-2.1.4-01", "RFC7016-2.1.4-99", "names a requirement that there is none of: RFC7016-2.1.4-99"),
        (#""result": "valid","#, #""result": "valid", "extra": 1,"#, "extra: may not be there"),
        (#""consumed": 1,"#, #""consumed": "1","#, "is not of type"),
        (#""consumed": 1,"#, "", "lacks consumed"),
        (#""error": "truncated","#, #""error": "broken","#, "is no class of errors"),
        (#""error": "truncated","#, "", "does not say with what class of error"),
        (#""confirmation": "recipe""#, #""confirmation": "rumour""#, "is none of the permitted values"),
        (#""id": "option-list.0""#, #""id": "Option-list.0""#, "Option-list.0 is not an ID"),
        (#""id": "option-list.0""#, #""id": """#, "is not an ID"),
        (#"  "kind""#, #"   "kind""#, "line 3 is not in the canonical form"),
        (#"["RFC7016-2.1.4-01"]"#, "[]", "has too few elements"),
        ("../schemas/option-list", "../schemas/option", "is not string"),
    ])
    func aRuleThatIsBrokenIsSaid(_ old: String, _ new: String, _ finding: String) throws {
        let text = try Self.text()
        let range = try #require(text.range(of: old))
        var findings: [String]
        do {
            findings = try Self.findings(text.replacingCharacters(in: range, with: new))
        } catch {
            findings = ["\(error)"]
        }
        #expect(findings.contains { $0.contains(finding) }, "\(findings)")
    }

    /// Demands that nobody can keep, that say nothing, or that nothing wants.
    @Test(arguments: [
        (#""least": 1,"#, #""least": 5,"#, "demands more than there may be"),
        (#""with": {"streamID": 0}"#, #""with": {"streamID": {}}"#, "has too few members"),
        (#""section": "RFC 7425 §5.3.2""#, #""section": "RFC 7425 §5.3.99""#, "in no section of a requirement's"),
        (#""section": "tracker-protocol §8.4""#, #""section": "tracker-protocol §99""#, "in no section of"),
    ])
    func aDemandThatMakesNoSenseIsSaid(_ old: String, _ new: String, _ finding: String) throws {
        let path = "hlsp2p/server-transcript.json"
        let text = try String(contentsOf: VectorTests.folder.appending(path: path), encoding: .utf8)
        #expect(try Self.findings(text, path: path) == [])
        let range = try #require(text.range(of: old))
        let findings = try Self.findings(text.replacingCharacters(in: range, with: new), path: path)
        #expect(findings.contains { $0.contains(finding) }, "\(findings)")
    }

    @Test func anIDThatWasAnotherTestsIsSaid() throws {
        let findings = try Self.findings(try Self.text(), retired: ["option-list.0"])
        #expect(findings == ["\(Self.path): option-list.0 is an ID that was another test's"])
    }

    /// Whatever white space and order a file has, its canonical form is the same.
    @Test func theCanonicalFormIsOne() throws {
        let text = try Self.text()
        let loose = try VectorFile(path: Self.path, text: Array(text.replacing("\n", with: "").utf8))
        let recounted = try VectorFile(
            path: Self.path,
            text: Array(text.replacing("numberOfTests\": 1", with: "numberOfTests\": 9").utf8)
        )
        #expect(VectorLint.canonicalText(of: loose) == Array(text.utf8))
        #expect(VectorLint.canonicalText(of: recounted) == Array(text.utf8))
    }
}
