public import HLSP2P
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
public import RTMFP
internal import Synchronization

/// Sends requests of HTTP/1.1, each over a connection of its own.
public enum HTTPClient {
    /// How far a request may go.
    public struct Limits: Sendable {
        /// How long the server may say nothing, from the beginning or since it last said something.
        public var silence = Interval.seconds(10)
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
            eventLoop.execute { [handler] in handler.value?.finish(.failed(.cancelled)) }
        }
    }

    /// What comes of a request, in order.
    public enum Progress: Sendable {
        /// The status code and the header fields.
        case head(Int, [HTTPField])
        /// Octets of the content.
        case octets([UInt8])
        /// All has come; the last that is told.
        case end
        /// There is no answer, or not all of it; the last that is told.
        case failed(Failure)
    }

    /// Sends a request, and tells what comes of it as it comes.
    ///
    /// - Parameters:
    ///   - url: `http://host[:port][/path][?query]`.
    ///   - told: called on a thread of its own.
    @discardableResult
    public static func open(
        _ method: String,
        _ url: String,
        fields: [HTTPField] = [],
        body: [UInt8] = [],
        limits: Limits = Limits(),
        told: @escaping @Sendable (Progress) -> Void
    ) -> Exchange? {
        guard let place = HTTPPlace(url) else {
            told(.failed(.badURL(url)))
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
        let request = ExchangeHandler.Request(head: head, body: body, limits: limits, told: told)
        let handler = NIOLoopBoundBox.makeEmptyBox(valueType: ExchangeHandler.self, eventLoop: eventLoop)
        eventLoop.execute {
            let exchange = ExchangeHandler(request, on: eventLoop)
            handler.value = exchange
            exchange.start(at: place)
        }
        return Exchange(eventLoop: eventLoop, handler: handler)
    }

    /// Sends a request, and tells the whole answer, or why there is none.
    @discardableResult
    public static func send(
        _ method: String,
        _ url: String,
        fields: [HTTPField] = [],
        body: [UInt8] = [],
        limits: Limits = Limits(),
        done: @escaping @Sendable (Result<HTTPResponse, Failure>) -> Void
    ) -> Exchange? {
        let answer = Answer()
        return open(method, url, fields: fields, body: body, limits: limits) { progress in
            switch progress {
            case .head(let status, let fields): answer.set(HTTPResponse(status, fields: fields))
            case .octets(let octets): answer.add(octets)
            case .end: done(.success(answer.value))
            case .failed(let failure): done(.failure(failure))
            }
        }
    }
}

/// An answer as it comes.
private final class Answer: Sendable {
    private let content = Mutex(HTTPResponse(0))

    var value: HTTPResponse { content.withLock(\.self) }
    func set(_ response: HTTPResponse) { content.withLock { $0 = response } }
    func add(_ octets: [UInt8]) { content.withLock { $0.body += octets } }
}
