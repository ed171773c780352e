/// Answers requests of HTTP; the connections are somebody else's matter.
public protocol HTTPService: Sendable {
    /// Octets of a request's content at most; whoever sends more gets `refusal(413)`.
    var maximumBody: Int { get }

    /// Whether the content of a request, whose head has come, may follow; nil if so. Any answer is the last one of its
    /// connection, so that nobody has to take in what will be refused.
    ///
    /// Asked only about requests that announce content.
    ///
    /// - Parameter head: the request, as yet without content.
    func refusal(ofContentAfter head: HTTPRequest) -> HTTPResponse?

    /// Answers a request, at once or later, on whatever thread.
    ///
    /// - Parameter done: to be called once.
    func answer(_ request: HTTPRequest, _ done: @escaping @Sendable (HTTPResponse) -> Void)

    /// The same for a client that may leave before it has its answer.
    ///
    /// - Returns: what to call when it does; `done` need not be called any more then.
    func begin(_ request: HTTPRequest, _ done: @escaping @Sendable (HTTPResponse) -> Void) -> @Sendable () -> Void

    /// The answer to a request that is refused for its form, before it is whole: 400, 408, 413, 431; or that there is no
    /// room for: 503.
    func refusal(_ status: Int) -> HTTPResponse
}

extension HTTPService {
    public func refusal(ofContentAfter head: HTTPRequest) -> HTTPResponse? { nil }

    public func begin(
        _ request: HTTPRequest,
        _ done: @escaping @Sendable (HTTPResponse) -> Void
    ) -> @Sendable () -> Void {
        answer(request, done)
        return {}
    }
}
