import ArgumentParser
import Conformance
import Fixtures
import Foundation

extension VectorsCommand {
    /// `hlsp2p-check vectors diff`: exit status 0 if every ID still names the same test, 1 if one names another, 64 for a wrong
    /// command line, 65 for bad files, 73 if the output cannot be written.
    struct Diff: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Compare two sets of test vectors, test by test.",
            discussion: """
                Prints a line for each test that was added, removed, moved, reworded, changed or whose ID was reused, and the \
                counts. Exit status 1 says that an ID names another test than before: tests that change get new IDs.
                """
        )

        @Argument(help: ArgumentHelp("A file, or a folder of files.", valueName: "old"))
        var old: String

        @Argument(help: ArgumentHelp("A file, or a folder of files.", valueName: "new"))
        var new: String

        func run() throws {
            let difference = VectorDifference(
                from: try VectorsCommand.files(at: old),
                to: try VectorsCommand.files(at: new),
                retired: Vectors.retired(in: old)
            )
            try VectorsCommand.output(difference.summary)
            if !difference.keepsIDs { throw ExitCode(RunStatus.violated.rawValue) }
        }
    }

    /// The files at a path; ends the program if one is none.
    static func files(at path: String) throws -> [VectorFile] {
        do {
            return try Vectors.load(path).map { loaded in
                try loaded.content.mapError { VectorFormatError("\(loaded.path): \($0.place)", $0.problem) }.get()
            }
        } catch {
            throw fail(.badData, "\(error)")
        }
    }
}
