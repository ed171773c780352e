import ArgumentParser
import Capture
import Foundation

/// `hlsp2p-check decode`: exit status 0 if every packet that the keys cover was verified, 64 for a wrong command line, 65
/// for bad data, 73 if the output cannot be written.
struct Decode: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Decode the RTMFP packets of a capture file.",
        discussion: """
            Reads pcap and pcapng. Session packets need a key log: a JSON object a line, one for each session and \
            direction. Every packet that the keys cover must be what its sender protected, or the exit status is 65.
            """
    )

    @Argument(help: "The capture file.")
    var file: String

    @Option(help: ArgumentHelp("The sessions' keys.", valueName: "file"))
    var keys: String?

    @Flag(help: "Write an object a packet on a line, and last a summary.")
    var json = false

    func run() throws {
        let decoding = CaptureDecoding(path: file, keysPath: keys, format: json ? .json : .text)
        let output = FileHandle.standardOutput
        let problems: [String]
        do {
            problems = try decoding.run { try output.write(contentsOf: $0) }
        } catch let error as CaptureError {
            problems = ["\(error)"]
        } catch let error as KeyLogError {
            problems = ["\(error)"]
        } catch {
            say("cannot write the output: \(error.localizedDescription)")
            throw ExitCode(73)
        }
        for problem in problems { say(problem) }
        if !problems.isEmpty { throw ExitCode(65) }
    }
}
