import Foundation
import Links
import RTMFP

/// The reference and the C++ library under the same load, in one run, in turns.
enum SideBySide {
    /// Each figure is the median of so many runs.
    private static let repetitions = 3
    /// How long a run measures, after a second without.
    private static let window = 2.0

    static func run() throws {
        let tcserver = Contestant.library("tcserver")
        let echoserver = Contestant.library("echoserver")
        if tcserver == nil, echoserver == nil {
            print("no comparison with the C++ library: RTMFP_CPP_TESTS does not name the folder of its test programs")
        }
        let servers = [.rendezvous, tcserver, echoserver].compactMap(\.self)
        for group in [DiffieHellmanGroup.modp1024, .modp2048] {
            for callers in [1, 64] {
                try handshakes(servers, group, callers: callers)
            }
        }
        for size in [100, 10_000, 1_000_000] {
            try goodput([.echo, echoserver].compactMap(\.self), size: size)
        }
        try idleSessions(servers)
    }

    private static func handshakes(_ servers: [Contestant], _ group: DiffieHellmanGroup, callers: Int) throws {
        var table = ComparisonTable(
            "handshakes, group \(group.rawValue), \(callers == 1 ? "one after the other" : "\(callers) at a time")",
            unit: "/s",
            note: "µs of the server's processor time each"
        )
        let pair = makePair(group)
        try inTurns(servers) { server in
            let tally = Tally()
            let address = server.address
            let hosts = try (0..<callers).map { _ in
                try UDPHost(at: .loopback(port: 0)) { _ in Caller(server: address, pair: pair, tally: tally) }
            }
            defer { for host in hosts { host.stop() } }
            let (rate, effort) = try measure(server, tally)
            table.add(server.name, rate, note: effort * 1e6)
        }
        table.print()
    }

    private static func goodput(_ servers: [Contestant], size: Int) throws {
        var table = ComparisonTable(
            "echo of messages of \(size) octets",
            unit: "Mbit/s",
            note: "ns of the server's processor time per octet"
        )
        let pair = makePair(.modp1024)
        try inTurns(servers) { server in
            var random = SystemRandomNumberGenerator()
            let identity = try Identity.client(pair, using: &random)
            let tally = Tally()
            let address = server.address
            let host = try UDPHost(at: .loopback(port: 0)) { _ in
                Echoed(server: address, size: size, identity: identity, tally: tally)
            }
            defer { host.stop() }
            let (rate, effort) = try measure(server, tally)
            table.add(server.name, rate * 8 / 1e6, note: effort * 1e9)
        }
        table.print()
    }

    private static func idleSessions(_ servers: [Contestant]) throws {
        let count = 1000
        var table = ComparisonTable("memory for an idle session, of \(count)", unit: "octets", note: "MB in all")
        let pair = makePair(.modp1024)
        try inTurns(servers) { server in
            var hosts: [UDPHost] = []
            defer { for host in hosts { host.stop() } }
            var before = 0
            // What the first sessions set up once is not theirs; and no more at a time than a server's socket holds.
            for batch in [20] + [Int](repeating: 50, count: count / 50) {
                let tally = Tally(limit: batch)
                let address = server.address
                hosts += try (0..<batch).map { _ in
                    try UDPHost(at: .loopback(port: 0)) { _ in
                        Caller(server: address, pair: pair, tally: tally, keepsSession: true)
                    }
                }
                try tally.wait()
                if before == 0 { before = server.residentMemory }
            }
            let after = server.residentMemory
            table.add(server.name, Double(after - before) / Double(count), note: Double(after) / 1e6)
        }
        table.print()
    }

    private static func inTurns(_ servers: [Contestant], _ body: (ServerProcess) throws -> Void) throws {
        for _ in 0..<repetitions {
            for server in servers { try server.run(body) }
        }
    }

    /// Units a second, and seconds of the server's processor time for each, once the load has warmed up.
    private static func measure(_ server: ServerProcess, _ tally: Tally) throws -> (rate: Double, effort: Double) {
        Thread.sleep(forTimeInterval: 1)
        let (start, units, used) = (ContinuousClock.now, try tally.units(), server.processorTime)
        Thread.sleep(forTimeInterval: window)
        let done = Double(try tally.units() - units)
        guard done > 0 else { throw ServerFailure(description: "\(server.name) got nothing done in \(window) s") }
        let elapsed = ContinuousClock.now - start
        let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
        return (done / seconds, (server.processorTime - used) / done)
    }

    /// The static keys of all clients, so that the load computes one power where the server computes two.
    private static func makePair(_ group: DiffieHellmanGroup) -> DiffieHellmanKeyPair {
        var random = SystemRandomNumberGenerator()
        return DiffieHellmanKeyPair(group: group, using: &random)
    }
}
