import NIOCore
import RTMFP

/// Brings the datagrams of one socket to the node behind it.
final class NodeHandler: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>

    private let keeper: NodeKeeper
    private var address: RTMFP.SocketAddress?

    init(keeper: NodeKeeper) {
        self.keeper = keeper
    }

    func channelActive(context: ChannelHandlerContext) {
        address = context.channel.localAddress.flatMap(RTMFP.SocketAddress.init)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let envelope = unwrapInboundIn(data)
        guard let far = RTMFP.SocketAddress(envelope.remoteAddress) else { return }
        keeper.receive(Array(buffer: envelope.data), from: far)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        keeper.collect()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // What concerns the whole socket closes it, which is heard of below; the rest concerns datagrams, which get lost.
    }

    func channelInactive(context: ChannelHandlerContext) {
        if let address { keeper.lost(address) }
    }
}
