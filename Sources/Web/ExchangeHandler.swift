internal import HLSP2P
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix

/// One request and its answer, over a connection of their own.
final class ExchangeHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    struct Request: Sendable {
        let head: HTTPRequestHead
        let body: [UInt8]
        let limits: HTTPClient.Limits
        let told: @Sendable (HTTPClient.Progress) -> Void
    }

    private let request: Request
    private let eventLoop: any EventLoop
    private var channel: (any Channel)?
    private var alarm: Alarm?
    /// Octets of the content that have come; nil before the head.
    private var length: Int?
    private var isFinished = false

    init(_ request: Request, on eventLoop: any EventLoop) {
        self.request = request
        self.eventLoop = eventLoop
    }

    func start(at place: HTTPPlace) {
        let bound = NIOLoopBound(self, eventLoop: eventLoop)
        alarm = Alarm(on: eventLoop) { bound.value.finish(.failed(.silent)) }
        alarm?.set(in: request.limits.silence)
        ClientBootstrap(group: eventLoop)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHTTPClientHandlers()
                    try channel.pipeline.syncOperations.addHandler(bound.value)
                }
            }
            .connect(host: place.host, port: place.port)
            .whenComplete { result in
                switch result {
                case .success(let channel): bound.value.send(over: channel)
                case .failure(let error): bound.value.finish(.failed(.broken("\(error)")))
                }
            }
    }

    /// Tells what has come of the request, if that was not told before, and gives the connection up.
    func finish(_ end: HTTPClient.Progress) {
        guard !isFinished else { return }
        isFinished = true
        alarm = nil
        channel?.close(promise: nil)
        request.told(end)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isFinished else { return }
        alarm?.set(in: request.limits.silence)
        switch unwrapInboundIn(data) {
        case .head(let head):
            // What is only provisional is followed by the answer proper.
            guard head.status.code >= 200 else { return }
            length = 0
            request.told(.head(Int(head.status.code), head.headers.map { HTTPField($0.name, $0.value) }))
        case .body(let part):
            guard let before = length, before + part.readableBytes <= request.limits.content else {
                return finish(.failed(.tooLong))
            }
            length = before + part.readableBytes
            request.told(.octets(Array(part.readableBytesView)))
        case .end:
            if length != nil { finish(.end) }
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        finish(.failed(.broken("the server has closed it")))
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        finish(.failed(.broken("\(error)")))
    }

    private func send(over channel: any Channel) {
        guard !isFinished else { return channel.close(promise: nil) }
        self.channel = channel
        channel.write(HTTPClientRequestPart.head(request.head), promise: nil)
        if !request.body.isEmpty {
            channel.write(HTTPClientRequestPart.body(.byteBuffer(ByteBuffer(bytes: request.body))), promise: nil)
        }
        channel.writeAndFlush(HTTPClientRequestPart.end(nil), promise: nil)
    }
}
