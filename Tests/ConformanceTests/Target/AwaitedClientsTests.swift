import Fixtures
import Links
import RTMFP
import Synchronization
import Testing

@testable import Conformance

/// Clients that somebody else starts.
struct AwaitedClientsTests {
    /// Starts reference clients that connect to one address.
    private final class Starter: Sendable {
        private let hosts = Mutex<[UDPHost]>([])

        func start(_ address: SocketAddress) throws {
            let host = try UDPHost(at: .loopback(port: 0)) { home in
                // Only an identity without keys could fail.
                (try? ReferenceClient(
                    .init(uri: "rtmfp://\(address)/live/check", addresses: [address]),
                    from: home,
                    random: SystemRandomNumberGenerator()
                )) ?? WorthlessClient.silent.makeNode(comingTo: address, uri: "", seed: 1)
            }
            hosts.withLock { $0.append(host) }
        }

        func stop() {
            hosts.withLock { $0.forEach { $0.stop() } }
        }
    }

    @Test("Each client serves one case, one after the other")
    func served() throws {
        let clients = try AwaitedClients(at: .loopback(port: 0))
        let starter = Starter()
        defer { starter.stop() }
        try starter.start(clients.address)
        let checker = try Checker(arena: clients, options: .init(timeoutScale: 5, jobs: 8))
        let cases = ClientFoundation.all + ClientPacketCases.all
        let start: @Sendable (Checker.Progress) -> Void = { [address = clients.address] progress in
            if case .started = progress { try? starter.start(address) }
        }
        let results = checker.run(cases, report: start)
        #expect(results.map(\.verdict) == cases.map { _ in .passed })
        #expect(results.first?.reproduce.contains("--listen \(clients.address)") == true)
    }

    @Test("A client that does not come is waited for, and then not any more")
    func absent() throws {
        let clients = try AwaitedClients(at: .loopback(port: 0), patience: .milliseconds(50))
        #expect {
            try Checker(arena: clients)
        } throws: { error in
            error is Unreachable && "\(error)".contains("\(clients.address)")
        }
        let results = Checker(arena: clients, survey: .assumed).run(ClientFoundation.all)
        #expect(results.first?.verdict == .blocked)
        #expect(results.dropFirst().allSatisfy { $0.verdict == .undecided && $0.note?.contains("not run") == true })
    }

    @Test("Nobody can tell such clients where to go")
    func cannotCall() throws {
        let clients = try #require(try AwaitedClients(at: .loopback(port: 0)).enter(seed: 1).clients)
        #expect(throws: CannotCall.self) { try clients.call(Call(.name)) }
    }

    @Test("An address that somebody has cannot be had")
    func taken() throws {
        let first = try AwaitedClients(at: .loopback(port: 0))
        #expect(throws: LinkError.self) { try AwaitedClients(at: first.address) }
    }
}
