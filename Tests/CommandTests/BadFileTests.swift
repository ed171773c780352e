import Foundation
import Testing

@Suite("Files that are not what they should be")
struct BadFileTests {
    private static let captures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../captures").standardized

    private static func capture(_ name: String) -> String {
        captures.appendingPathComponent(name).path
    }

    /// The first octets of a good capture, in a file that lives as long as `body` runs.
    private static func withBeginning(of name: String, octets: Int, _ body: (String) throws -> Void) throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).pcap")
        try Data(contentsOf: captures.appendingPathComponent(name)).prefix(octets).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        try body(file.path)
    }

    @Test(
        "A capture cut off before its first frame yields one sentence and nothing else",
        arguments: [(0, "is empty"), (1, "is not a capture"), (10, "is not a capture"), (23, "is not a capture")]
    )
    func cutHeader(_ octets: Int, _ sentence: String) throws {
        try Self.withBeginning(of: "go-echo.pcap", octets: octets) { path in
            let outcome = try Program.run("decode", path, "--json")
            #expect(outcome.status == 65)
            #expect(outcome.output.isEmpty)
            #expect(outcome.errors.contains(sentence))
            #expect(outcome.errors.split(separator: "\n").count == 1)
        }
    }

    @Test("A capture cut off within a frame yields what came before it, and its summary says that it is not whole")
    func cutFrame() throws {
        try Self.withBeginning(of: "go-echo.pcap", octets: 3000) { path in
            let outcome = try Program.run("decode", path, "--json")
            #expect(outcome.status == 65)
            #expect(outcome.errors.contains("cannot be read beyond frame 14"))
            #expect(outcome.output.split(separator: "\n").last?.contains("\"complete\":false") == true)
        }
    }

    @Test(
        "A key log that does not fit, is none or does not exist is said to be so",
        arguments: [
            (Self.capture("tc-play.keys.jsonl"), "does not fit"),
            (Self.capture("go-echo.pcap"), "line 1"),
            ("/no/such/keys", "cannot read /no/such/keys"),
        ]
    )
    func keys(_ keys: String, _ sentence: String) throws {
        let outcome = try Program.run("decode", Self.capture("go-echo.pcap"), "--keys", keys)
        #expect(outcome.status == 65)
        #expect(outcome.errors.contains(sentence))
        #expect(outcome.errors.split(separator: "\n").count == 1)
    }

    @Test("A packet that is not what its sender protected is bad data, whatever is made of the capture")
    func damaged() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("damaged-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var octets = try Data(contentsOf: URL(fileURLWithPath: Self.capture("tc-play.pcap")))
        octets[octets.count - 1] ^= 1
        let capture = folder.appendingPathComponent("damaged.pcap").path
        try octets.write(to: URL(fileURLWithPath: capture))
        let keys = ["--keys", Self.capture("tc-play.keys.jsonl")]
        let export = ["--export", folder.appendingPathComponent("plain").path]
        for arguments in [
            ["decode", capture], ["decode", capture] + export, ["judge", capture], ["replay", capture],
        ] {
            let outcome = try Program.run(arguments + keys)
            #expect(outcome.status == 65, "\(arguments)")
            #expect(outcome.errors.contains("1 of 463 packets of"), "\(outcome.errors)")
        }
    }

    @Test("The empty key log of a program that had no session opens nothing; one that only tells other things is none")
    func noKeys() throws {
        let outcome = try Program.run("decode", Self.capture("go-echo.pcap"), "--keys", "/dev/null")
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("4 verified, 0 failed, 38 not covered by keys"))
        let other = FileManager.default.temporaryDirectory.appendingPathComponent("keys-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: other) }
        try Data("{\"event\":\"close\"}\n".utf8).write(to: other)
        let refused = try Program.run("decode", Self.capture("go-echo.pcap"), "--keys", other.path)
        #expect(refused.status == 65)
        #expect(refused.errors.contains("holds no session's keys"))
    }

    @Test("Every packet of a capture is verified with its own keys")
    func whole() throws {
        let keys = Self.capture("go-echo.keys.jsonl")
        let outcome = try Program.run("decode", Self.capture("go-echo.pcap"), "--keys", keys, "--json")
        #expect(outcome.status == 0)
        #expect(outcome.errors.isEmpty)
        let lines = outcome.output.split(separator: "\n")
        #expect(lines.count == 43)
        #expect(lines.last?.hasPrefix(#"{"summary":{"packets":42,"verified":42,"failed":0,"#) == true)
    }

    @Test(
        "Output that cannot be written is not success",
        arguments: [["list"], ["list", "--json"], ["list", "--coverage"], ["serve", "--listen", "127.0.0.1:0"]]
    )
    func fullDisk(_ arguments: [String]) throws {
        let outcome = try Program.run(arguments, writingTo: "/dev/full")
        #expect(outcome.status == 73)
        #expect(outcome.errors.hasPrefix("hlsp2p-check: cannot write the output"))
    }

    @Test("That nobody can read what is said on standard error changes no status")
    func deaf() throws {
        for (arguments, status) in [
            (["judge", "/no/such/capture"], 65),
            (["replay", Self.capture("tc-play.pcap"), "--target", "127.0.0.1:0"], 64),
            (["serve", "--listen", "127.0.0.1:0"], 73),
        ] {
            let outcome = try Program.run(arguments, writingTo: "/dev/full", complainingTo: "/dev/full")
            #expect(outcome.status == status, "\(arguments)")
        }
    }

    @Test("A report that cannot be finished leaves nothing behind")
    func unwritableReport() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let good = folder.appendingPathComponent("report.json").path
        let outcome = try Program.run(
            "rendezvous/packet/mode-0*",
            "--report",
            "json=\(good)",
            "--report",
            "junit=/no/such/folder/x"
        )
        #expect(outcome.status == 73)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }
}
