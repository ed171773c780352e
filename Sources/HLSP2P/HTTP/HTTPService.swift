/// Answers requests of HTTP; the connections are somebody else's matter.
public protocol HTTPService: Sendable {
    /// Octets of a request's content at most; whoever sends more gets `refusal(413)`.
    var maximumBody: Int { get }

    /// Answers a request, at once or later, on whatever thread.
    ///
    /// - Parameter done: to be called once.
    func answer(_ request: HTTPRequest, _ done: @escaping @Sendable (HTTPResponse) -> Void)

    /// The answer to a request that is refused for its form, before it is whole: 400, 408, 413, 431.
    func refusal(_ status: Int) -> HTTPResponse
}
