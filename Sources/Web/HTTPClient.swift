public import HLSP2P
public import NIOCore
internal import NIOHTTP1
internal import NIOPosix

/// Sends requests of HTTP/1.1, each over a connection of its own.
public enum HTTPClient {
    /// How far a request may go.
    public struct Limits: Sendable {
        /// How long the server may say nothing, from the beginning or since it last said something.
        public var silence = TimeAmount.seconds(10)
        /// Octets of the answer's content at most.
        public var content = 64 << 20

        /// The default limits.
        public init() {}
    }

    /// Why there is no answer.
    public enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
        /// The text is no `http://` URL.
        case badURL(String)
        /// The server cannot be connected to, or breaks off; the text says why.
        case broken(String)
        /// The server said nothing for too long.
        case silent
        /// The answer is longer than it may be.
        case tooLong
        /// The request was cancelled.
        case cancelled

        /// One sentence.
        public var description: String {
            switch self {
            case .badURL(let text): "'\(text)' is no http:// URL."
            case .broken(let reason): "The connection broke: \(reason)."
            case .silent: "The server says nothing."
            case .tooLong: "The answer is too long."
            case .cancelled: "The request was cancelled."
            }
        }
    }

    /// A request that is under way; it goes on without this.
    public struct Exchange: Sendable {
        fileprivate let eventLoop: any EventLoop
        fileprivate let handler: NIOLoopBoundBox<ExchangeHandler?>

        /// Gives the request up; it fails then, unless it is over.
        public func cancel() {
            eventLoop.execute { [handler] in handler.value?.finish(.failure(.cancelled)) }
        }
    }

    /// Sends a request.
    ///
    /// - Parameters:
    ///   - url: `http://host[:port][/path][?query]`.
    ///   - received: told the octets of the content as they come; on a thread of its own, as is `done`.
    ///   - done: told the whole answer, or why there is none; called once, after `received`.
    @discardableResult
    public static func send(
        _ method: String,
        _ url: String,
        fields: [HTTPField] = [],
        body: [UInt8] = [],
        limits: Limits = Limits(),
        received: @escaping @Sendable ([UInt8]) -> Void = { _ in },
        done: @escaping @Sendable (Result<HTTPResponse, Failure>) -> Void
    ) -> Exchange? {
        guard let place = HTTPPlace(url) else {
            done(.failure(.badURL(url)))
            return nil
        }
        let eventLoop = MultiThreadedEventLoopGroup.singleton.next()
        let head = HTTPRequestHead(
            version: .http1_1,
            method: HTTPMethod(rawValue: method),
            uri: place.target,
            headers: HTTPHeaders(
                [("Host", place.authority), ("Connection", "close")] + fields.map { ($0.name, $0.value) }
                    + (body.isEmpty ? [] : [("Content-Length", "\(body.count)")])
            )
        )
        let request = ExchangeHandler.Request(head: head, body: body, limits: limits, received: received, done: done)
        let handler = NIOLoopBoundBox.makeEmptyBox(valueType: ExchangeHandler.self, eventLoop: eventLoop)
        eventLoop.execute {
            let exchange = ExchangeHandler(request, on: eventLoop)
            handler.value = exchange
            exchange.start(at: place)
        }
        return Exchange(eventLoop: eventLoop, handler: handler)
    }
}
