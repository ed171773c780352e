/// Where a Redis server listens, and which of its databases is meant, as a user writes it: `host:port[/db]`.
public struct RedisAddress: Hashable, Sendable, CustomStringConvertible {
    /// A name or an IP address.
    public let host: String
    /// The TCP port.
    public let port: UInt16
    /// The number of the database.
    public let database: Int

    /// Makes an address.
    public init(host: String, port: UInt16, database: Int = 0) {
        self.host = host
        self.port = port
        self.database = database
    }

    /// Reads `host:port`, `[address]:port`, or either with `/` and the number of a database; nil for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let server = parts.first, let colon = server.lastIndex(of: ":") else { return nil }
        var host = server[..<colon]
        if host.first == "[", host.last == "]" { host = host.dropFirst().dropLast() }
        let digits = server[server.index(after: colon)...]
        guard !host.isEmpty, !host.contains("\0"), let port = UInt16(digits), port != 0 else { return nil }
        var database = 0
        if parts.count == 2 {
            guard let number = Int(parts[1]), (0..<1 << 20).contains(number) else { return nil }
            database = number
        }
        self.init(host: String(host), port: port, database: database)
    }

    /// The form that a user writes.
    public var description: String {
        let server = "\(host.contains(":") ? "[\(host)]" : host):\(port)"
        return database == 0 ? server : "\(server)/\(database)"
    }
}
