public import RTMFP

/// Where links come from: the machine's UDP sockets, or a simulated network in virtual time.
public protocol Network: Sendable {
    /// Makes a link that reaches as far as `reach` says.
    ///
    /// - Throws: ``LinkError`` if there is no address or no resource for one.
    func makeLink(_ reach: Reach) throws -> any Link
}

extension Network {
    /// Makes a link that reaches everyone over IPv4.
    ///
    /// - Throws: ``LinkError`` if there is no address or no resource for one.
    public func makeLink() throws -> any Link {
        try makeLink(.everyone(.v4))
    }
}

/// Whom a link can talk to.
public enum Reach: Hashable, Sendable {
    /// Everyone with an address of the family.
    case everyone(AddressFamily)
    /// One address alone: nothing that comes from elsewhere is seen. In return such a link learns that nobody listens
    /// there (``LinkError/refused(_:)``), which a link that reaches everyone never does.
    case only(SocketAddress)

    /// The family of the addresses in reach.
    public var family: AddressFamily {
        switch self {
        case .everyone(let family): family
        case .only(let far): far.family
        }
    }
}
