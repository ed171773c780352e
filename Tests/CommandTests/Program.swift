import Foundation

/// The program under test, as a process of its own.
struct Program {
    /// What a run of the program left behind.
    struct Outcome {
        var status: Int32
        var output: String
        var errors: String

        /// What it printed, without how long it took.
        var verdicts: [String] {
            output.split(separator: "\n").map { String($0.replacing(#/ in [0-9.]+ s:/#, with: "")) }
        }
    }

    /// The binary that was built beside these tests.
    static var binary: URL {
        URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
            .appendingPathComponent("hlsp2p-check")
    }

    private let process = Process()
    private let outputFile: URL
    private let errorsFile: URL

    /// Starts the program; its output goes to files, so that no pipe can fill up.
    ///
    /// - Parameters:
    ///   - place: where its standard output goes instead.
    ///   - complaints: where its standard error goes instead.
    init(_ arguments: [String], writingTo place: String? = nil, complainingTo complaints: String? = nil) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("hlsp2p-check-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        outputFile = folder.appendingPathComponent("output")
        errorsFile = folder.appendingPathComponent("errors")
        for file in [outputFile, errorsFile] {
            try Data().write(to: file)
        }
        process.executableURL = Self.binary
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: place.map { URL(fileURLWithPath: $0) } ?? outputFile)
        process.standardError = try FileHandle(forWritingTo: complaints.map { URL(fileURLWithPath: $0) } ?? errorsFile)
        try process.run()
    }

    /// What it has printed on standard output so far.
    var output: String { (try? String(contentsOf: outputFile, encoding: .utf8)) ?? "" }

    /// What it has printed on standard error so far.
    var errors: String { (try? String(contentsOf: errorsFile, encoding: .utf8)) ?? "" }

    /// Whether it has not ended yet.
    var isRunning: Bool { process.isRunning }

    /// The process's number.
    var number: Int32 { process.processIdentifier }

    /// Sends it a signal.
    func signal(_ number: Int32) {
        kill(process.processIdentifier, number)
    }

    /// Whether a signal that was sent to it has not reached it yet.
    var hasSignalWaiting: Bool {
        let status = (try? String(contentsOfFile: "/proc/\(number)/status", encoding: .utf8)) ?? ""
        return status.split(separator: "\n").contains { line in
            (line.hasPrefix("ShdPnd:") || line.hasPrefix("SigPnd:"))
                && line.drop { $0 != "\t" }.contains { $0.isHexDigit && $0 != "0" }
        }
    }

    /// Waits for its end.
    func end() throws -> Outcome {
        process.waitUntilExit()
        defer { try? FileManager.default.removeItem(at: outputFile.deletingLastPathComponent()) }
        return Outcome(
            status: process.terminationStatus,
            output: output,
            errors: try String(contentsOf: errorsFile, encoding: .utf8)
        )
    }

    /// Runs it to its end.
    static func run(_ arguments: String...) throws -> Outcome {
        try run(arguments)
    }

    /// Runs it to its end.
    static func run(
        _ arguments: [String],
        writingTo place: String? = nil,
        complainingTo complaints: String? = nil
    ) throws -> Outcome {
        try Program(arguments, writingTo: place, complainingTo: complaints).end()
    }
}

/// `hlsp2p-check serve`, while some test needs it.
final class Server {
    private let program: Program
    /// `127.0.0.1:PORT`.
    let address: String

    init(_ arguments: String...) throws {
        program = try Program(["serve", "--listen", "127.0.0.1:0"] + arguments)
        while program.isRunning, !program.output.contains("\n") {
            usleep(5_000)
        }
        address =
            program.output.split(separator: "\n").first?
            .replacingOccurrences(of: "rendezvous rtmfp://", with: "").replacingOccurrences(of: "/", with: "") ?? ""
    }

    deinit {
        // A test that failed before it could stop the server must not leave it behind.
        if program.isRunning { program.signal(SIGKILL) }
    }

    /// Asks it to end, and gives what it left behind.
    func stop() throws -> Program.Outcome {
        program.signal(SIGTERM)
        return try program.end()
    }
}
