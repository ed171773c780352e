import Foundation
import Testing

@Suite("Runs of the program that judge clients", .serialized)
struct ClientRoleTests {
    private var client: String { "'\(Program.binary.path)' client connect {rtmfp_url}" }

    @Test("--exec judges the reference client, a process for each case")
    func executed() throws {
        let outcome = try Program.run(
            "client/foundation/*",
            "client/packet/*",
            "--exec",
            client,
            "--timeout-scale",
            "5",
            "--verbose"
        )
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
        #expect(outcome.output.contains("passed      client/foundation/session-opens"))
        #expect(outcome.output.contains("0 failed"))
    }

    @Test("--listen says where it waits, and judges who comes")
    func listening() throws {
        let program = try Program(["client/packet/initiator-mode", "--listen", "127.0.0.1:0"])
        var uri: Substring?
        for _ in 0..<1000 where uri == nil {
            usleep(10_000)
            uri = program.errors.split(whereSeparator: \.isWhitespace).first { $0.hasPrefix("rtmfp://") }
        }
        let found = try #require(uri.map(String.init))
        // One for the survey, one for the case.
        let clients = try (0..<2).map { _ in try Program(["client", "connect", "\(found)live", "--patience", "60"]) }
        let outcome = try program.end()
        clients.forEach { $0.signal(SIGTERM) }
        for client in clients { _ = try client.end() }
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
        #expect(outcome.errors.contains("waiting for a client at \(found): client/packet/initiator-mode"))
        #expect(outcome.output.contains("1 passed"))
    }

    @Test("A client that never comes ends the run with one sentence")
    func absent() throws {
        for (arguments, sentence) in [
            (["--exec", "exit 7; {port}"], "no client came: expected an IHello, but nothing was sent"),
            (["--listen", "127.0.0.1:0", "--timeout-scale", "0.01"], "no client came to 127.0.0.1:"),
        ] {
            let outcome = try Program.run(arguments)
            #expect(outcome.status == 69)
            #expect(outcome.errors.contains(sentence))
            #expect(outcome.output.isEmpty)
        }
    }

    @Test(
        "What cannot be meant is refused",
        arguments: [
            ["--exec", "true"], ["--exec", "true {port}", "--listen", "127.0.0.1:0"],
            ["--exec", "true {port}", "--target", "127.0.0.1:1"], ["--listen", "0.0.0.0:0"], ["--listen", "nowhere"],
            ["client/*"], ["client/*", "--target", "127.0.0.1:1"], ["rendezvous/*", "--exec", "true {port}"],
            ["self-test", "--role", "nobody"], ["self-test", "client/nothing/*"],
            ["self-test", "client/*", "--role", "tracker"], ["self-test", "--saboteur", "nobody"],
        ]
    )
    func refused(_ arguments: [String]) throws {
        let outcome = try Program.run(arguments)
        #expect(outcome.status == 64, "\(outcome.errors)")
        #expect(!outcome.errors.isEmpty)
    }

    @Test("list and explain know the cases about clients")
    func listed() throws {
        let list = try Program.run("list", "client/*", "--json")
        let entries = try #require(
            try JSONSerialization.jsonObject(with: Data(list.output.utf8)) as? [[String: Any]]
        )
        #expect(entries.count >= 60)
        #expect(entries.allSatisfy { $0["role"] as? String == "client" })
        let explanation = try Program.run("explain", "client/startup/glare-client-prevails")
        #expect(explanation.status == 0)
        #expect(explanation.output.contains("(MUST, client)"))
    }
}
