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
