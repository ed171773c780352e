import Capture
public import RTMFP

/// Sends the datagrams of a capture as they are, whatever they say and whoever sent them.
public struct RawReplay: Sendable {
    /// How it went.
    public struct Result: Hashable, Sendable {
        /// Datagrams that the socket took.
        public var sent = 0
        /// Datagrams that it did not take: too long, or for want of room.
        public var refused = 0
        /// Datagrams that came back.
        public var received = 0
        /// Datagrams that went elsewhere in the capture than to `destination`.
        public var excluded = 0
        /// Where the capture breaks off, and why; nil if all of it was read.
        public var problem: String?
        /// From the first to the last.
        public var seconds = 0.0
    }

    /// The capture.
    public var path: String
    /// Where they go.
    public var target: SocketAddress
    /// Send only what went to this address in the capture; nil for all.
    public var destination: SocketAddress?
    /// How many times as fast as captured; nil for as fast as possible.
    public var speed: Double?
    /// How often.
    public var times = 1
    /// Datagrams a second at most; nil for no limit.
    public var rate: Double?

    /// Prepares to send.
    public init(path: String, target: SocketAddress) {
        self.path = path
        self.target = target
    }

    /// Datagrams between two looks at the clock and at what came back.
    private static let batch = 64
    /// How often a datagram is offered to a socket that has no room.
    private static let attempts = 1_000

    /// Sends them from one socket.
    ///
    /// - Parameter shouldStop: asked now and then.
    /// - Throws: `CaptureError` if the capture cannot be read at all; `SocketError`.
    public func run(until shouldStop: () -> Bool) throws -> Result {
        let socket = try UDPSocket(at: try UDPSocket.localAddress(towards: target))
        let sender = DatagramSender(socket, to: target)
        var result = Result()
        let start = Instant.steadyClock
        for _ in 0..<max(1, times) {
            if shouldStop() { break }
            let file = try CaptureFile(path: path)
            do {
                try send(file, sender, socket, since: start, &result, shouldStop)
            } catch {
                result.problem = "\(error)"
                break
            }
        }
        result.seconds = (Instant.steadyClock - start).seconds
        let patience = Instant.steadyClock + .milliseconds(200)
        wait(until: patience, socket, &result, shouldStop)
        return result
    }

    private func send(
        _ file: CaptureFile,
        _ sender: DatagramSender,
        _ socket: UDPSocket,
        since start: Instant,
        _ result: inout Result,
        _ shouldStop: () -> Bool
    ) throws {
        let began = Instant.steadyClock
        var first: Instant?
        while let datagram = try file.next() {
            if let destination, datagram.destination != destination {
                result.excluded += 1
                continue
            }
            first = first ?? datagram.time
            let count = result.sent + result.refused
            if count % RawReplay.batch == 0 {
                while socket.receive() != nil { result.received += 1 }
                if shouldStop() { break }
            }
            let due = [
                speed.flatMap { speed in first.map { began + (datagram.time - $0) * (1 / speed) } },
                rate.map { start + .seconds(Double(count) / $0) },
            ].compactMap(\.self).max()
            if let due {
                wait(until: due, socket, &result, shouldStop)
                if shouldStop() { break }
            }
            if sender.send(datagram.payload, attempts: RawReplay.attempts) {
                result.sent += 1
            } else {
                result.refused += 1
            }
        }
    }

    private func wait(until due: Instant, _ socket: UDPSocket, _ result: inout Result, _ shouldStop: () -> Bool) {
        while case let rest = (due - Instant.steadyClock).milliseconds, rest > 0, !shouldStop() {
            // What is nearer than a millisecond is waited for by looking at the clock.
            if rest >= 1 { UDPSocket.wait(for: [socket], milliseconds: Int32(min(rest, 100))) }
            while socket.receive() != nil { result.received += 1 }
        }
    }
}
