import Foundation
public import Redis

/// Three real servers that share the keys: as a Redis Cluster, or behind `nutcracker`, which makes one of them.
public final class RedisNodes: Sendable {
    /// How they share the keys.
    public enum Form: String, Sendable, CaseIterable {
        case cluster
        case proxy
    }

    /// Where to ask for all keys.
    public let address: RedisAddress
    /// The servers themselves.
    public let servers: [RedisServer]
    private let proxy: Proxy?

    /// Starts them, and waits until all keys can be asked for.
    public init(_ form: Form) throws {
        switch form {
        case .cluster:
            servers = try (0..<3).map { _ in try RedisServer(["--cluster-enabled", "yes"]) }
            proxy = nil
            address = servers[0].address
            try RedisNodes.unite(servers)
        case .proxy:
            servers = try (0..<3).map { _ in try RedisServer() }
            let proxy = try Proxy(before: servers)
            self.proxy = proxy
            address = proxy.address
        }
    }

    private static func unite(_ servers: [RedisServer]) throws {
        for (index, server) in servers.enumerated() {
            let slots = (index * 16_384 / 3)..<((index + 1) * 16_384 / 3)
            let connection = try server.connect()
            _ = try connection.run(
                RedisCommand((["CLUSTER", "ADDSLOTS"] + slots.map(String.init)).map { Array($0.utf8) })
            )
            for other in servers where other !== server {
                _ = try connection.run(["CLUSTER", "MEET", other.address.host, "\(other.address.port)"])
            }
        }
        let end = Date(timeIntervalSinceNow: 30)
        for server in servers {
            while case .string(let text) = try server.run(["CLUSTER", "INFO"]),
                !String(decoding: text, as: UTF8.self).contains("cluster_state:ok")
            {
                guard Date() < end else { throw Programs.Missing(description: "the cluster does not come up") }
                Thread.sleep(forTimeInterval: 0.05)
            }
        }
    }
}

/// `nutcracker` before several servers.
private final class Proxy: @unchecked Sendable {
    let address: RedisAddress
    private let process: Process
    private let file: URL

    init(before servers: [RedisServer]) throws {
        address = RedisAddress(host: "127.0.0.1", port: try Ports.free(in: 21_000..<31_000))
        file = FileManager.default.temporaryDirectory.appending(path: "nutcracker-\(UUID().uuidString).yml")
        let pool = """
            pool:
              listen: \(address)
              redis: true
              hash: murmur
              hash_tag: "{}"
              distribution: ketama
              servers:
            \(servers.map { "   - \($0.address):1" }.joined(separator: "\n"))

            """
        try pool.write(to: file, atomically: true, encoding: .utf8)
        let statistics = try Ports.free(in: 21_000..<31_000)
        process = try Programs.start("nutcracker", ["-c", file.path, "-s", "\(statistics)"])
        let end = Date(timeIntervalSinceNow: 10)
        while (try? RedisConnection(address).run(["EXISTS", "x"])) == nil {
            guard Date() < end else { throw Programs.Missing(description: "nutcracker does not come up") }
            Thread.sleep(forTimeInterval: 0.02)
        }
    }

    deinit {
        Programs.kill(process)
        try? FileManager.default.removeItem(at: file)
    }
}
