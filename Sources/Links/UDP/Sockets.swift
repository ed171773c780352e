import NIOCore
import NIOPosix
import RTMFP

/// How every UDP socket of this module is set up.
enum Sockets {
    /// Datagrams read with one system call.
    static let batch = 32

    /// A bootstrap for sockets of `family` whose channels get the handler that `handler` makes.
    static func bootstrap(
        on group: any EventLoopGroup,
        family: AddressFamily,
        handler: @escaping @Sendable () -> some ChannelInboundHandler
    ) -> DatagramBootstrap {
        var bootstrap = DatagramBootstrap(group: group)
            .channelOption(.datagramVectorReadMessageCount, value: batch)
            // Slots for the longest datagram there is, since what is cut off cannot be told from what was sent so. Pages
            // that no datagram touches cost nothing.
            .channelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: batch * 65_536))
            // What a node sends at once must fit before the socket has taken the first of it.
            .channelOption(.writeBufferWaterMark, value: .init(low: 1 << 20, high: 4 << 20))
            // The system grants less where its limit is lower.
            .channelOption(.socketOption(.so_rcvbuf), value: 4 << 20)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(handler())
                }
            }
        if family == .v6 {
            // Else the socket would take IPv4 datagrams too, from addresses that are neither.
            let option = ChannelOptions.Types.SocketOption(level: .ipv6, name: .ipv6_v6only)
            bootstrap = bootstrap.channelOption(option, value: 1)
        }
        return bootstrap
    }
}
