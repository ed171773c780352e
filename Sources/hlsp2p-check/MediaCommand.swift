import ArgumentParser
import Conformance
import Fixtures
import Foundation

extension ClientCommand {
    struct Media: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write test frames into an FLV file for another program, or check what another recorded.",
            subcommands: [Write.self, Check.self]
        )

        struct Write: ParsableCommand {
            static let configuration = CommandConfiguration(abstract: "Write a file to publish.")
            @Argument var file: String
            @Option(help: "How long it plays.") var seconds = 10

            func run() throws {
                do {
                    try Data(FLV.testFile(seconds: max(0, min(seconds, 3600)))).write(to: URL(filePath: file))
                } catch {
                    throw fail(.cannotWrite, "cannot write \(file): \(error.localizedDescription)")
                }
            }
        }

        struct Check: ParsableCommand {
            static let configuration = CommandConfiguration(abstract: "Check a file that was recorded.")
            @Argument var file: String
            @Option(help: "How many frames of video there must be.") var frames = 30

            func run() throws {
                var count = MediaCount()
                do {
                    for message in try FLV.messages(in: [UInt8](Data(contentsOf: URL(filePath: file)))) {
                        count.add(message)
                    }
                } catch {
                    throw fail(.badData, "cannot read \(file): \(error)")
                }
                try write("\(count)")
                guard count.strange == 0, count.video >= frames, count.audio > 0 else {
                    throw ExitCode(RunStatus.violated.rawValue)
                }
            }
        }
    }
}
