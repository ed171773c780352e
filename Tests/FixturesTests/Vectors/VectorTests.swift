import Fixtures
import Foundation
import Testing

/// The vectors are in order, and the codec agrees with them.
@Suite struct VectorTests {
    static let files = Vectors.embedded.compactMap { try? $0.content.get() }
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "vectors")

    @Test func nothingIsWrongWithTheFiles() {
        #expect(VectorRun(Vectors.embedded).defects == [])
    }

    @Test(arguments: files.map(\.path))
    func theCodecAgrees(_ path: String) throws {
        let file = try #require(Self.files.first { $0.path == path })
        let verification = try VectorVerification(of: file)
        for failure in verification.failures {
            Issue.record("\(failure.vector.id): \(failure.mismatch)")
        }
        #expect(verification.passed == file.vectors.count)
    }

    @Test func theProgramHoldsTheFilesOfTheFolder() throws {
        let loaded = try Vectors.load(Self.folder.path)
        #expect(loaded.map(\.path).sorted() == Vectors.embedded.map { "\(Self.folder.path)/\($0.path)" }.sorted())
        for file in loaded {
            let twin = try #require(Vectors.embedded.first { file.path.hasSuffix("/\($0.path)") })
            #expect(try file.content.get().document == twin.content.get().document)
        }
    }

    @Test func everyKindHasASchemaOfItsName() throws {
        for file in Self.files {
            let schema = Self.folder.appending(path: "schemas/\(file.kind).schema.json")
            #expect(FileManager.default.fileExists(atPath: schema.path), "\(file.kind)")
        }
    }

    /// How many vectors there are at least; less means that some were lost.
    @Test(arguments: [(Vector.Result.valid, 3500), (.invalid, 1900), (.acceptable, 60)])
    func theNumberOfVectors(_ result: Vector.Result, _ count: Int) {
        #expect(Self.files.flatMap(\.vectors).count { $0.result == result } >= count)
    }
}
