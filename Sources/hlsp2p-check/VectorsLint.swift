import ArgumentParser
import Conformance
import Conformance
import Fixtures
import Foundation

extension VectorsCommand {
    /// `hlsp2p-check vectors lint`: exit status 0 if nothing is wrong, 64 for a wrong command line, 65 if something is, 73 if
    /// a file cannot be written.
    struct Lint: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Look for what is wrong with files of test vectors as such.",
            discussion: """
                Layout, schema, IDs, twins that are one edit away, numbers, requirements and the canonical form. Without \
                arguments, takes the vectors that this program was built with. A folder may hold a file retired.txt: a line \
                for each ID that was a test's and must not be another's.
                """
        )

        @Argument(help: ArgumentHelp("Files, or folders of files.", valueName: "path"))
        var paths: [String] = []

        @Flag(help: "Write files that are not in the canonical form anew, and put their numbers of tests right.")
        var fix = false

        func validate() throws {
            if fix, paths.isEmpty { throw ValidationError("--fix needs files to write.") }
        }

        func run() throws {
            var (loaded, problems) = VectorsCommand.load(paths)
            if fix {
                for file in loaded.compactMap({ try? $0.content.get() }) {
                    let text = VectorLint.canonicalText(of: file)
                    if text != file.text { try VectorsCommand.write(text, to: file.path) }
                }
                (loaded, problems) = VectorsCommand.load(paths)
            }
            var files: [VectorFile] = []
            for loaded in loaded {
                do throws(VectorFormatError) {
                    files.append(try loaded.content.get())
                } catch {
                    problems.append("\(loaded.path): \(error)")
                }
            }
            problems += VectorLint.findings(in: files).map(\.description)
            problems += VectorLint.releaseFindings(
                in: files,
                requirements: Set(Requirements.all.map(\.id)),
                sections: Set(Requirements.all.map(\.citation)),
                retired: Set(paths.flatMap { Vectors.retired(in: $0) })
            ).map(\.description)
            guard problems.isEmpty else {
                problems.forEach(say)
                throw ExitCode(RunStatus.badData.rawValue)
            }
            try VectorsCommand.output(
                "\(files.count) files, \(files.reduce(0) { $0 + $1.vectors.count }) tests: nothing is wrong"
            )
        }
    }

    /// `hlsp2p-check vectors make`: exit status 0 if the files were written, 64 for a wrong command line, 73 if one cannot be.
    struct Make: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write the test vectors that are made by recipes.",
            discussion: """
                Writes every file whose name ends in .generated.json into a folder, those that are there already only if \
                they differ.
                """
        )

        @Argument(help: ArgumentHelp("The folder.", valueName: "dir"))
        var folder = "vectors"

        func validate() throws {
            guard !folder.isEmpty else { throw ValidationError("The folder has no name.") }
        }

        func run() throws {
            var written = 0
            let files = try VectorRecipes.files()
            for file in files {
                let path = "\(folder)/\(file.path)"
                guard FileManager.default.contents(atPath: path) != Data(file.text) else { continue }
                try VectorsCommand.write(file.text, to: path)
                written += 1
            }
            try VectorsCommand.output("\(files.count) files, of which \(written) were written")
        }
    }
}
