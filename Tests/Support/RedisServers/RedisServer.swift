import Foundation
public import Redis

/// A real `redis-server` of a test's own, on a free port of the loopback interface, without persistence.
public final class RedisServer: @unchecked Sendable {
    /// Where it listens.
    public let address: RedisAddress
    private let options: [String]
    private let folder: URL
    private var process: Process?

    /// Starts one, and waits until it answers.
    ///
    /// - Parameter options: further options of its command line: `["--cluster-enabled", "yes"]`.
    public init(_ options: [String] = []) throws {
        self.options = options
        folder = FileManager.default.temporaryDirectory.appending(path: "redis-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        // A node of a cluster needs a second port, 10000 above the first.
        address = RedisAddress(host: "127.0.0.1", port: try Ports.free(in: 21_000..<31_000, alsoAbove: 10_000))
        try start()
    }

    deinit {
        stop()
        try? FileManager.default.removeItem(at: folder)
    }

    /// Starts it again at the same port, without its data.
    public func start() throws {
        process = try Programs.start(
            "redis-server",
            ["--port", "\(address.port)", "--bind", "127.0.0.1", "--save", "", "--dir", folder.path] + options
        )
        try connect()
    }

    /// Kills it, so that it cannot save anything or take leave.
    public func stop() {
        process.map(Programs.kill)
        process = nil
    }

    /// A connection to it, or to what stands before it.
    @discardableResult
    public func connect(patience: Double = 30) throws -> RedisConnection {
        let end = Date(timeIntervalSinceNow: patience)
        while true {
            do {
                return try RedisConnection(address)
            } catch {
                guard Date() < end else { throw error }
                Thread.sleep(forTimeInterval: 0.02)
            }
        }
    }

    /// What it answers to a command.
    public func run(_ command: RedisCommand) throws -> RedisReply {
        try connect().run(command)
    }
}
