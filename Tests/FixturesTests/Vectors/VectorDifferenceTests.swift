import Fixtures
import Foundation
import Testing

/// What has become of tests.
@Suite struct VectorDifferenceTests {
    static func difference(_ text: String, path: String = "vlu.json", retired: Set<String> = []) throws
        -> VectorDifference
    {
        let old = try VectorFile(path: "vlu.json", text: Array(VectorRunTests.sound.utf8))
        return VectorDifference(from: [old], to: [try VectorFile(path: path, text: Array(text.utf8))], retired: retired)
    }

    @Test func theSameFileHasNoDifference() throws {
        let difference = try Self.difference(VectorRunTests.sound)
        #expect(difference.changes.isEmpty)
        #expect(difference.keepsIDs)
        #expect(difference.summary == "0 added, 0 removed, 0 moved, 0 reworded, 0 changed, 0 reused")
    }

    @Test(arguments: [
        (#""value": "128""#, #""value": "129""#, ["changed one: expected"], false),
        (#""octets": "81""#, #""octets": "82""#, ["changed cut: input"], false),
        (#""error": "truncated""#, #""error": "overflow""#, ["changed cut: error"], false),
        (#""comment": "1""#, #""comment": "one""#, ["reworded one: one"], true),
        (#""id": "cut""#, #""id": "other""#, ["removed cut: cut (vlu)", "added other: cut (vlu)"], true),
    ])
    func aDifferenceIsSaid(_ old: String, _ new: String, _ lines: [String], _ keepsIDs: Bool) throws {
        let difference = try Self.difference(VectorRunTests.sound.replacing(old, with: new))
        #expect(difference.summary.split(separator: "\n").dropLast().map(String.init) == lines)
        #expect(difference.keepsIDs == keepsIDs)
    }

    @Test func anIDThatComesBackIsReused() throws {
        let text = VectorRunTests.sound.replacing(#""id": "cut""#, with: #""id": "old""#)
        let difference = try Self.difference(text, retired: ["old"])
        #expect(difference.summary.contains("reused old: cut (vlu)"))
        #expect(!difference.keepsIDs)
    }

    @Test func aTestInAnotherFileHasMoved() throws {
        let difference = try Self.difference(VectorRunTests.sound, path: "other.json")
        #expect(difference.changes.map(\.change) == [.moved, .moved])
        #expect(difference.keepsIDs)
    }
}

/// Tests that are put into files.
@Suite struct VectorAdditionTests {
    static func added(_ octets: [UInt8], id: String = "new", to text: String = VectorRunTests.sound) throws
        -> VectorFile
    {
        let file = try VectorFile(path: "vlu.json", text: Array(text.utf8))
        let addition = VectorAddition(octets, id: id, comment: "new", provenance: ["confirmation": .string("computed")])
        return try VectorFile(path: "vlu.json", text: try addition.text(of: file))
    }

    /// What the codec makes of the octets is what the test expects.
    @Test(arguments: [([0x05], Vector.Result.valid), ([0x80, 0x80, 0x05], .valid), ([0x85], .invalid), ([], .invalid)])
    func whatIsAddedIsSound(_ octets: [UInt8], _ result: Vector.Result) throws {
        let file = try Self.added(octets)
        #expect(VectorLint.findings(in: [file]) == [])
        let verification = try VectorVerification(of: file)
        #expect(verification.passed == 3)
        let vector = try #require(file.vectors.last)
        #expect(vector.id == "new")
        #expect(vector.result == result)
        #expect((vector.error == .truncated) == (result == .invalid))
        #expect((vector.twin == "one") == (result == .invalid))
    }

    @Test func whatIsThereAlreadyIsNotAdded() throws {
        #expect(throws: VectorFormatError("vlu.json", "has that input already: one")) { try Self.added([0x81, 0x00]) }
        #expect(throws: VectorFormatError("vlu.json", "has a test one already")) { try Self.added([0x05], id: "one") }
    }

    @Test func whatIsMadeIsNotAddedTo() throws {
        let file = try VectorFile(path: "vlu.generated.json", text: Array(VectorRunTests.sound.utf8))
        let addition = VectorAddition([0x05], id: "new", comment: "new", provenance: [:])
        #expect(throws: VectorFormatError.self) { try addition.text(of: file) }
    }
}
