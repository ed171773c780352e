import Foundation
import Testing

@Suite("Runs of the program against trackers", .serialized)
struct TrackerRunTests {
    /// Runs foundations of both suites, and gives the cases of the JSON report.
    private func cases(_ arguments: String...) throws -> [[String: Any]] {
        let outcome = try Program.run(
            ["*/foundation/*", "--report", "json=-", "--timeout-scale", "5"] + arguments
        )
        #expect(outcome.status == 0, "\(outcome.output)")
        let report = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
        return try #require(report?["cases"] as? [[String: Any]])
    }

    private func means(_ cases: [[String: Any]]) -> Set<String> {
        Set(cases.compactMap { $0["means"] as? String })
    }

    @Test("One address is asked over UDP and TCP, and judged by both suites in one report")
    func both() throws {
        let server = try Server()
        let cases = try cases("--target", server.address)
        _ = try server.stop()
        #expect(Set(cases.compactMap { $0["suite"] as? String }) == ["rendezvous", "tracker"])
        #expect(means(cases).contains("by sessions"))
    }

    @Test("A tracker may use the rendezvous of another target of the run")
    func together() throws {
        let server = try Server()
        let cases = try cases("--target", "http://\(server.address)", "--target", "rtmfp://\(server.address)/")
        _ = try server.stop()
        #expect(means(cases).contains("by sessions"))
    }

    @Test("A tracker alone is a black box")
    func alone() throws {
        let server = try Server()
        let cases = try cases("--target", "http://\(server.address)")
        _ = try server.stop()
        #expect(Set(cases.compactMap { $0["suite"] as? String }) == ["tracker"])
        #expect(!means(cases).contains("by sessions"))
        #expect(cases.contains { $0["verdict"] as? String == "unsupported" })
    }

    @Test("A registry that is not there is said so")
    func noRegistry() throws {
        let server = try Server()
        let outcome = try Program.run("tracker/*", "--target", "http://\(server.address)", "--redis", "127.0.0.1:9")
        _ = try server.stop()
        #expect(outcome.status == 69)
    }
}
