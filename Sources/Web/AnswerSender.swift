internal import HLSP2P
internal import NIOCore
internal import NIOHTTP1

/// Sends one answer after the other over a connection, each as fast as the client reads it: but for a piece nothing is
/// copied before it can go.
final class AnswerSender {
    private struct Answer {
        var rest: ArraySlice<UInt8>
        /// Kept until all has gone.
        let share: AnswerRoom.Share?
        let isLast: Bool
        let sent: () -> Void
    }

    /// Octets of content that are handed over at a time.
    private static let piece = 32_768

    private var answer: Answer?
    private var isProceeding = false

    /// Begins to send an answer; none must be under way.
    ///
    /// - Parameters:
    ///   - share: is held while the answer is.
    ///   - isLast: whether the connection is closed after it.
    ///   - sent: called once all is handed over.
    func send(
        _ response: HTTPResponse,
        _ share: AnswerRoom.Share?,
        to head: HTTPRequestHead,
        isLast: Bool,
        _ context: ChannelHandlerContext,
        sent: @escaping () -> Void
    ) {
        let status = HTTPResponseStatus(statusCode: response.status)
        let fields = Self.fields(of: response, to: head, isLast: isLast)
        context.write(
            Self.wrap(.head(HTTPResponseHead(version: .http1_1, status: status, headers: fields))),
            promise: nil
        )
        answer = Answer(
            rest: head.method == .HEAD ? [] : response.body[...],
            share: share,
            isLast: isLast,
            sent: sent
        )
        proceed(context)
    }

    /// Hands over as much as the connection takes; to be called when it takes more.
    func proceed(_ context: ChannelHandlerContext) {
        if handOver(context) { finish(context) }
    }

    /// Whether all is handed over now.
    private func handOver(_ context: ChannelHandlerContext) -> Bool {
        // Handing something over may make room for more, and say so.
        guard answer != nil, !isProceeding else { return false }
        isProceeding = true
        defer { isProceeding = false }
        while let rest = answer?.rest, !rest.isEmpty {
            let piece = rest.prefix(Self.piece)
            answer?.rest = rest.dropFirst(piece.count)
            let content = Self.wrap(.body(.byteBuffer(context.channel.allocator.buffer(bytes: piece))))
            if rest.count > piece.count {
                context.writeAndFlush(content, promise: nil)
                guard context.channel.isWritable else { return false }
            } else {
                context.write(content, promise: nil)
            }
        }
        return answer != nil
    }

    /// Nothing goes any more.
    func giveUp() {
        answer = nil
    }

    private func finish(_ context: ChannelHandlerContext) {
        guard let answer else { return }
        self.answer = nil
        // The end lets the next request in, which may be answered before this returns.
        answer.sent()
        guard answer.isLast else { return context.writeAndFlush(Self.wrap(.end(nil)), promise: nil) }
        let written = context.eventLoop.makePromise(of: Void.self)
        let channel = context.channel
        written.futureResult.whenComplete { _ in channel.close(promise: nil) }
        context.writeAndFlush(Self.wrap(.end(nil)), promise: written)
    }

    private static func wrap(_ part: HTTPServerResponsePart) -> NIOAny {
        RequestHandler.wrapOutboundOut(part)
    }

    private static func fields(of response: HTTPResponse, to head: HTTPRequestHead, isLast: Bool) -> HTTPHeaders {
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
}
