import Foundation
import JSONSchema
import Testing
import Wireshark

@Suite("Captures of failures", .serialized)
struct FailureCaptureTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../..").standardized

    /// A case that turns red, and what the comment on the packet at fault says.
    struct Failure: Sendable, CustomStringConvertible {
        var id: String
        var comment: String
        /// The saboteur of a server; nil if the arguments say who is judged.
        var saboteur: String?
        /// What stands before the server's address.
        var scheme = ""
        var arguments: [String] = []

        var description: String { id }
    }

    private static let failures = [
        Failure(
            id: "rendezvous/netconnection/connect-result",
            comment: "actual: ",
            saboteur: "connect-result-without-success"
        ),
        Failure(
            id: "rendezvous/chunk/ping-needs-session-mode",
            comment: "expected nothing, as if nothing had been said; actual: the target sent ",
            saboteur: "ping-in-startup-mode"
        ),
        Failure(
            id: "rendezvous/chunk/unknown-chunk-before-ihello-ignored",
            comment: "after this, actual: nothing was sent",
            saboteur: "unknown-chunk-aborts-packet"
        ),
        // A response over HTTP, by a tracker alone.
        Failure(
            id: "tracker/cors/peers",
            comment: "as of this, actual: no such field",
            saboteur: "no-cors",
            scheme: "http://"
        ),
        // A tracker that is judged by sessions with the rendezvous beside it.
        Failure(
            id: "tracker/foundation/registered-peer-is-listed",
            comment: "actual: ",
            saboteur: "nobody-listed"
        ),
        // A client that asks for something else than it was told to.
        Failure(
            id: "client/flash-crypto/discriminator-holds-uri",
            comment: "as of this, actual: ancillary data = ",
            arguments: [
                "--exec", "'\(Program.binary.path)' client connect '{rtmfp_url}x'", "--timeout-scale", "0.5",
                "--stream",
                "a stream",
            ]
        ),
        // A peer that wants one other peer, where two are the rule.
        Failure(
            id: "peer/tracker/query-for-2",
            comment: "expected size=3; actual: size=1",
            arguments: [
                "--exec",
                "'\(Program.binary.path)' peer --play --m3u8_url {m3u8_url} --rtmfp_url {rtmfp_url} "
                    + "--http_tracker {http_tracker} --rtmfp_url_peers 1",
            ]
        ),
    ]

    @Test("repeat the verdict without the target, and have a comment on the packet at fault", arguments: failures)
    func repeated(_ failure: Failure) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("failures-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let server = try failure.saboteur.map { try Server("--sabotage", $0) }
        let arguments = failure.arguments + (server.map { ["--target", failure.scheme + $0.address] } ?? [])
        let run = try Program.run(
            ["run", failure.id, "--captures", folder.path, "--report", "json=-"] + arguments
        )
        #expect(run.status == 1, "\(run.output)\(run.errors)")
        let schema = try JSONSchema(folder: Self.root.appendingPathComponent("schemas"), name: "report.schema.json")
        #expect(schema.violations(of: try JSON(text: run.output)) == [])
        let capture = folder.appendingPathComponent(failure.id.replacing("/", with: ".") + ".pcapng").path
        #expect(run.output.replacing("\\/", with: "/").contains("\"capture\" : \"\(capture)\""))

        let line = try #require(Self.member("reproduce", of: run.output))
        #expect(try Self.shell(line) == 1, "\(line)")
        _ = try server?.stop()

        let replayed = try Program.run("replay", capture, "--report", "json=-")
        #expect(replayed.status == 1)
        #expect(replayed.errors.contains("the recorded verdict") == false)
        for member in ["verdict", "expected", "actual", "note", "id"] {
            #expect(Self.member(member, of: replayed.output) == Self.member(member, of: run.output))
        }
        #expect(try Self.targets(of: replayed.output) == Self.targets(of: run.output))
        let octets = try Data(contentsOf: URL(fileURLWithPath: capture))
        let comment = try #require(octets.range(of: Data("\(failure.id): expected".utf8)))
        let text = String(decoding: octets[comment.lowerBound...].prefix(600), as: UTF8.self)
        #expect(text.contains(failure.comment), "\(text)")
        let keys = capture + ".keys.jsonl"
        let keyed = FileManager.default.fileExists(atPath: keys) ? ["--keys", keys] : []
        let decoded = try Program.run(["decode", capture] + keyed).output
        #expect(decoded.contains(" 0 failed, 0 not covered by keys"))
        #expect(!decoded.contains("0.0.0.0"), "nobody is at that address")

        let events = capture + ".events.jsonl"
        for file in [capture, keys, events] where FileManager.default.fileExists(atPath: file) {
            let over = try Program.run("replay", capture, "--report", "json=\(file)")
            #expect(over.status == 64)
            #expect(over.errors.contains("which is to be read"))
        }
        guard FileManager.default.fileExists(atPath: events) else { return }
        try Data("{}\n".utf8).write(to: URL(fileURLWithPath: events))
        let exchanged = try Program.run("replay", capture)
        #expect(exchanged.status == 65)
        #expect(exchanged.errors.contains("is not what was left beside"))
        try FileManager.default.removeItem(atPath: events)
        let lacking = try Program.run("replay", capture)
        #expect(lacking.status == 65)
        #expect(lacking.errors.contains("is missing"))
    }

    /// Has a shell run a line of a report, in which the program is called by its name.
    private static func shell(_ line: String) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", line]
        let folder = Program.binary.deletingLastPathComponent().path
        let inherited = ProcessInfo.processInfo.environment
        process.environment = inherited.merging(["PATH": "\(folder):\(inherited["PATH"] ?? "/usr/bin:/bin")"]) { $1 }
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }

    @Test(
        "show what a tracker said to whoever reads captures",
        .enabled(if: Wireshark.isInstalled),
        arguments: [
            ("no-cors", "tracker/cors/peers"), ("unknown-resource-is-404", "tracker/selection/unknown-resource"),
        ]
    )
    func tracker(_ saboteur: String, _ id: String) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("failures-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let server = try Server("--sabotage", saboteur)
        let port = try #require(server.address.split(separator: ":").last)
        let run = try Program.run("run", id, "--target", "http://\(server.address)", "--captures", folder.path)
        #expect(run.status == 1, "\(run.output)\(run.errors)")
        _ = try server.stop()
        let capture = folder.appendingPathComponent(id.replacing("/", with: ".") + ".pcapng").path
        let packets = try Wireshark.fields(
            ["http.request.uri", "http.response.code", "tcp.analysis.flags", "tcp.checksum.status", "frame.comment"],
            ["-r", capture, "-d", "tcp.port==\(port),http", "-o", "tcp.check_checksum:TRUE"]
        )
        #expect(packets.contains { $0[0].hasPrefix("/get_peers?") })
        #expect(packets.contains { $0[1] == "200" })
        #expect(packets.allSatisfy { $0[2].isEmpty && $0[3] == "1" })
        #expect(packets.map { $0[4] }.filter { !$0.isEmpty }.map { $0.hasPrefix("\(id): expected ") } == [true])

        // An octet of the response that nobody but the checksum knows of.
        var octets = try Data(contentsOf: URL(fileURLWithPath: capture))
        let place = try #require(octets.firstRange(of: Data("HTTP/1.1 200".utf8)))
        octets[place.upperBound - 1] ^= 1
        try octets.write(to: URL(fileURLWithPath: capture))
        let damaged = try Program.run("replay", capture)
        #expect(damaged.status == 65)
        #expect(damaged.errors.contains("has a connection that is not whole"))
    }

    @Test("of several trackers lie apart")
    func severalTrackers() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("failures-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let servers = try (0..<2).map { _ in try Server("--sabotage", "no-cors") }
        let arguments = servers.flatMap { ["--target", "http://\($0.address)"] }
        let run = try Program.run(["run", "tracker/cors/peers", "--captures", folder.path] + arguments)
        #expect(run.status == 1)
        for (number, server) in servers.enumerated() {
            let name = "\(number + 1)-http---\(server.address.replacing(":", with: "-"))"
            let capture = folder.appendingPathComponent("\(name)/tracker.cors.peers.pcapng").path
            #expect(try Program.run("replay", capture).status == 1)
            _ = try server.stop()
        }
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
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("failures-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let capture = folder.appendingPathComponent("rendezvous.netconnection.connect-result.pcapng")
        try FileManager.default.createDirectory(at: capture, withIntermediateDirectories: true)
        let server = try Server("--sabotage", "connect-result-without-success")
        let run = try Program.run(
            "run",
            "rendezvous/netconnection/connect-result",
            "--target",
            server.address,
            "--captures",
            folder.path
        )
        #expect(run.status == 1)
        #expect(run.output.contains("note      cannot write"))
        _ = try server.stop()
    }

    @Test("go nowhere where nothing can be written, which is said at once", arguments: [("", 64), ("/dev/null/x", 73)])
    func unusable(_ folder: String, _ status: Int32) throws {
        let run = try Program.run("run", "rendezvous/netconnection/connect-result", "--captures", folder)
        #expect(run.status == status)
        #expect(run.output.isEmpty, "no case was run")
    }

    @Test("of several targets lie apart")
    func several() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("failures-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let id = "rendezvous/netconnection/connect-result"
        let servers = try (0..<2).map { _ in
            try Server("--sabotage", "connect-result-without-success")
        }
        let run = try Program.run(
            ["run", id, "--captures", folder.path] + servers.flatMap { ["--target", $0.address] }
        )
        #expect(run.status == 1)
        let folders = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        #expect(
            folders
                == servers.enumerated().map { "\($0.offset + 1)-\($0.element.address.replacing(":", with: "-"))" }
        )
        for (name, server) in zip(folders, servers) {
            let capture = folder.appendingPathComponent("\(name)/\(id.replacing("/", with: ".")).pcapng").path
            #expect(run.output.contains(capture))
            let replayed = try Program.run("replay", capture, "--report", "json=-")
            #expect(replayed.status == 1)
            #expect(try Self.targets(of: replayed.output) == [server.address])
            _ = try server.stop()
        }
    }

    /// What a report says was judged.
    private static func targets(of report: String) throws -> [String] {
        let object = try JSONSerialization.jsonObject(with: Data(report.utf8)) as? [String: Any]
        return try #require(object?["targets"] as? [String])
    }

    /// The text of a member of the only case of a report.
    static func member(_ name: String, of report: String) -> String? {
        guard let object = try? JSONSerialization.jsonObject(with: Data(report.utf8)) as? [String: Any],
            let cases = object["cases"] as? [[String: Any]]
        else { return nil }
        return cases.first?[name] as? String
    }
}
