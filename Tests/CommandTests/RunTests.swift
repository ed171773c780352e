import Foundation
import JSONSchema
import Testing

@Suite("Runs of the program", .serialized)
struct RunTests {
    @Test("Without a target the embedded reference is checked, and is as expected")
    func embedded() throws {
        let outcome = try Program.run("rendezvous/packet/*", "--jobs", "2", "--timeout-scale", "5")
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("0 failed"))
    }

    @Test("serve says its addresses in a line each and ends cleanly on SIGTERM; run finds nothing wrong with it")
    func served() throws {
        let server = try Server()
        let outcome = try Program.run(
            "run",
            "rendezvous/packet/*",
            "--target",
            server.address,
            "--timeout-scale",
            "5"
        )
        #expect(outcome.status == 0, "\(outcome.output)")
        let end = try server.stop()
        #expect(end.status == 0)
        #expect(end.output == "rendezvous rtmfp://\(server.address)/\ntracker http://\(server.address)/\n")
    }

    @Test("A saboteur's fault is found and explained in at most 25 lines")
    func sabotaged() throws {
        let server = try Server("--sabotage", "mode-0-accepted")
        let id = "rendezvous/packet/mode-0-discarded"
        let outcome = try Program.run(id, "--target", server.address, "--seed", "7")
        _ = try server.stop()
        #expect(outcome.status == 1)
        let lines = outcome.output.split(separator: "\n", omittingEmptySubsequences: false)
        let start = try #require(lines.firstIndex { $0.hasPrefix("FAILED") && $0.contains(id) })
        let end = try #require(lines[start...].firstIndex(of: ""))
        #expect(end - start <= 25)
        let block = lines[start..<end].joined(separator: "\n")
        #expect(block.contains("RFC 7016 §2.2.4"))
        #expect(block.contains("expected"))
        #expect(block.contains("actual"))
        #expect(block.contains("hlsp2p-check run '\(id)' --target \(server.address) --seed 7"))
        #expect(block.contains("hlsp2p-check explain '\(id)'"))
    }

    @Test("The JSON report on standard output is one document that fits its schema")
    func jsonReport() throws {
        let outcome = try Program.run("rendezvous/chunk/ping*", "--report", "json=-", "--timeout-scale", "5")
        #expect(outcome.status == 0)
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
        )
        let schemas = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../schemas").standardized
        let schema = try JSONSchema(folder: schemas, name: "report.schema.json")
        let document = try JSON(text: outcome.output)
        #expect(schema.violations(of: document).isEmpty, "\(schema.violations(of: document))")
        #expect(object["schemaVersion"] as? Int == 1)
        #expect((object["cases"] as? [Any])?.count == 5)
        #expect((object["summary"] as? [String: Int])?.count == 8)
        #expect(outcome.errors.contains("passed"))
    }

    @Test("A failed case has expected, actual and reproduce in the report")
    func failureInReport() throws {
        let server = try Server("--sabotage", "ping-reply-cut-to-64")
        let outcome = try Program.run(
            "rendezvous/chunk/ping-of-300-octets",
            "--target",
            server.address,
            "--report",
            "json=-"
        )
        _ = try server.stop()
        #expect(outcome.status == 1)
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
        )
        let failed = try #require((object["cases"] as? [[String: Any]])?.first)
        for field in ["expected", "actual", "reproduce"] {
            #expect(failed[field] is String)
        }
    }

    @Test("The time limit ends a run with its own status")
    func timeLimit() throws {
        let outcome = try Program.run("--time-limit", "0.05", "--jobs", "1")
        #expect(outcome.status == 124)
    }

    @Test("An interrupted run says so")
    func interrupted() throws {
        let server = try Server("--sabotage", "mute-to-ping")
        let program = try Program(["--target", server.address, "--jobs", "1"])
        // Every case that needs a session waits in vain now, so there is time.
        while program.isRunning, !program.output.contains("hlsp2p-check") {
            usleep(5_000)
        }
        program.signal(SIGINT)
        let outcome = try program.end()
        _ = try server.stop()
        #expect(outcome.status == 130)
    }

    @Test("A run that is interrupted in its only case says so")
    func interruptedAtLast() throws {
        let server = try Server("--sabotage", "mute-to-ping")
        let program = try Program(
            ["rendezvous/foundation/ping-is-answered", "--target", server.address, "--report", "ndjson=-"] + [
                "--timeout-scale", "0.2",
            ]
        )
        // It waits in vain for the answer to a Ping.
        while program.isRunning, !program.output.contains("caseStarted") {
            usleep(5_000)
        }
        program.signal(SIGINT)
        let outcome = try program.end()
        _ = try server.stop()
        #expect(outcome.status == 130)
        #expect(outcome.output.contains("\"ending\":\"interrupted\""))
    }

    @Test("A target that crashes in a case is found out, and the others are not run in vain")
    func crashed() throws {
        let server = try Server("--sabotage", "odd-uri-kills")
        let outcome = try Program.run("rendezvous/flash-crypto/*", "--target", server.address, "--jobs", "1")
        _ = try server.stop()
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("CRASHED"))
        #expect(outcome.output.contains("rendezvous/flash-crypto/odd-uris-harmless"))
        #expect(outcome.output.contains("1 crashed"))
    }
}
