import ArgumentParser
import Conformance
import Fixtures
import Foundation

/// `hlsp2p-check vectors`.
struct VectorsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vectors",
        abstract: "Test vectors: inputs with what a correct implementation makes of them.",
        subcommands: [Verify.self, Lint.self, Make.self, Diff.self, Add.self]
    )

    /// The files at `paths`, or those that this program was built with, and what could not be read.
    static func load(_ paths: [String]) -> (loaded: [Vectors.Loaded], problems: [String]) {
        var loaded: [Vectors.Loaded] = paths.isEmpty ? Vectors.embedded : []
        var problems: [String] = []
        for path in paths {
            do {
                loaded += try Vectors.load(path)
            } catch {
                problems.append("\(error)")
            }
        }
        return (loaded, problems)
    }

    /// Prints lines.
    static func output(_ text: String) throws {
        do {
            try FileHandle.standardOutput.write(contentsOf: Data("\(text)\n".utf8))
        } catch {
            throw fail(.cannotWrite, "cannot write the output: \(error.localizedDescription)")
        }
    }

    /// Writes a file.
    static func write(_ text: [UInt8], to path: String) throws {
        do {
            let folder = URL(filePath: path).deletingLastPathComponent()
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data(text).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw fail(.cannotWrite, "cannot write \(path): \(error.localizedDescription)")
        }
    }

    /// `hlsp2p-check vectors verify`: exit status 0 if every vector that was run has the expected outcome, 1 if one has
    /// another, 2 if nothing was run, 64 for a wrong command line, 65 for bad files, 73 if the output cannot be written.
    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check test vectors, and run this program's own codec over them.",
            discussion: """
                Without arguments, takes the vectors that this program was built with. The layout of the files is \
                described in vectors/README.md. Exit status 1 says that a vector failed, 65 that a file is not one of \
                vectors or breaks their rules.
                """
        )

        @Argument(help: ArgumentHelp("Files, or folders of files.", valueName: "path"))
        var paths: [String] = []

        func run() throws {
            let (loaded, problems) = VectorsCommand.load(paths)
            let run = VectorRun(loaded)
            if loaded.isEmpty, !problems.isEmpty {
                problems.forEach(say)
                throw ExitCode(RunStatus.badData.rawValue)
            }
            try VectorsCommand.output(run.summary)
            for problem in problems + run.defects { say(problem) }
            let status = problems.isEmpty ? run.status : .malformed
            if status == .undecided { say("nothing was run") }
            if status != .passed { throw ExitCode(status.rawValue) }
        }
    }
}
