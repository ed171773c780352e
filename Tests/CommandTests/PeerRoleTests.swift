import Foundation
import Testing

@Suite("Runs of the program that judge peers, and are everybody else", .serialized)
struct PeerRoleTests {
    private static let configuration = ["m3u8_url", "rtmfp_url", "http_tracker", "rtmfp_url_peers"]

    @Test("--exec judges the reference peer, a process for each case")
    func executed() throws {
        let keys = Self.configuration.map { "--\($0) {\($0)}" }.joined(separator: " ")
        let outcome = try Program.run(
            "peer/foundation/*",
            "peer/request/ping-*",
            "--exec",
            "'\(Program.binary.path)' peer --play \(keys)",
            "--timeout-scale",
            "5",
            "--verbose",
            "--jobs",
            "10"
        )
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
        #expect(outcome.output.contains("passed      peer/foundation/is-fed"))
        #expect(outcome.output.contains("10 passed"))
    }

    @Test("--listen says what a peer has to be told, and judges who comes")
    func listening() throws {
        let address = "127.0.0.1:\(LoopbackPort().number)"
        let program = try Program(["peer/foundation/registers", "--listen", address])
        func wait(for sentence: String) throws {
            for _ in 0..<2_000 where !program.errors.contains(sentence) { usleep(10_000) }
            try #require(program.errors.contains(sentence), "\(program.errors)")
        }
        // One for the survey, one for the case.
        for sentence in ["start a peer for each case, with ", "waiting for a peer at \(address): "] {
            try wait(for: sentence)
            let words = program.errors.split(whereSeparator: \.isWhitespace)
            let arguments = Self.configuration.flatMap { key in
                let word = words.first { $0.hasPrefix("\(key)=") }
                return ["--\(key)", word.map { String($0.dropFirst(key.count + 1)) } ?? ""]
            }
            let peer = try Program(["peer", "--play"] + arguments)
            defer { peer.signal(SIGKILL) }
            if sentence.hasPrefix("start") {
                try wait(for: "waiting for a peer at")
            } else {
                let outcome = try program.end()
                #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
                #expect(outcome.output.contains("1 passed"))
            }
        }
    }

    @Test("A peer that never comes ends the run with one sentence")
    func absent() throws {
        let outcome = try Program.run(
            "--exec",
            "exit 7; {m3u8_url} {rtmfp_url} {http_tracker}",
            "--timeout-scale",
            "0.1"
        )
        #expect(outcome.status == 69)
        #expect(outcome.errors.contains("no peer came: expected that the peer registers"))
        #expect(outcome.output.isEmpty)
    }
}
