import ArgumentParser
import Capture
import Conformance
import Foundation

/// `hlsp2p-check decode`: exit status 0 if every packet that the keys cover was verified, 64 for a wrong command line, 65
/// for bad data, 73 if the output cannot be written.
struct Decode: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Decode the RTMFP packets of a capture file.",
        discussion: """
            Reads pcap and pcapng. Session packets need a key log: a JSON object a line, one for each session and \
            direction. Every packet that the keys cover must be what its sender protected, or the exit status is 65.

            With --export, writes a capture with the packets decrypted instead, which Wireshark shows with our dissector: \
            tshark -X lua_script:Scripts/rtmfp.lua -r FILE.
            """
    )

    @Argument(help: "The capture file.")
    var file: String

    @Option(help: ArgumentHelp("The sessions' keys.", valueName: "file"))
    var keys: String?

    @Flag(help: "Write an object a packet on a line, and last a summary.")
    var json = false

    @Option(help: ArgumentHelp("Write the packets decrypted to a capture, instead of text.", valueName: "file"))
    var export: String?

    func validate() throws {
        guard export == nil || !json else { throw ValidationError("--export and --json exclude each other.") }
        guard export != "", export != "-" else { throw ValidationError("--export names a file.") }
    }

    func run() throws {
        if let export {
            try write(to: export)
        } else {
            try show()
        }
    }

    private func write(to destination: String) throws {
        try refuse(writing: destination, over: [file, keys])
        let counts: CaptureExport.Counts
        do {
            counts = try CaptureExport(path: file, keysPath: keys).run(to: destination)
        } catch let error as CaptureWriteError {
            throw fail(.cannotWrite, "\(error)")
        } catch {
            throw fail(.badData, "\(error)")
        }
        let unchanged = counts.unchanged > 0 ? "; \(counts.unchanged) others are as they were" : ""
        say("\(counts.decrypted) packets decrypted in \(destination)\(unchanged)")
        for problem in counts.problems { say(problem) }
        if !counts.problems.isEmpty { throw ExitCode(RunStatus.badData.rawValue) }
    }

    private func show() throws {
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
            throw fail(.cannotWrite, "cannot write the output: \(error.localizedDescription)")
        }
        for problem in problems { say(problem) }
        if !problems.isEmpty { throw ExitCode(RunStatus.badData.rawValue) }
    }
}
