import Foundation
import JSONSchema
import Testing

@Suite("What replays come to", .serialized)
struct ReplayTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../..").standardized
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("replays-\(UUID().uuidString)")

    init() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    private static func captured(_ name: String) -> String { root.appendingPathComponent("captures/\(name)").path }

    private static let keys = captured("cumulus-hls-p2p.keys.jsonl")

    /// A capture of a server and two clients, its first octets or all but its last.
    private func beginning(_ octets: Int) throws -> String {
        let whole = try Data(contentsOf: URL(fileURLWithPath: Self.captured("cumulus-hls-p2p.pcap")))
        let file = path("\(octets).pcap")
        try whole.prefix(octets < 0 ? whole.count + octets : octets).write(to: URL(fileURLWithPath: file))
        return file
    }

    /// Of the keys of that capture, those of what the initiators sent.
    private func initiatorsKeys() throws -> String {
        let lines = try String(contentsOfFile: Self.keys, encoding: .utf8).split(separator: "\n").filter { line in
            line.contains(#""dir":"tx","role":"initiator""#) || line.contains(#""dir":"rx","role":"responder""#)
        }
        #expect(lines.count == 6)
        try Data(lines.joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: path("keys.jsonl")))
        return path("keys.jsonl")
    }

    @Test("Where no answer is compared, nothing is decided: the recording ends with the question")
    func endsWithTheQuestion() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let server = try Server("--sabotage", "connect-result-without-success")
        let cut = try beginning(1_166)
        let outcome = try Program.run("replay", cut, "--keys", Self.keys, "--target", server.address)
        #expect(outcome.status == 2)
        #expect(outcome.output.contains("no answer was compared"))
        _ = try server.stop()
    }

    @Test("Where no answer is compared, nothing is decided, but what comes is heard: the keys open no answer")
    func opensNoAnswer() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let server = try Server()
        let arguments = [
            "replay", Self.captured("cumulus-hls-p2p.pcap"), "--session", "1", "--keys", try initiatorsKeys(),
            "--target", server.address,
        ]
        let told = try Program.run(arguments)
        #expect(told.status == 2)
        #expect(told.output.contains("that the recording does not have, the first: "))
        let ignored = try Program.run(arguments + ["--unexpected", "ignore"])
        #expect(!ignored.output.contains("does not have"))
        let stopped = try Program.run(arguments + ["--unexpected", "stop"])
        #expect(stopped.status == 1)
        #expect(stopped.output.contains("no message that was not recorded"))
        _ = try server.stop()
    }

    @Test("What comes beside the recorded answers is in the note")
    func beside() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let server = try Server()
        // As of here, what came with the server's first answer is not in the recording.
        let arguments = ["replay", try beginning(1_656), "--session", "1", "--target", server.address]
        let outcome = try Program.run(arguments + ["--keys", Self.keys, "--report", "json=-"])
        #expect(outcome.status == 0)
        #expect(outcome.errors.contains("2 messages that the recording does not have, the first: user control 41"))
        #expect(outcome.output.contains("2 messages that the recording does not have, the first: user control 41"))
        let schema = try JSONSchema(folder: Self.root.appendingPathComponent("schemas"), name: "report.schema.json")
        #expect(schema.violations(of: try JSON(text: outcome.output)) == [])
        let quiet = try Program.run(arguments + ["--keys", Self.keys, "--unexpected", "ignore"])
        #expect(quiet.status == 0)
        #expect(quiet.errors.isEmpty)
        _ = try server.stop()
    }

    @Test("A capture that breaks off is bad data, offline and live, and so say the reports")
    func damaged() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let server = try Server()
        let live = ["replay", try beginning(-10), "--keys", Self.keys, "--session", "1", "--target", server.address]
        let outcome = try Program.run(live)
        #expect(outcome.status == 65)
        #expect(outcome.output.contains("1 passed"))
        #expect(outcome.output.contains("exit status 65: bad data"))
        let report = try Program.run(live + ["--report", "json=-"])
        #expect(report.output.contains("\"problems\" : ["))
        let schema = try JSONSchema(folder: Self.root.appendingPathComponent("schemas"), name: "report.schema.json")
        #expect(schema.violations(of: try JSON(text: report.output)) == [])
        _ = try server.stop()

        let whole = try Data(contentsOf: URL(fileURLWithPath: Self.captured("tc-play.pcap")))
        try whole.dropLast(10).write(to: URL(fileURLWithPath: path("play.pcap")))
        let offline = try Program.run("replay", path("play.pcap"), "--keys", Self.captured("tc-play.keys.jsonl"))
        #expect(offline.status == 65)
        #expect(offline.output.contains("exit status 65: bad data"))
    }

    @Test(
        "The status that is printed is the real one: of a target that is not there, and a report that cannot be written"
    )
    func statuses() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let closed = LoopbackPort().number
        let live = [
            "replay", Self.captured("cumulus-hls-p2p.pcap"), "--keys", Self.keys, "--target", "127.0.0.1:\(closed)",
        ]
        let nobody = try Program.run(live + ["--patience", "0.3"])
        #expect(nobody.status == 69)
        #expect(nobody.output.contains("exit status 69"))
        let play = ["replay", Self.captured("tc-play.pcap"), "--keys", Self.captured("tc-play.keys.jsonl")]
        for format in ["json", "ndjson", "junit"] {
            let full = try Program.run(play + ["--report", "\(format)=/dev/full"])
            #expect(full.status == 73)
            #expect(full.output.contains("exit status 73"))
        }
    }

    @Test("What a failed case left behind is run again whatever the keys, and a line of the report repeats that")
    func leftBehind() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let server = try Server("--sabotage", "connect-result-without-success")
        let id = "rendezvous/netconnection/connect-result"
        let run = ["run", id, "--target", server.address, "--captures", path("ca'ps")]
        #expect(try Program.run(run).status == 1)
        _ = try server.stop()
        let capture = path("ca'ps/\(id.replacing("/", with: ".")).pcapng")
        let keyed = try Program.run("replay", capture, "--keys", capture + ".keys.jsonl")
        #expect(keyed.status == 1)
        #expect(keyed.output.contains(id))
        #expect(keyed.output.contains("hlsp2p-check replay '\(capture.replacing("'", with: "'\\''"))'"))
        for arguments in [["capture/*"], ["--only", "127.0.0.1:1"], ["--keys", "keys.jsonl"]] {
            let narrowed = try Program.run(["replay", capture] + arguments)
            #expect(narrowed.status == 64)
            #expect(narrowed.errors.contains("that alone is run"))
        }
    }

    @Test("The line that repeats a live replay has its patience")
    func patience() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let server = try Server("--sabotage", "connect-result-without-success")
        let live = ["replay", Self.captured("cumulus-hls-p2p.pcap"), "--keys", Self.keys, "--target", server.address]
        let outcome = try Program.run(live + ["--patience", "0.5"])
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("--patience 0.5"))
        _ = try server.stop()
    }

    /// Has a shell run the program in its place; how it ends, and what it prints.
    private func shell(_ line: String) throws -> (status: Int32, output: String) {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = ["-c", line, Program.binary.path]
        (process.standardOutput, process.standardError) = (output, output)
        try process.run()
        let said = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, said)
    }

    @Test("Keys may come from a pipe; a capture that is read more than once may not, which is said")
    func pipes() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let (capture, keys) = (Self.captured("tc-play.pcap"), Self.captured("tc-play.keys.jsonl"))
        func verdicts(_ text: String) -> String { text.replacing(#/ in [0-9.]+ s:/#, with: "") }
        let whole = try shell("exec \"$0\" replay '\(capture)' --keys '\(keys)'")
        #expect(whole.status == 0)
        let piped = try shell("\"$0\" replay '\(capture)' --keys <(cat '\(keys)')")
        #expect(piped.status == 0)
        #expect(verdicts(piped.output) == verdicts(whole.output))
        for arguments in ["--keys '\(keys)'", "--raw --target 127.0.0.1:9 --repeat 2"] {
            let again = try shell("\"$0\" replay <(cat '\(capture)') \(arguments)")
            #expect(again.status == 64)
            #expect(again.output.contains("is a pipe, and is read more than once"), "\(again.output)")
        }
        #expect(try shell("\"$0\" judge <(cat '\(capture)') --keys <(cat '\(keys)')").status == 0)
        #expect(try shell("\"$0\" replay <(cat '\(capture)') --raw --target 127.0.0.1:9").status == 0)
    }

    @Test("An offline replay that reads can be interrupted")
    func interrupted() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let keys = path("keys")
        #expect(mkfifo(keys, 0o600) == 0)
        let replay = try Program(["replay", Self.captured("tc-play.pcap"), "--keys", keys])
        // It waits for keys that never come: somebody has the pipe open, and writes nothing.
        var pipe: Int32 = -1
        while pipe < 0, replay.isRunning {
            pipe = open(keys, O_WRONLY | O_NONBLOCK | O_CLOEXEC)
            usleep(5_000)
        }
        // A test's children may have signals blocked; that they are not ignored can be seen.
        let status = try String(contentsOfFile: "/proc/\(replay.number)/status", encoding: .utf8)
        let ignored = try #require(status.firstMatch(of: #/SigIgn:\s*([0-9a-f]+)/#)?.output.1)
        let signals = try #require(UInt64(ignored, radix: 16))
        for signal in [SIGINT, SIGTERM] { #expect(signals >> UInt64(signal - 1) & 1 == 0) }
        replay.signal(SIGKILL)
        close(pipe)
        _ = try replay.end()
    }

    @Test("A raw replay that is to go on for ever ends when it is interrupted, and sends nothing more")
    func endless() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let port = LoopbackPort()
        let replay = try Program([
            "replay", Self.captured("go-echo.pcap"), "--raw", "--target", "127.0.0.1:\(port.number)", "--rate", "0.01",
            "--repeat", "9000000000000000000",
        ])
        // It has sent the first datagram, and waits to send the second.
        port.wait()
        replay.signal(SIGINT)
        let outcome = try replay.end()
        #expect(outcome.status == 130)
        #expect(outcome.output.hasPrefix("sent 1 datagrams"))
    }

    @Test("A raw replay reports as others do; what was sent of a capture that breaks off is told")
    func raw() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let port = LoopbackPort()
        let raw = ["--raw", "--target", "127.0.0.1:\(port.number)"]
        let whole = try Program.run(["replay", try beginning(2_160)] + raw + ["--report", "json=-"])
        #expect(whole.status == 0)
        #expect(
            whole.output.contains("replay\\/raw\\/datagrams-are-sent") || whole.output.contains("replay/raw/datagrams")
        )
        #expect(whole.errors.contains("sent 12 datagrams"))
        let schema = try JSONSchema(folder: Self.root.appendingPathComponent("schemas"), name: "report.schema.json")
        #expect(schema.violations(of: try JSON(text: whole.output)) == [])
        let broken = try Program.run(["replay", try beginning(2_200)] + raw)
        #expect(broken.status == 65)
        #expect(broken.output.hasPrefix("sent 12 datagrams"))
        #expect(broken.output.contains("exit status 65"))
        let elsewhere = try Program.run(["replay", try beginning(2_160)] + raw + ["--to", "127.0.0.1:9"])
        #expect(elsewhere.status == 64)
        #expect(elsewhere.errors.contains("none of the 12 datagrams"))
    }

    @Test(
        "Options of another way to replay, and a port that is none, are wrong usage",
        arguments: [
            (["--session", "1"], "--session is for"), (["--speed", "1"], "--speed is for"),
            (["--unexpected", "stop"], "--unexpected is for"), (["--repeat", "2"], "--repeat is for"),
            (["--patience", "2"], "--patience is for"), (["--key-log", "x"], "--key-log is for"),
            (["--target", "127.0.0.1:1", "--repeat", "2"], "--repeat is for"),
            (["--target", "127.0.0.1:1", "--only", "127.0.0.1:2"], "--only is for"),
            (["--target", "127.0.0.1:1", "--raw", "--session", "1"], "--session is for"),
            (["--target", "127.0.0.1:1", "--raw", "--keys", "x"], "--keys is for"),
            (["--target", "127.0.0.1:1", "--raw", "--patience", "1"], "--patience is for"),
            (["--target", "127.0.0.1:0"], "port 0"), (["--target", "127.0.0.1:0", "--raw"], "port 0"),
        ]
    )
    func usage(_ arguments: [String], _ sentence: String) throws {
        let outcome = try Program.run(["replay", Self.captured("tc-play.pcap")] + arguments)
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains(sentence), "\(outcome.errors)")
    }

    @Test("Nothing that a user, a file or a peer says acts on a terminal")
    func terminal() throws {
        let outcome = try Program.run("explain", "\u{1b}[2J")
        #expect(outcome.status == 64)
        #expect(!outcome.errors.contains("\u{1b}"))
        #expect(outcome.errors.contains("\\u{1b}[2J"))
    }
}
