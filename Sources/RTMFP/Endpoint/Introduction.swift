/// What to do about an IHello.
public struct Introduction: Hashable, Sendable {
    /// Whether to answer with an RHello.
    public var responds: Bool
    /// The addresses of a Redirect; nil for no Redirect. None at all mean "ask me here" (RFC 7016 §2.3.5).
    public var redirect: [Address]?
    /// The open sessions over which to send a Forwarded IHello.
    public var forward: [SessionHandle]

    /// Makes one; by default nothing is done.
    public init(responds: Bool = false, redirect: [Address]? = nil, forward: [SessionHandle] = []) {
        self.responds = responds
        self.redirect = redirect
        self.forward = forward
    }
}
