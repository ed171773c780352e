import NIOCore
import NIOPosix
public import RTMFP

/// The machine's UDP sockets, IPv4 and IPv6.
///
/// Each link is a socket of its own on a free port. Event loops move the datagrams, many with one system call, between
/// the sockets and the threads that use the links; times come from the monotonic clock, taken where datagrams arrive.
/// What arrives while the link's thread is busy waits in the link, up to a limit; what is beyond it is dropped.
///
/// IPv6 addresses carry no scope here, so link-local ones cannot be reached.
public struct UDPNetwork: Network {
    private let locals: [AddressFamily: RTMFP.SocketAddress]
    private let inboxLimit: Int

    /// Makes the network.
    ///
    /// - Parameters:
    ///   - v4: What IPv4 links bind to; by default every interface and a free port.
    ///   - v6: What IPv6 links bind to; by default every interface and a free port.
    ///   - inboxLimit: How many octets may wait in a link.
    public init(
        v4: RTMFP.SocketAddress = .unspecified(.v4),
        v6: RTMFP.SocketAddress = .unspecified(.v6),
        inboxLimit: Int = 16 << 20
    ) {
        locals = [.v4: v4, .v6: v6]
        self.inboxLimit = inboxLimit
    }

    /// The network whose links are bound to the loopback interface.
    public static let loopback = UDPNetwork(v4: .loopback(.v4), v6: .loopback(.v6))

    /// Opens a socket.
    ///
    /// - Throws: ``LinkError/unavailable(_:reason:)`` if the local address cannot be had, for instance since the machine
    ///   has none of that family; ``LinkError/unreachable(_:reason:)`` if there is no way to the only address in reach.
    public func makeLink(_ reach: Reach) throws -> any Link {
        let local = locals[reach.family] ?? .unspecified(reach.family)
        return try UDPLink(local: local, reach: reach, inboxLimit: inboxLimit)
    }
}
