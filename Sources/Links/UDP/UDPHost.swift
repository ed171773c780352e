import NIOCore
import NIOPosix
public import RTMFP

/// A UDP socket behind which a node answers.
///
/// The node lives on that event loop: it is made there, and called there alone. When the system gives up the socket,
/// as it does when a datagram is to go where no route leads, the host opens it anew at the same address.
public final class UDPHost: Sendable {
    /// The address that the socket is bound to, with the port that it really has.
    public let address: RTMFP.SocketAddress
    private let keeper: NIOLoopBound<NodeKeeper>
    private let eventLoop: any EventLoop

    /// Binds `address` and starts a node there.
    ///
    /// - Parameters:
    ///   - address: Where to listen; port 0 asks for any free one.
    ///   - node: Makes the node; is told the address that the socket has.
    /// - Throws: ``LinkError/unavailable(_:reason:)`` if the address cannot be had.
    public init(
        at address: RTMFP.SocketAddress,
        node: @escaping @Sendable (RTMFP.SocketAddress) -> any DatagramNode
    ) throws {
        eventLoop = MultiThreadedEventLoopGroup.singleton.next()
        let start = eventLoop.flatSubmit { [eventLoop] in
            let keeper = NodeKeeper(on: eventLoop, family: address.family)
            let bound = NIOLoopBound(keeper, eventLoop: eventLoop)
            return keeper.start(at: address, node: node).map { (bound, $0) }
        }
        do {
            (keeper, self.address) = try start.wait()
        } catch {
            throw LinkError(bindingFailure: error, at: address)
        }
    }

    deinit {
        eventLoop.execute { [keeper] in
            _ = keeper.value.stop()
        }
    }

    /// Has `body` do something with the node soon, where alone the node is used, and sends what the node wants sent then.
    ///
    /// After `stop` nothing is done any more.
    public func perform(_ body: @escaping @Sendable (any DatagramNode, Instant) -> Void) {
        eventLoop.execute { [keeper] in keeper.value.perform(body) }
    }

    /// Lets the node take its leave, closes the socket and lets go of the node. When this returns, the node is not called
    /// any more and the port is free; stopping twice does no harm.
    public func stop() {
        let stop = eventLoop.flatSubmit { [keeper] in keeper.value.stop() }
        // An error can only say that it is stopped already.
        try? stop.wait()
    }
}
