import Foundation
import Links
import RTMFP
import Testing

@testable import Conformance

/// Clients that are commands.
struct ExecutedClientsTests {
    /// Calls a client, and gives what it has written to the file that `$file` stands for once that is whole.
    private func visit<T>(
        _ command: String,
        subscriber: String? = nil,
        _ call: Call = Call(),
        _ look: (Visit, String) throws -> T
    ) throws -> T {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("hlsp2p-check-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        let arena = try ExecutedClients(
            command: command.replacing("$file", with: file.path),
            subscriber: subscriber?.replacing("$file", with: file.path)
        )
        let clients = try #require(try arena.enter(seed: 1).clients)
        let visit = try clients.call(call)
        defer {
            visit.client.end()
            visit.doors.forEach { $0.close() }
        }
        var text = ""
        // Ten seconds at most; it takes milliseconds.
        for _ in 0..<1000 where !text.hasSuffix("\n") {
            usleep(10_000)
            text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        }
        return try look(visit, text.trimmingCharacters(in: .newlines))
    }

    @Test("A command says where the address is to be put", arguments: ["client", "client {host}", "client {url}"])
    func malformed(_ command: String) {
        #expect(throws: ExecutedClients.Malformed.self) { try ExecutedClients(command: command) }
    }

    @Test(
        "The line that repeats a case says all that the run was told",
        arguments: [
            (Checker.Options(), nil, AddressFamily.v4, "--exec 'exit 7; {port}' --seed 1"),
            (
                Checker.Options(seed: 2, timeoutScale: 0.5, streamName: "it's"), "play {rtmfp_url} {peer_id}", .v6,
                #"--exec 'exit 7; {port}' --subscriber 'play {rtmfp_url} {peer_id}' -6 --stream 'it'\''s' --seed 2"#
                    + " --timeout-scale 0.5"
            ),
        ]
    )
    func reproduction(_ options: Checker.Options, _ subscriber: String?, _ family: AddressFamily, _ words: String)
        throws
    {
        let arena = try ExecutedClients(command: "exit 7; {port}", subscriber: subscriber, family: family)
        let subject = try #require(Suite.client.first)
        let result = Checker(arena: arena, survey: .assumed, options: options).runBlocking(subject)
        #expect(result.reproduce == "hlsp2p-check run '\(subject.id)' \(words)")
    }

    @Test("The URI and its parts are put into the command")
    func placeholders() throws {
        try visit("echo '{rtmfp_url} {host} {port}' > $file") { visit, text in
            let address = try #require(visit.doors.first?.localAddress)
            #expect(text == "rtmfp://\(address)/live/check 127.0.0.1 \(address.port)")
            #expect(visit.uri == "rtmfp://\(address)/live/check")
        }
        try visit("echo '{host} {port}' > $file") { visit, text in
            #expect(text == "127.0.0.1 \(visit.doors.first?.localAddress.port ?? 0)")
            #expect(visit.uri == nil, "nobody knows what it makes of that")
        }
    }

    @Test("A client that is to play from a peer has a command of its own, with the peer and the stream in it")
    func subscriber() throws {
        let subscription = Call.Subscription(peerID: [UInt8](repeating: 0xab, count: 32), streamName: "check")
        let call = Call(subscription: subscription)
        let peerID = String(repeating: "ab", count: 32)
        try visit("echo one {port} > $file", subscriber: "echo '{peer_id} {stream}' {port} > $file", call) {
            visit,
            text in
            #expect(text == "\(peerID) check \(visit.doors.first?.localAddress.port ?? 0)")
        }
        try visit("echo one {port} > $file", subscriber: "echo {peer_id} {port} > $file") { _, text in
            #expect(text.hasPrefix("one "))
        }
        #expect(throws: CannotCall.self) { try visit("true {rtmfp_url}", call) { _, _ in } }
        #expect(throws: ExecutedClients.Malformed.self) {
            try ExecutedClients(command: "true {port}", subscriber: "true {port}")
        }
    }

    @Test("What a command cannot be told is not asked of it")
    func cannotCall() throws {
        #expect(throws: CannotCall.self) { try visit("true {port}", Call(path: "/other")) { _, _ in } }
        #expect(throws: CannotCall.self) { try visit("true {rtmfp_url} {port}", Call(.standardPort)) { _, _ in } }
    }

    @Test(
        "A command ends with the case, and so does all that it has started",
        arguments: [
            "sleep 600 & echo $! > $file; wait", "timeout 600 sh -c 'trap \"\" TERM; echo $$ > $file; sleep 600'",
        ]
    )
    func group(command: String) throws {
        let pid = try visit("\(command); {port}") { visit, text in
            #expect(visit.client.ending == nil)
            let pid = try #require(pid_t(text))
            visit.client.end()
            #expect(visit.client.ending == nil, "what it died of was the checker's doing")
            return pid
        }
        #expect(!isRunning(pid))
    }

    @Test("How a command ended by itself is told, also where the shell tells of its command's death")
    func ending() throws {
        func ending(_ command: String) throws -> ClientEnding? {
            let clients = try #require(try ExecutedClients(command: command + "; {port}").enter(seed: 1).clients)
            let client = try clients.call(Call()).client
            for _ in 0..<1000 where client.ending == nil { usleep(10_000) }
            return client.ending
        }
        #expect(try ending("exit 3") == .exited(status: 3))
        #expect(try ending("kill -SEGV $$") == .crashed(signal: SIGSEGV))
        #expect(try ending("sh -c 'kill -ABRT $$'; exit $?") == .crashed(signal: SIGABRT))
    }

    @Test("A client that ends without a word is told of at once")
    func unreachable() throws {
        let arena = try ExecutedClients(command: "exit 3; {port}")
        #expect {
            try Checker(arena: arena)
        } throws: { error in
            "\(error)".contains("no client came") && "\(error)".contains("ended with status 3")
        }
    }

    @Test("The command that repeats a case quotes the client's")
    func quoting() throws {
        let arena = try ExecutedClients(command: "say 'so' {port}")
        #expect(arena.targetArgument == #"'say '\''so'\'' {port}'"#)
        #expect(arena.targetOption == "--exec")
    }

    private func isRunning(_ pid: pid_t) -> Bool {
        // A dead process that nobody has asked about still has a number.
        let state = (try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8))?.split(separator: " ")
        return state.map { $0.count > 2 && $0[2] != "Z" } ?? false
    }
}
