internal import HLSP2P
internal import Links
internal import NIOCore
internal import NIOHTTP1
internal import RTMFP

/// Makes requests of their parts, has the service answer them, and sends the answers, one after the other.
///
/// It comes behind the handler that holds back the next request until the last one is answered. Nothing is asked of the
/// service before the client has read what it was answered earlier, so that a client that reads nothing stops itself.
final class RequestHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private enum State {
        /// The next request has not begun, or its head is not whole.
        case waiting
        /// The head has come.
        case receiving(HTTPRequestHead)
        /// The request is whole; the client has not read its earlier answers.
        case held(HTTPRequestHead)
        /// The service was asked.
        case answering(HTTPRequestHead)
        /// The head of the answer is sent, and the content as the client reads it.
        case sending
        /// Nothing follows on this connection but what is sent already.
        case closing
    }

    private let service: any HTTPService
    private let limits: HTTPServer.Limits
    private let room: AnswerRoom
    private let sender = AnswerSender()
    private var state = State.waiting
    /// What has come of the request's content. By itself, so that it grows in place.
    private var content = ByteBuffer()
    private var alarm: Alarm?
    /// Tells the service that nobody waits for the answer any more.
    private var forget: (@Sendable () -> Void)?
    /// How many requests the service was asked.
    private var asked = 0

    init(_ service: any HTTPService, limits: HTTPServer.Limits, room: AnswerRoom) {
        self.service = service
        self.limits = limits
        self.room = room
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

    func channelInactive(context: ChannelHandlerContext) {
        giveUp()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch (unwrapInboundIn(data), state) {
        case (.head(let head), .waiting):
            begin(head, context)
        case (.body(var part), .receiving(let head)):
            guard content.readableBytes + part.readableBytes <= service.maximumBody else {
                return refuse(413, head, context)
            }
            content.writeBuffer(&part)
        case (.end, .receiving(let head)):
            state = .held(head)
            alarm?.set(in: limits.answer)
            proceed(context)
        default:
            // What still comes of a request that was refused.
            break
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch (error, state) {
        case (let error as HTTPParserError, .waiting):
            refuse(error == .headerOverflow ? 431 : 400, .unreadable, context)
        case (is HTTPParserError, .receiving(let head)):
            refuse(400, head, context)
        case (_, .closing):
            break
        default:
            giveUp()
            context.close(promise: nil)
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        proceed(context)
        context.fireChannelWritabilityChanged()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard event as? ChannelEvent == .inputClosed else { return context.fireUserInboundEventTriggered(event) }
        switch state {
        case .held, .answering, .sending:
            // A client may have said all that it has to say, and wait for the answer.
            if limits.answersHalfClosed { return }
        case .waiting, .receiving, .closing: break
        }
        giveUp()
        context.close(promise: nil)
    }

    private func begin(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        let lengths = head.headers["Content-Length"]
        let hosts = head.headers["Host"]
        let expectations = head.headers["Expect"]
        if head.version.major != 1 {
            refuse(505, head, context)
        } else if hosts.count > 1 || (hosts.isEmpty && head.version.minor > 0) || !hosts.allSatisfy(HostField.isValid) {
            refuse(400, head, context)
        } else if head.announcesContent,
            let response = service.refusal(ofContentAfter: request(head, body: [], context))
        {
            refuse(with: response, head, context)
        } else if lengths.contains(where: { Int($0).map { $0 > service.maximumBody } ?? true }) {
            refuse(413, head, context)
        } else if expectations.contains(where: { $0.lowercased() != "100-continue" }) {
            refuse(417, head, context)
        } else {
            state = .receiving(head)
            alarm?.set(in: limits.content)
            if !expectations.isEmpty, head.version.minor > 0 {
                context.writeAndFlush(
                    wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: .continue))),
                    promise: nil
                )
            }
        }
    }

    /// Asks the service, or sends more of its answer, if the client has read what there was.
    private func proceed(_ context: ChannelHandlerContext) {
        guard context.channel.isWritable else { return }
        switch state {
        case .held(let head): ask(head, context)
        case .sending: sender.proceed(context)
        default: break
        }
    }

    private func ask(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        state = .answering(head)
        alarm?.cancel()
        let eventLoop = context.eventLoop
        let bound = NIOLoopBound((self, context), eventLoop: eventLoop)
        let request = request(head, body: Array(content.readableBytesView), context)
        content = ByteBuffer()
        asked += 1
        let number = asked
        let forget = service.begin(request) { [room, service] response in
            // Before it waits for the event loop it has its place in the common room, or is none.
            let share = room.take(response.body.count)
            let response = share == nil ? service.refusal(503).retriedLater : response
            guard !eventLoop.inEventLoop else {
                let (handler, context) = bound.value
                return handler.send(response, share, context)
            }
            eventLoop.execute {
                let (handler, context) = bound.value
                handler.send(response, share, context)
            }
        }
        // An answer may have come at once, and the next request with it.
        if case .answering = state, asked == number { self.forget = forget }
    }

    private func request(_ head: HTTPRequestHead, body: [UInt8], _ context: ChannelHandlerContext) -> HTTPRequest {
        HTTPRequest(
            head.method.rawValue,
            head.uri,
            fields: head.headers.map { HTTPField($0.name, $0.value) },
            body: body,
            from: context.channel.remoteAddress.flatMap(RTMFP.SocketAddress.init)?.unmapped
        )
    }

    /// Answers a request before it is whole, and closes the connection.
    private func refuse(_ status: Int, _ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        refuse(with: service.refusal(status), head, context)
    }

    private func refuse(with response: HTTPResponse, _ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        var head = head
        head.headers.replaceOrAdd(name: "Connection", value: "close")
        content = ByteBuffer()
        state = .answering(head)
        send(response, nil, context)
    }

    /// - Parameter share: the room that the answer takes up; nil for one that says that there is none.
    private func send(_ response: HTTPResponse, _ share: AnswerRoom.Share?, _ context: ChannelHandlerContext) {
        forget = nil
        guard case .answering(let head) = state, context.channel.isActive else { return }
        state = .sending
        alarm?.set(in: limits.answer)
        // Whoever asked for what there is no room for does not ask for the next thing at once.
        let isLast = !head.isKeepAlive || head.asksForAnotherProtocol || share == nil
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        sender.send(response, share, to: head, isLast: isLast, context) { bound.value.sent(isLast: isLast) }
    }

    private func sent(isLast: Bool) {
        guard case .sending = state else { return }
        state = isLast ? .closing : .waiting
        if !isLast { alarm?.set(in: limits.head) }
    }

    private func timeOut(_ context: ChannelHandlerContext) {
        if case .receiving(let head) = state {
            refuse(408, head, context)
        } else {
            giveUp()
            context.close(promise: nil)
        }
    }

    /// The client is gone, or as good as that.
    private func giveUp() {
        state = .closing
        content = ByteBuffer()
        sender.giveUp()
        let forget = forget
        self.forget = nil
        forget?()
    }
}

extension HTTPRequestHead {
    /// Stands for a head that could not be read.
    fileprivate static let unreadable = HTTPRequestHead(version: .http1_1, method: .GET, uri: "/")

    /// Whether content follows that is not empty, as far as the head tells.
    fileprivate var announcesContent: Bool {
        headers.contains(name: "Transfer-Encoding") || headers["Content-Length"].contains { Int($0) != 0 }
    }

    /// Whether another protocol is to follow (RFC 9110 §7.8, §9.3.6). None is spoken here, but the parser reads no
    /// further request.
    fileprivate var asksForAnotherProtocol: Bool {
        method == .CONNECT
            || headers.contains(name: "Upgrade")
                && headers[canonicalForm: "Connection"].contains { $0.lowercased() == "upgrade" }
    }
}

extension HTTPResponse {
    /// The same, and that trying again soon may help.
    fileprivate var retriedLater: HTTPResponse {
        var response = self
        response.fields.append(HTTPField("Retry-After", "1"))
        return response
    }
}

extension RTMFP.SocketAddress {
    /// The IPv4 address that an IPv6 address stands for, if it does (RFC 4291 §2.5.5.2).
    fileprivate var unmapped: RTMFP.SocketAddress {
        guard case .v6(high: 0, let low) = ip, low >> 32 == 0xffff else { return self }
        return RTMFP.SocketAddress(.v4(UInt32(truncatingIfNeeded: low)), port: port)
    }
}
