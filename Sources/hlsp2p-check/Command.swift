import ArgumentParser
import Conformance
import Foundation

/// The command line: a verb a file.
@main
struct Command: ParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "hlsp2p-check",
        abstract: "Judges implementations of RTMFP rendezvous servers, for live HLS from viewer to viewer.",
        discussion: """
            Exit status: 0 as expected; 1 a MUST failed; 2 nothing could be decided; 64 wrong usage; 65 bad data; \
            69 the target cannot be reached; 70 internal error; 73 a file cannot be written; 124 time limit; \
            130 interrupted.
            """,
        version: version,
        subcommands: [
            Run.self, JudgeCommand.self, List.self, Explain.self, Decode.self, SelfTestCommand.self, Serve.self,
            RecordCommand.self, ReplayCommand.self, VectorsCommand.self, ClientCommand.self, OriginCommand.self,
            PeerCommand.self, SwarmCommand.self,
        ],
        defaultSubcommand: Run.self
    )
}

/// Ends the program with one sentence on standard error.
func fail(_ status: RunStatus, _ sentence: String) -> ExitCode {
    say(sentence)
    return ExitCode(status.rawValue)
}

/// Says something on standard error, on one line. Parts of it may come from the wire or a file.
func say(_ sentence: String) {
    show("hlsp2p-check: \(sentence.visible)\n")
}

/// Writes text on standard error as it is. That nobody can read it is no reason to end.
func show(_ text: String) {
    try? StandardStream.error.write(text)
}

/// Writes a line on standard output; past any buffer, so that a full disk or a closed pipe is not mistaken for success.
func write(_ line: String) throws {
    do {
        try FileHandle.standardOutput.write(contentsOf: Data("\(line)\n".utf8))
    } catch {
        throw fail(.cannotWrite, "cannot write the output: \(error.localizedDescription)")
    }
}
