public import RTMFP

/// Why a link could not be made or used.
public enum LinkError: Error, Hashable, Sendable {
    /// Nobody listens there: the far host said so (ICMP port unreachable).
    case refused(SocketAddress)
    /// No datagram can go there from here.
    case unreachable(SocketAddress, reason: String)
    /// The datagram is longer than what can be sent.
    case tooLong(octets: Int, limit: Int)
    /// The local address cannot be had.
    case unavailable(SocketAddress, reason: String)
    /// The link is closed.
    case closed
    /// The system broke the link.
    case broken(reason: String)
    /// A simulated network did not come to rest: so many events passed while one link waited once.
    case restless(events: Int)
}

extension LinkError: CustomStringConvertible {
    /// One sentence.
    public var description: String {
        switch self {
        case .refused(let far): "nobody listens at \(far)"
        case .unreachable(let far, let reason): "\(far) cannot be reached: \(reason)"
        case .tooLong(let octets, let limit): "a datagram of \(octets) octets is longer than \(limit)"
        case .unavailable(let address, let reason): "\(address) cannot be bound: \(reason)"
        case .closed: "the link is closed"
        case .broken(let reason): "the link broke: \(reason)"
        case .restless(let events): "the simulated network did not come to rest in \(events) events"
        }
    }
}
