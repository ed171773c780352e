public import HLSP2P
internal import Links
public import NIOCore
internal import NIOHTTP1
internal import NIOPosix
public import RTMFP

/// A TCP socket behind which a service answers requests of HTTP/1.1 (RFC 9112).
public final class HTTPServer: Sendable {
    /// The bounds that keep strangers from taking more than their share.
    public struct Limits: Sendable {
        /// Connections at a time; further ones are closed at once.
        public var connections = 4_096
        /// How long a client may take from its connection, or from an answer, to the end of its next request's head.
        public var head = Interval.seconds(60)
        /// How long it may take from there to the end of the request.
        public var content = Interval.seconds(30)
        /// How long it may take to read an answer.
        public var answer = Interval.seconds(60)
        /// Octets of answers, of all connections together, that wait for clients to read them. For which there is no
        /// room get 503, with Retry-After, instead; small ones, of 8 KiB at most, do not count. `Int.max` where answers
        /// share their storage with what they come from. What the system's sockets hold, a quarter of a MiB each, is not
        /// counted either.
        public var octets = 64 << 20
        /// Whether a client that has closed its side of the connection waits for an answer all the same.
        public var answersHalfClosed = true

        /// The default limits.
        public init() {}

        /// The limits of a service that serves files out of memory: answers share their storage.
        public static var files: Limits {
            var limits = Limits()
            limits.octets = .max
            return limits
        }
    }

    /// The address that the socket is bound to, with the port that it really has.
    public let address: RTMFP.SocketAddress
    private let channel: any Channel
    private let connections: Connections

    /// Binds `address` and serves there.
    ///
    /// - Parameters:
    ///   - address: where to listen; port 0 asks for any free one.
    ///   - service: answers; called on the threads of the event loops.
    /// - Throws: `LinkError.unavailable` if the address cannot be had.
    public init(
        at address: RTMFP.SocketAddress,
        limits: Limits = Limits(),
        service: any HTTPService
    ) throws {
        let connections = Connections(limit: limits.connections)
        let room = AnswerRoom(capacity: limits.octets)
        let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 1024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelOption(.socketOption(.so_sndbuf), value: 262_144)
            .childChannelOption(.writeBufferWaterMark, value: .init(low: 16_384, high: 32_768))
            .childChannelInitializer { channel in
                guard connections.add(channel) else { return channel.eventLoop.makeFailedFuture(TooManyConnections()) }
                return channel.eventLoop.makeCompletedFuture {
                    try HTTPServer.configure(channel, service: service, limits: limits, room: room)
                }
            }
        do {
            channel = try bootstrap.bind(to: NIOCore.SocketAddress(address)).wait()
        } catch {
            throw LinkError(bindingFailure: error, at: address)
        }
        self.connections = connections
        self.address = channel.localAddress.flatMap(RTMFP.SocketAddress.init) ?? address
    }

    /// Has a service answer what arrives on a channel, whatever carries it; called on the channel's event loop.
    public static func configure(
        _ channel: any Channel,
        service: any HTTPService,
        limits: Limits = Limits()
    ) throws {
        try configure(channel, service: service, limits: limits, room: AnswerRoom(capacity: limits.octets))
    }

    static func configure(
        _ channel: any Channel,
        service: any HTTPService,
        limits: Limits,
        room: AnswerRoom
    ) throws {
        let pipeline = channel.pipeline.syncOperations
        try pipeline.addHandler(LingeringClose())
        try pipeline.configureHTTPServerPipeline(withErrorHandling: false)
        try pipeline.addHandler(RequestHandler(service, limits: limits, room: room))
    }

    /// Stops listening and closes all connections; stopping twice does no harm.
    public func stop() {
        try? channel.close().wait()
        connections.closeAll()
    }
}

private struct TooManyConnections: Error {}
