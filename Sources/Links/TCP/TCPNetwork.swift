public import RTMFP

/// The machine's TCP, IPv4 and IPv6.
public struct TCPNetwork: StreamNetwork {
    /// Makes the network.
    public init() {}

    public var now: Instant { .monotonic }

    public func connect(
        to far: SocketAddress,
        from local: SocketAddress?,
        until deadline: Instant
    ) throws -> any ByteStream {
        try TCPStream(to: far, from: local, until: deadline)
    }

    public func wait(until instant: Instant) {
        while case let left = instant - .monotonic, left > .zero {
            TCPSocket.sleep(min(left, .seconds(60)))
        }
    }
}
