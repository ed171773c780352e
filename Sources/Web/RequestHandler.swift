internal import HLSP2P
internal import Links
internal import NIOCore
internal import NIOHTTP1
internal import RTMFP

/// Makes requests of their parts, has the service answer them, and sends the answers, one after the other.
///
/// It comes behind the handler that holds back the next request until the last one is answered.
final class RequestHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private enum State {
        /// The next request has not begun, or its head is not whole.
        case waiting
        /// The head has come.
        case receiving(HTTPRequestHead, body: ByteBuffer)
        /// The request is whole, or was refused; it has no answer yet.
        case answering(HTTPRequestHead)
        /// The answer is on its way; nothing follows on this connection.
        case closing
    }

    private let service: any HTTPService
    private let limits: HTTPServer.Limits
    private var state = State.waiting
    private var alarm: Alarm?
    /// An answer that waits for the client to read earlier ones.
    private var held: HTTPResponse?

    init(_ service: any HTTPService, limits: HTTPServer.Limits) {
        self.service = service
        self.limits = limits
    }

    func handlerAdded(context: ChannelHandlerContext) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        alarm = Alarm(on: context.eventLoop) {
            let (handler, context) = bound.value
            handler.timeOut(context)
        }
        alarm?.set(in: limits.head)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        alarm?.cancel()
        alarm = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch (unwrapInboundIn(data), state) {
        case (.head(let head), .waiting):
            begin(head, context)
        case (.body(var part), .receiving(let head, var body)):
            guard body.readableBytes + part.readableBytes <= service.maximumBody else {
                return refuse(413, head, context)
            }
            body.writeBuffer(&part)
            state = .receiving(head, body: body)
        case (.end, .receiving(let head, let body)):
            finish(head, body, context)
        default:
            // What still comes of a request that was refused.
            break
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch (error, state) {
        case (let error as HTTPParserError, .waiting):
            refuse(error == .headerOverflow ? 431 : 400, .unreadable, context)
        case (is HTTPParserError, .receiving(let head, _)):
            refuse(400, head, context)
        case (_, .closing):
            break
        default:
            context.close(promise: nil)
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable, let response = held {
            held = nil
            send(response, context)
        }
        context.fireChannelWritabilityChanged()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        // A client may have said all that it has to say, and wait for the answer.
        if event as? ChannelEvent == .inputClosed, case .answering = state { return }
        if event as? ChannelEvent == .inputClosed { return context.close(promise: nil) }
        context.fireUserInboundEventTriggered(event)
    }

    private func begin(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        let lengths = head.headers["Content-Length"]
        let expectations = head.headers["Expect"]
        if head.version.major != 1 {
            refuse(505, head, context)
        } else if head.headers["Host"].count != 1, head.version.minor > 0 || head.headers.contains(name: "Host") {
            refuse(400, head, context)
        } else if lengths.contains(where: { Int($0).map { $0 > service.maximumBody } ?? true }) {
            refuse(413, head, context)
        } else if expectations.contains(where: { $0.lowercased() != "100-continue" }) {
            refuse(417, head, context)
        } else {
            state = .receiving(head, body: context.channel.allocator.buffer(capacity: 0))
            alarm?.set(in: limits.content)
            if !expectations.isEmpty, head.version.minor > 0 {
                context.writeAndFlush(
                    wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: .continue))),
                    promise: nil
                )
            }
        }
    }

    private func finish(_ head: HTTPRequestHead, _ body: ByteBuffer, _ context: ChannelHandlerContext) {
        state = .answering(head)
        alarm?.cancel()
        let request = HTTPRequest(
            head.method.rawValue,
            head.uri,
            fields: head.headers.map { HTTPField($0.name, $0.value) },
            body: Array(body.readableBytesView),
            from: context.channel.remoteAddress.flatMap(RTMFP.SocketAddress.init)?.unmapped
        )
        let eventLoop = context.eventLoop
        let bound = NIOLoopBound((self, context), eventLoop: eventLoop)
        service.answer(request) { response in
            guard !eventLoop.inEventLoop else {
                let (handler, context) = bound.value
                return handler.send(response, context)
            }
            eventLoop.execute {
                let (handler, context) = bound.value
                handler.send(response, context)
            }
        }
    }

    /// Answers a request before it is whole, and closes the connection.
    private func refuse(_ status: Int, _ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        var head = head
        head.headers.replaceOrAdd(name: "Connection", value: "close")
        state = .answering(head)
        send(service.refusal(status), context)
    }

    private func send(_ response: HTTPResponse, _ context: ChannelHandlerContext) {
        guard case .answering(let head) = state, context.channel.isActive else { return }
        alarm?.set(in: limits.answer)
        // The next request is held back until this answer is written: a client that reads nothing stops itself.
        guard context.channel.isWritable else {
            held = response
            return
        }
        let isLast = !head.isKeepAlive || head.asksForAnotherProtocol
        state = isLast ? .closing : .waiting
        if !isLast { alarm?.set(in: limits.head) }
        let answer = HTTPResponseHead(
            version: .http1_1,
            status: HTTPResponseStatus(statusCode: response.status),
            headers: fields(of: response, to: head, isLast: isLast)
        )
        context.write(wrapOutboundOut(.head(answer)), promise: nil)
        if head.method != .HEAD, !response.body.isEmpty {
            context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: response.body)))), promise: nil)
        }
        let written = context.eventLoop.makePromise(of: Void.self)
        if isLast {
            let channel = context.channel
            written.futureResult.whenComplete { _ in channel.close(promise: nil) }
        }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: isLast ? written : nil)
        if !isLast { written.succeed() }
    }

    private func fields(of response: HTTPResponse, to head: HTTPRequestHead, isLast: Bool) -> HTTPHeaders {
        var fields = HTTPHeaders(response.fields.map { ($0.name, $0.value) })
        fields.add(name: "Date", value: HTTPDate.now)
        // A response without content has no length (RFC 9110 §8.6).
        if response.status >= 200, response.status != 204, response.status != 304 {
            fields.add(name: "Content-Length", value: "\(response.body.count)")
        }
        if isLast {
            fields.add(name: "Connection", value: "close")
        } else if head.version.minor == 0 {
            fields.add(name: "Connection", value: "keep-alive")
        }
        return fields
    }

    private func timeOut(_ context: ChannelHandlerContext) {
        if case .receiving(let head, _) = state {
            refuse(408, head, context)
        } else {
            state = .closing
            context.close(promise: nil)
        }
    }
}

extension HTTPRequestHead {
    /// Stands for a head that could not be read.
    fileprivate static let unreadable = HTTPRequestHead(version: .http1_1, method: .GET, uri: "/")

    /// Whether another protocol is to follow (RFC 9110 §7.8, §9.3.6). None is spoken here, but the parser reads no
    /// further request.
    fileprivate var asksForAnotherProtocol: Bool {
        method == .CONNECT
            || headers.contains(name: "Upgrade")
                && headers[canonicalForm: "Connection"].contains { $0.lowercased() == "upgrade" }
    }
}

extension RTMFP.SocketAddress {
    /// The IPv4 address that an IPv6 address stands for, if it does (RFC 4291 §2.5.5.2).
    fileprivate var unmapped: RTMFP.SocketAddress {
        guard case .v6(high: 0, let low) = ip, low >> 32 == 0xffff else { return self }
        return RTMFP.SocketAddress(.v4(UInt32(truncatingIfNeeded: low)), port: port)
    }
}
