import Fixtures
import Foundation
import Testing

/// What is committed is what the recipes make.
@Suite struct VectorRecipeTests {
    static let files = (try? VectorRecipes.files()) ?? []

    @Test func everyRecipeMakesItsFile() throws {
        #expect(try VectorRecipes.files().count > 5)
        #expect(Set(Self.files.map(\.path)).count == Self.files.count)
    }

    @Test(arguments: files.map(\.path))
    func whatIsCommittedIsMade(_ path: String) throws {
        let made = try #require(Self.files.first { $0.path == path })
        let committed = try Data(contentsOf: VectorTests.folder.appending(path: path))
        #expect(Array(committed) == made.text, "hlsp2p-check vectors make")
    }

    @Test func everyFileThatIsMadeHasARecipe() {
        let made = Vectors.embedded.map(\.path).filter { $0.hasSuffix(".generated.json") }
        #expect(Set(made) == Set(Self.files.map(\.path)))
    }
}
