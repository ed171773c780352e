import Foundation
import Testing

@Suite("Runs of the program against a peer of somebody else's swarm", .serialized)
struct PeerRunTests {
    /// The reference peer behind the reference rendezvous, each in a process of its own.
    final class Swarm {
        let server: Server
        private let peer: Program
        let id: String

        /// - Parameter arguments: further ones for the peer.
        init(_ arguments: String...) throws {
            server = try Server()
            let peer = try Program(
                [
                    "peer", "--m3u8_url", "http://127.0.0.1:9/live/film.m3u8", "--rtmfp_url",
                    "rtmfp://\(server.address)/film", "--http_tracker", "http://\(server.address)/get_peers",
                ] + arguments
            )
            while peer.isRunning, !peer.output.contains("\n") { usleep(5_000) }
            self.peer = peer
            id = peer.errors.split(whereSeparator: \.isWhitespace).first { $0.count == 64 }.map(String.init) ?? ""
        }

        func check(_ patterns: [String], as id: String, scale: Int = 5) throws -> Program.Outcome {
            try Program.run(
                patterns + [
                    "--target", "rtmfp://\(server.address)/film", "--peer", id, "--report", "json=-",
                    "--timeout-scale", "\(scale)",
                ]
            )
        }

        /// The peer may need a moment until it can be introduced.
        func checkOnceItIsThere(_ patterns: [String], scale: Int = 5) throws -> Program.Outcome {
            for _ in 0..<20 {
                let outcome = try check(patterns, as: id, scale: scale)
                if outcome.status != 69 { return outcome }
                usleep(250_000)
            }
            return try check(patterns, as: id, scale: scale)
        }

        deinit {
            if peer.isRunning { peer.signal(SIGKILL) }
        }
    }

    @Test("It is introduced, and judged by what a session shows")
    func judged() throws {
        let swarm = try Swarm()
        let outcome = try swarm.checkOnceItIsThere(["peer/foundation/*", "peer/session/*", "peer/request/ping-*"])
        #expect(outcome.status == 0, "\(outcome.errors)\(outcome.output)")
        let report = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
        let cases = try #require(report?["cases"] as? [[String: Any]])
        let verdicts = Dictionary(grouping: cases) { $0["verdict"] as? String ?? "" }
        #expect(Set(verdicts.keys) == ["passed", "unsupported"])
        #expect(verdicts["passed"]?.count ?? 0 > 25)
        #expect(verdicts["unsupported"]?.allSatisfy { ($0["note"] as? String)?.contains("--exec") ?? false } ?? false)
    }

    @Test("An ID that nobody has ends the run with one sentence")
    func absent() throws {
        let swarm = try Swarm()
        let nobody = String(swarm.id.reversed())
        let outcome = try swarm.check(["peer/foundation/*"], as: nobody)
        #expect(outcome.status == 69)
        #expect(outcome.errors.contains("no session with peer \(nobody)"))
        #expect(outcome.errors.split(separator: "\n").count == 1)
        #expect(outcome.output.isEmpty)
    }

    @Test(
        "What is no ID, and no rendezvous, is a matter of usage",
        arguments: [
            (["--target", "rtmfp://127.0.0.1:1/film", "--peer", "abc"], 64, "'abc' is not the ID of a peer"),
            (["--target", "http://127.0.0.1:1", "--peer", digits], 64, "--peer goes with a rendezvous"),
            (["--peer", digits], 64, "--peer goes with one --target"),
            (["--exec", "true", "--peer", digits], 64, "--peer goes with one --target"),
            (["--target", "no.such.host.invalid", "--peer", digits], 64, "is not host:port"),
            (["--target", "rtmfp://no.such.host.invalid/", "--peer", digits], 69, "does not resolve"),
        ]
    )
    func usage(_ arguments: [String], _ status: Int32, _ sentence: String) throws {
        let outcome = try Program.run(arguments)
        #expect(outcome.status == status)
        #expect(outcome.errors.contains(sentence), "\(outcome.errors)")
    }

    private static let digits = String(repeating: "0123456789abcdef", count: 4)
}
