import Foundation
import Testing

/// The way of a maintainer of vectors: make, lint, verify, compare, add.
@Suite("The verbs of vectors", .serialized)
struct VectorCommandTests {
    private static let captures = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "captures").path

    private static func withFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("vectors-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder.path)
    }

    private static func edit(_ path: String, _ old: String, _ new: String) throws {
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let range = try #require(text.range(of: old))
        try text.replacingCharacters(in: range, with: new).write(toFile: path, atomically: true, encoding: .utf8)
    }

    @Test("What is made is sound, and what is spoilt is found")
    func making() throws {
        try Self.withFolder { folder in
            #expect(try Program.run("vectors", "make", "\(folder)/a").status == 0)
            #expect(try Program.run("vectors", "make", "\(folder)/b").status == 0)
            #expect(try Program.run("vectors", "make", "\(folder)/b").output.contains("of which 0 were written"))
            #expect(try Program.run("vectors", "lint", "\(folder)/a").output.contains("nothing is wrong"))
            #expect(try Program.run("vectors", "verify", "\(folder)/a").output.contains(" 0 failed"))
            #expect(try Program.run("vectors", "diff", "\(folder)/a", "\(folder)/b").status == 0)

            let file = "\(folder)/b/rtmfp/checksum.generated.json"
            try Self.edit(file, #""checksum": "ffff""#, #""checksum": "fffe""#)
            // What breaks the rules of the files is said before what the codec makes of them.
            #expect(try Program.run("vectors", "verify", file).status == 65)
            let difference = try Program.run("vectors", "diff", "\(folder)/a", "\(folder)/b")
            #expect(difference.status == 1)
            #expect(difference.output.contains("changed checksum.count-0: input"))
            // Its twins are no longer one edit away.
            let lint = try Program.run("vectors", "lint", file)
            #expect(lint.status == 65)
            #expect(lint.errors.contains("checksum.count-0.plus-1: /edit/checksum does not hold the edit's old octets"))

            try Self.edit("\(folder)/a/rtmfp/vlu.generated.json", "  \"kind\"", "\t\"kind\"")
            #expect(try Program.run("vectors", "lint", "\(folder)/a").errors.contains("is not in the canonical form"))
            #expect(try Program.run("vectors", "lint", "--fix", "\(folder)/a").status == 0)
        }
    }

    @Test(
        "No test is added that lint would refuse",
        arguments: [
            ("", "is not an ID"), ("bad id/..", "is not an ID"), ("Capital", "is not an ID"),
            ("gone", "an ID that was another test's"),
            ("vlu.0", "is already used in"),
        ]
    )
    func refusing(_ id: String, _ finding: String) throws {
        try Self.withFolder { folder in
            #expect(try Program.run("vectors", "make", folder).status == 0)
            try Data("gone\n".utf8).write(to: URL(filePath: "\(folder)/retired.txt"))
            let file = "\(folder)/rtmfp/option.json"
            try FileManager.default.moveItem(atPath: "\(folder)/rtmfp/option.generated.json", toPath: file)
            let source = "\(folder)/octets"
            try Data([0x05, 0x7e, 1, 2, 3, 4, 9, 9]).write(to: URL(filePath: source))
            let before = try Data(contentsOf: URL(filePath: file))
            let refused = try Program.run("vectors", "add", file, source, "--id", id)
            #expect(refused.status == 65)
            #expect(refused.errors.contains(finding), "\(refused.errors)")
            #expect(try Data(contentsOf: URL(filePath: file)) == before)
            #expect(try Program.run("vectors", "add", file, source, "--id", "option-x").status == 0)
        }
    }

    @Test("What is no file of octets is not read", arguments: ["/dev/zero", "/"])
    func source(_ path: String) throws {
        try Self.withFolder { folder in
            #expect(try Program.run("vectors", "make", folder).status == 0)
            let file = "\(folder)/rtmfp/option.json"
            try FileManager.default.moveItem(atPath: "\(folder)/rtmfp/option.generated.json", toPath: file)
            let refused = try Program.run("vectors", "add", file, path, "--id", "option-x")
            #expect(refused.status == 65)
            #expect(refused.errors.contains("is not a readable file of at most 65536 octets"))
        }
    }

    @Test("A folder without a name is none")
    func namelessFolder() throws {
        #expect(try Program.run("vectors", "make", "").status == 64)
    }

    @Test("A packet of a capture becomes a test")
    func adding() throws {
        try Self.withFolder { folder in
            #expect(try Program.run("vectors", "make", folder).status == 0)
            let file = "\(folder)/rtmfp/packet.json"
            try FileManager.default.moveItem(atPath: "\(folder)/rtmfp/packet.generated.json", toPath: file)
            let capture = ["\(Self.captures)/go-echo.pcap", "--keys", "\(Self.captures)/go-echo.keys.jsonl"]
            let added = try Program.run(["vectors", "add", file] + capture + ["--frame", "5", "--id", "packet-go"])
            #expect(added.status == 0, "\(added.errors)")
            #expect(try Program.run("vectors", "lint", file).status == 0)
            #expect(try Program.run("vectors", "verify", file).status == 0)
            let again = try Program.run(["vectors", "add", file] + capture + ["--frame", "5", "--id", "packet-go"])
            #expect(again.status == 65)
            #expect(again.errors.contains("has a test packet-go already"))
            let none = try Program.run(["vectors", "add", file] + capture + ["--frame", "99999", "--id", "x"])
            #expect(none.status == 65)
            #expect(none.errors.contains("has no datagram in frame 99999"))
            #expect(try String(contentsOfFile: file, encoding: .utf8).contains(#""confirmation": "unconfirmed""#))
        }
    }
}
