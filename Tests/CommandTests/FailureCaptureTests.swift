import Foundation
import JSONSchema
import Testing

@Suite("Captures of failures", .serialized)
struct FailureCaptureTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../..").standardized

    /// A saboteur, a case that it turns red, and what the comment on the packet at fault says.
    struct Failure: Sendable, CustomStringConvertible {
        var saboteur: String
        var id: String
        var comment: String

        var description: String { saboteur }
    }

    private static let failures = [
        Failure(
            saboteur: "connect-result-without-success",
            id: "rendezvous/netconnection/connect-result",
            comment: "actual: "
        ),
        Failure(
            saboteur: "ping-in-startup-mode",
            id: "rendezvous/chunk/ping-needs-session-mode",
            comment: "expected nothing, as if nothing had been said; actual: the target sent "
        ),
        Failure(
            saboteur: "unknown-chunk-aborts-packet",
            id: "rendezvous/chunk/unknown-chunk-before-ihello-ignored",
            comment: "after this, actual: nothing was sent"
        ),
    ]

    @Test("repeat the verdict without the target, and have a comment on the packet at fault", arguments: failures)
    func repeated(_ failure: Failure) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("failures-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let server = try Server("--sabotage", failure.saboteur)
        let run = try Program.run(
            "run",
            failure.id,
            "--target",
            server.address,
            "--captures",
            folder.path,
            "--report",
            "json=-"
        )
        #expect(run.status == 1)
        let schema = try JSONSchema(folder: Self.root.appendingPathComponent("schemas"), name: "report.schema.json")
        #expect(schema.violations(of: try JSON(text: run.output)) == [])
        let capture = folder.appendingPathComponent(failure.id.replacing("/", with: ".") + ".pcapng").path
        #expect(run.output.replacing("\\/", with: "/").contains("\"capture\" : \"\(capture)\""))

        // The line that repeats the case, as a shell reads it.
        let line = try #require(Self.member("reproduce", of: run.output))
        let words = line.split(separator: " ").dropFirst().map { $0.trimmingCharacters(in: ["'"]) }
        #expect(try Program.run(Array(words)).status == 1)
        _ = try server.stop()

        let replayed = try Program.run("replay", capture, "--report", "json=-")
        #expect(replayed.status == 1)
        #expect(replayed.errors.contains("the recorded verdict") == false)
        for member in ["verdict", "expected", "actual", "id"] {
            #expect(Self.member(member, of: replayed.output) == Self.member(member, of: run.output))
        }
        let octets = try Data(contentsOf: URL(fileURLWithPath: capture))
        let comment = try #require(octets.range(of: Data("\(failure.id): expected".utf8)))
        let text = String(decoding: octets[comment.lowerBound...].prefix(600), as: UTF8.self)
        #expect(text.contains(failure.comment))
        let keys = capture + ".keys.jsonl"
        let arguments = FileManager.default.fileExists(atPath: keys) ? ["--keys", keys] : []
        #expect(try Program.run(["decode", capture] + arguments).output.contains(" 0 failed"))
    }

    @Test("are not left behind by cases that pass")
    func passed() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("failures-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let run = try Program.run("run", "rendezvous/netconnection/connect-result", "--captures", folder.path)
        #expect(run.status == 0)
        #expect(!FileManager.default.fileExists(atPath: folder.path))
    }

    @Test("that cannot be written change no verdict")
    func cannotWrite() throws {
        let server = try Server("--sabotage", "connect-result-without-success")
        let run = try Program.run(
            "run",
            "rendezvous/netconnection/connect-result",
            "--target",
            server.address,
            "--captures",
            "/dev/null/x"
        )
        #expect(run.status == 1)
        #expect(run.output.contains("cannot write /dev/null/x"))
        _ = try server.stop()
    }

    /// The text of a member of the only case of a report.
    private static func member(_ name: String, of report: String) -> String? {
        guard let object = try? JSONSerialization.jsonObject(with: Data(report.utf8)) as? [String: Any],
            let cases = object["cases"] as? [[String: Any]]
        else { return nil }
        return cases.first?[name] as? String
    }
}
