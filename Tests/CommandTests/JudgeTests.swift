import Foundation
import JSONSchema
import Testing

@Suite("judge")
struct JudgeTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../..").standardized

    private static func arguments(_ name: String) -> [String] {
        let path = root.appendingPathComponent("captures/\(name)").path
        return ["judge", "\(path).pcap", "--keys", "\(path).keys.jsonl"]
    }

    @Test(
        "The exit status says whether somebody breaks a MUST",
        arguments: [("tc-play", 0), ("go-echo", 1), ("cumulus-librtmfp-p2p", 1)]
    )
    func status(_ name: String, _ status: Int32) throws {
        let outcome = try Program.run(Self.arguments(name))
        #expect(outcome.status == status)
        #expect(outcome.output.contains("exit status \(status)"))
        #expect(outcome.output.contains("of 127.0.0.1:40555  (MUST)") == (name == "go-echo"))
        #expect(outcome.errors.isEmpty)
    }

    @Test("A failure below MUST, and nothing but what is not decided, have their own statuses")
    func others() throws {
        let librtmfp = Self.arguments("cumulus-librtmfp-p2p")
        #expect(try Program.run(librtmfp + ["capture/packet/time-critical-marks-data"]).status == 0)
        #expect(try Program.run(librtmfp + ["capture/chunk/fragments-n*"]).status == 2)
        #expect(try Program.run(librtmfp + ["--level", "MUST", "--skip", "*octets"]).status == 0)
    }

    @Test("The JSON report is as its schema says, with who was judged in each case")
    func json() throws {
        let outcome = try Program.run(Self.arguments("go-echo") + ["--report", "json=-"])
        #expect(outcome.status == 1)
        let schema = try JSONSchema(folder: Self.root.appendingPathComponent("schemas"), name: "report.schema.json")
        #expect(schema.violations(of: try JSON(text: outcome.output)) == [])
        #expect(outcome.output.contains("\"target\" : \"127.0.0.1:8000\""))
        #expect(outcome.errors.contains("5 failed"))
    }

    @Test("Only those are judged who are asked for; nobody of that address is wrong usage")
    func only() throws {
        let arguments = Self.arguments("go-echo") + ["--only"]
        let one = try Program.run(arguments + ["127.0.0.1:8000", "--verbose"])
        #expect(!one.output.contains("of 127.0.0.1:40555"))
        #expect(one.output.contains("2 failed"))
        let nobody = try Program.run(arguments + ["127.0.0.1:9"])
        #expect(nobody.status == 64)
        #expect(nobody.errors.contains("there are 127.0.0.1:40555, 127.0.0.1:8000"))
    }

    @Test("Files that are none, and keys of another capture, are bad data")
    func badData() throws {
        #expect(try Program.run("judge", "/no/such/capture").status == 65)
        #expect(try Program.run("judge", Self.root.appendingPathComponent("README.md").path).status == 65)
        let keys = Self.root.appendingPathComponent("captures/go-echo.keys.jsonl").path
        let foreign = try Program.run(Array(Self.arguments("tc-play").prefix(2)) + ["--keys", keys])
        #expect(foreign.status == 65)
        #expect(foreign.errors.contains("does not fit"))
    }

    @Test("A judgement that is interrupted in its only case says so", arguments: ["judge", "replay"])
    func interrupted(_ verb: String) throws {
        let arguments =
            [verb] + Self.arguments("go-echo").dropFirst() + ["capture/packet/*", "--only", "127.0.0.1:8000"]
        let whole = try Program.run(arguments + ["--report", "ndjson=-"])
        let lines = whole.output.split(separator: "\n", omittingEmptySubsequences: false)
        let last = try #require(lines.lastIndex { $0.contains("caseStarted") })
        // The program gets as far as the last case, whose end finds no room.
        let pipe = try #require(NarrowPipe(room: lines[...last].map { $0.utf8.count + 1 }.reduce(0, +)))
        let program = try Program(arguments + ["--report", "ndjson=\(pipe.path)"])
        while program.isRunning, !pipe.isFull { usleep(5_000) }
        program.signal(SIGINT)
        // Whoever has no signal waiting has taken it.
        while program.isRunning, program.hasSignalWaiting { usleep(5_000) }
        usleep(50_000)
        var report = ""
        while program.isRunning {
            report += pipe.read()
            usleep(5_000)
        }
        report += pipe.read()
        #expect(try program.end().status == 130)
        #expect(report.contains("\"ending\":\"interrupted\""), "\(report)")
    }

    @Test("run says who runs cases over recordings")
    func run() throws {
        let outcome = try Program.run("run", "capture/flow")
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains("hlsp2p-check judge"))
    }
}
