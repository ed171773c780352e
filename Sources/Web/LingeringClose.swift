internal import NIOCore

/// Closes a connection so that the client still gets the last answer: a socket that is closed while there are octets to
/// read is reset, and what was sent may be lost (RFC 9112 §9.6).
final class LingeringClose: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// How long the client may go on sending; what it sends is ignored.
    private static let patience = TimeAmount.seconds(2)

    private var isClosing = false

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        guard mode == .all, !isClosing, context.channel.isActive else {
            return context.close(mode: mode, promise: promise)
        }
        isClosing = true
        let channel = context.channel
        context.close(mode: .output, promise: nil)
        context.read()
        let end = context.eventLoop.scheduleTask(in: Self.patience) { channel.close(promise: nil) }
        channel.closeFuture.whenComplete { _ in end.cancel() }
        promise?.completeWith(channel.closeFuture)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if isClosing { context.read() } else { context.fireChannelRead(data) }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if isClosing, event as? ChannelEvent == .inputClosed {
            context.close(promise: nil)
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }
}
