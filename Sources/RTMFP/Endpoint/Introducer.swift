/// Decides what becomes of an IHello: the hook for a Redirector or a Forwarder (RFC 7016 §3.5.1.4, §3.5.1.5).
public protocol Introducer: AnyObject {
    /// What to do about an IHello.
    ///
    /// Called for every IHello, also a repeated one, from an address that nobody has verified: it must be quick and
    /// must not remember.
    ///
    /// - Parameters:
    ///   - hello: endpoint discriminator and tag.
    ///   - source: where it came from.
    ///   - selected: whether the discriminator selects the endpoint's own certificate.
    func introduction(for hello: IHello, from source: SocketAddress, selected: Bool) -> Introduction
}

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
