import NIOCore
import RTMFP

/// The event loop's end of a link.
final class LinkHandler: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>

    private let inbox: Inbox
    private let outbox: Outbox
    private let reach: Reach
    private var batch: [ReceivedDatagram] = []

    init(inbox: Inbox, outbox: Outbox, reach: Reach) {
        self.inbox = inbox
        self.outbox = outbox
        self.reach = reach
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let envelope = unwrapInboundIn(data)
        guard let far = RTMFP.SocketAddress(envelope.remoteAddress) else { return }
        // What came from elsewhere before the socket was connected is out of reach too.
        if case .only(let only) = reach, only != far { return }
        batch.append(ReceivedDatagram(Array(buffer: envelope.data), from: far, at: .monotonic))
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        inbox.append(batch)
        batch.removeAll(keepingCapacity: true)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        outbox.drain(into: context.channel)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard case .only(let far) = reach else { return }
        inbox.complain(LinkError(failure: error, towards: far))
    }

    func channelInactive(context: ChannelHandlerContext) {
        outbox.close()
        inbox.end(.closed)
    }
}
