import Links
import NIOCore
import NIOPosix
import RTMFP
import Testing

/// A kind of stream network with a server on it that sends back what comes, doubled, and ends when its client does.
enum StreamGround: CustomTestStringConvertible, CaseIterable {
    case simulated
    case tcp

    var testDescription: String { "\(self)" }

    func meet(_ body: (any StreamNetwork, RTMFP.SocketAddress) throws -> Void) throws {
        switch self {
        case .simulated:
            let network = SimulatedNetwork(seed: 1)
            network.conditions = Conditions { $0.delay = .milliseconds(3) }
            let address = RTMFP.SocketAddress(.v4(0x0a00_0001), port: 80)
            try network.attach(DoublingNode(), at: address)
            try body(network, address)
        case .tcp:
            let channel = try ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .childChannelOption(.allowRemoteHalfClosure, value: true)
                .childChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(DoublingHandler())
                    }
                }
                .bind(host: "127.0.0.1", port: 0).wait()
            defer { try? channel.close().wait() }
            let port = UInt16(clamping: channel.localAddress?.port ?? 0)
            try body(TCPNetwork(), .loopback(port: port))
        }
    }
}

extension ByteStream {
    /// All that comes until `count` octets are there, or the stream ends.
    func receive(count: Int) throws -> [UInt8] {
        var octets: [UInt8] = []
        while octets.count < count {
            guard let piece = try receive(until: now + patience) else { break }
            if piece.isEmpty { break }
            octets += piece
        }
        return octets
    }
}

private final class DoublingNode: StreamNode {
    func accept(from far: RTMFP.SocketAddress, at now: Instant) -> (any StreamEnd)? { End() }
    func advance(to now: Instant) {}
    var nextDeadline: Instant? { nil }

    private final class End: StreamEnd {
        private var octets: [UInt8] = []
        private(set) var hasEnded = false

        func receive(_ octets: [UInt8], at now: Instant) { self.octets += octets + octets }
        func finish(at now: Instant) { hasEnded = true }
        func abandon(at now: Instant) { hasEnded = true }
        func take() -> [UInt8] {
            defer { octets = [] }
            return octets
        }
    }
}

private final class DoublingHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let octets = unwrapInboundIn(data)
        context.write(wrapOutboundOut(octets), promise: nil)
        context.writeAndFlush(wrapOutboundOut(octets), promise: nil)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard event as? ChannelEvent == .inputClosed else { return }
        // What is written already has to go first.
        let channel = context.channel
        context.writeAndFlush(wrapOutboundOut(ByteBuffer())).whenComplete { _ in channel.close(promise: nil) }
    }
}
