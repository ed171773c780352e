import Fixtures
import Foundation
import RTMFP
import Testing

/// What a run makes of files with something wrong in them.
@Suite struct VectorRunTests {
    /// A file with nothing wrong in it.
    static let sound = """
        {
          "$schema": "../schemas/vlu.schema.json",
          "kind": "vlu",
          "title": "Integers",
          "specification": ["RFC 7016 §2.1.2"],
          "notes": ["Notes."],
          "numberOfTests": 2,
          "tests": [
            {"id": "one", "comment": "1", "section": ["RFC 7016 §2.1.2"], "result": "valid",
             "input": {"octets": "8100"},
             "expected": {"value": "128", "consumed": 2, "canonical": true},
             "provenance": {"confirmation": "computed"}},
            {"id": "cut", "comment": "cut", "section": ["RFC 7016 §2.1.2"], "result": "invalid",
             "reason": "truncated", "error": "truncated", "twin": "one",
             "edit": {"field": "/octets", "offset": 1, "old": "00", "new": ""},
             "input": {"octets": "81"},
             "provenance": {"confirmation": "computed"}}
          ]
        }
        """

    static func run(_ text: String) throws -> VectorRun {
        let folder = try TemporaryFolder()
        return VectorRun(try Vectors.load(try folder.add("file.json", text)))
    }

    @Test func aSoundFilePasses() throws {
        let run = try Self.run(Self.sound)
        #expect(run.defects == [])
        #expect(run.status == .passed)
        #expect(run.summary.hasSuffix("file.json: 2 passed\n1 files: 2 passed, 0 failed"))
    }

    /// A vector that says something untrue fails, with what is expected and what came out.
    @Test(arguments: [
        (#""value": "128""#, #""value": "129""#, "expected value: 129\n    actual   value: 128"),
        (#""consumed": 2"#, #""consumed": 1"#, "expected consumed: 1\n    actual   consumed: 2"),
        (#""octets": "81""#, #""octets": "7f""#, "expected input: refused (truncated)\n    actual   input: accepted"),
        (
            #""error": "truncated""#, #""error": "overflow""#,
            "expected class of error: overflow\n    actual   class of error: truncated"
        ),
        (#""octets": "8100""#, #""octets": "8180""#, "expected input: accepted\n    actual   input: refused"),
    ])
    func anUntrueVectorFails(_ old: String, _ new: String, _ explanation: String) throws {
        let run = try Self.run(Self.sound.replacing(old, with: new))
        #expect(run.verifications.flatMap(\.failures).count == 1)
        #expect(run.summary.contains(explanation))
        #expect(run.summary.contains("1 failed"))
    }

    @Test func aFailureNamesTheFirstOctetThatDiffers() throws {
        let file = try VectorFile(
            path: "checksum.json",
            text: Array(
                """
                {"kind": "checksum", "title": "t", "specification": ["RFC 7425 §4"], "notes": ["n"], "numberOfTests": 1,
                 "tests": [{"id": "a", "comment": "c", "section": ["RFC 7425 §4.7.3.1"], "result": "valid",
                 "input": {"octets": "010203", "checksum": "fefb"}, "provenance": {"confirmation": "computed"}}]}
                """.utf8
            )
        )
        let verification = try VectorVerification(of: file)
        #expect(verification.failures.map(\.mismatch.offset) == [1])
        #expect(verification.failures.map(\.mismatch.actual) == ["fefa"])
    }

    /// Each of these edits breaks one rule of the files.
    @Test(arguments: [
        (#""kind": "vlu""#, #""kind": "ulv""#, "is not a kind of vectors"),
        (#""numberOfTests": 2"#, #""numberOfTests": 3"#, "/numberOfTests is 3, but there are 2"),
        (#""id": "cut""#, #""id": "one""#, "is already used"),
        (#""id": "cut""#, #""id": "c ut""#, "is not an ID"),
        (#""reason": "truncated", "#, "", "has no reason"),
        (#""error": "truncated", "#, "", "does not say with what class of error"),
        (#""error": "truncated""#, #""error": "cut""#, "/error is no class of errors"),
        (#""twin": "one","#, "", "is invalid and has no valid twin"),
        (#""twin": "one""#, #""twin": "two""#, "is not a valid vector of the same file: two"),
        (#""twin": "one""#, #""twin": "cut""#, "is not a valid vector of the same file: cut"),
        (#""offset": 1"#, #""offset": 0"#, "does not hold the edit's old octets"),
        (#""offset": 1"#, #""offset": 9"#, "does not hold the edit's old octets"),
        (#""offset": 1"#, #""offset": -1"#, "does not hold the edit's old octets"),
        (#""new": """#, #""new": "01""#, "is not what its edit makes of one"),
        (#""new": """#, #""new": "00""#, "is not changed by the edit"),
        (#""field": "/octets""#, #""field": "/octet""#, "is missing in the twin"),
        (#""section": ["RFC 7016 §2.1.2"]"#, #""section": []"#, "names no section"),
        (#"["RFC 7016 §2.1.2"]"#, #"["RFC 768 §2"]"#, "does not name a section"),
        (#""result": "invalid""#, #""result": "wrong""#, "/result is neither valid, invalid nor acceptable"),
        (#""result": "valid""#, #""result": "valid", "reason": "x""#, "is valid and has a reason"),
        (#""octets": "8100""#, #""octets": "810""#, "is not hexadecimal"),
        (#""octets": "8100""#, #""octets": "81AA""#, "is not hexadecimal"),
        (#""octets": "8100""#, #""octet": "8100""#, "/octets is missing"),
        (#""value": "128", "#, #""number": "128", "#, "/expected/number is unknown"),
        (#""notes": ["Notes."]"#, #""notes": []"#, "says nothing about how to read"),
        (#""tests": ["#, #""tests": 7, "x": ["#, "/tests is not an array"),
        ("{\n", "", "is not JSON"),
    ])
    func aBrokenFileIsMalformed(_ old: String, _ new: String, _ defect: String) throws {
        let run = try Self.run(Self.sound.replacing(old, with: new))
        #expect(run.status == .malformed)
        #expect(run.defects.contains { $0.contains(defect) }, "\(run.defects)")
    }

    /// Whatever is in a file, the run ends.
    @Test(arguments: VectorTests.files.map(\.path))
    func aSpoiltFileIsSurvived(_ path: String) throws {
        let text = Array(try String(contentsOf: VectorTests.folder.appending(path: path), encoding: .utf8).utf8)
        var random = SeededGenerator(seed: 1, name: path)
        let characters = Array(#"0123456789abcdef"-[]{},:"#.utf8)
        // Files that recipes make are all alike.
        for _ in 0..<(path.hasSuffix(".generated.json") ? 2 : 10) {
            var spoilt = text
            for _ in 0..<3 {
                let position = Int.random(in: spoilt.indices, using: &random)
                spoilt[position] = characters.randomElement(using: &random) ?? 0
            }
            guard let file = try? VectorFile(path: path, text: spoilt) else { continue }
            let verification = try? VectorVerification(of: file)
            if let verification {
                #expect(verification.passed + verification.failures.count == file.vectors.count)
            }
        }
    }

    /// Numbers that would cost memory or time are refused.
    @Test(arguments: [
        ("rtmfp/packet-protection.json", "\"padding\": 0", "\"padding\": 4611686018427387904"),
        ("rtmfp/packet-protection.json", "\"hmacLength\": 10", "\"hmacLength\": -1"),
        ("rtmfp/packet-protection.json", "\"hmacLength\": 10", "\"hmacLength\": 33"),
        ("rtmfp/diffie-hellman.json", "\"privateKey\": \"", "\"privateKey\": \"" + String(repeating: "ff", count: 600)),
    ])
    func anExcessIsMalformed(_ path: String, _ old: String, _ new: String) throws {
        let text = try String(contentsOf: VectorTests.folder.appending(path: path), encoding: .utf8)
        let spoilt = text.replacing(old, with: new)
        #expect(spoilt != text)
        let file = try VectorFile(path: path, text: Array(spoilt.utf8))
        #expect(throws: VectorFormatError.self) { try VectorVerification(of: file) }
    }

    @Test func aRunThatRanNothingIsUndecided() {
        #expect(VectorRun([]).status == .undecided)
    }

    @Test func whatCannotBeReadIsSaid() throws {
        #expect(throws: VectorFormatError("/no/such/folder", "does not exist")) { try Vectors.load("/no/such/folder") }
        #expect(throws: VectorFormatError.self) { try Vectors.load("/dev/zero") }
        let folder = try TemporaryFolder()
        #expect(throws: VectorFormatError(folder.path, "holds no files of vectors")) { try Vectors.load(folder.path) }
        _ = try folder.add("one.json", Self.sound)
        _ = try folder.add("one.schema.json", "{}")
        #expect(try Vectors.load(folder.path).map(\.path) == ["\(folder.path)/one.json"])
    }
}
