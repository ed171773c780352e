import Dispatch
import HLSP2P
import Links
import RTMFP
import Synchronization

/// Where a peer lives, and how those on other threads reach it there.
final class PeerHost: Sendable {
    private struct Content {
        var host: UDPHost?
        /// What was to be done before the host was there.
        var early: [@Sendable (PeerNode, Instant) -> Void] = []
    }

    private let content = Mutex(Content())
    private let tell: @Sendable (PeerEvent) -> Void
    private let conduct: (any ViewerConduct)?
    private let crashed: @Sendable () -> Void

    /// - Parameters:
    ///   - tell: hears what happens, on the event loop.
    ///   - conduct: what a saboteur has made of the peer; nil for nothing.
    ///   - crashed: hears that it is to be taken for crashed.
    init(
        tell: @escaping @Sendable (PeerEvent) -> Void,
        conduct: (any ViewerConduct)? = nil,
        crashed: @escaping @Sendable () -> Void = {}
    ) {
        self.tell = tell
        self.conduct = conduct
        self.crashed = crashed
    }

    private let posts = DispatchGroup()

    /// Starts a peer behind a socket.
    func start(at address: SocketAddress, peer: @escaping @Sendable (SocketAddress) -> Peer?) throws -> UDPHost {
        let host = try UDPHost(at: address) { [self] address in
            guard let peer = peer(address) else { return SilentNode() }
            return PeerNode(peer, host: self, conduct: conduct)
        }
        let early = content.withLock { content in
            content.host = host
            defer { content.early.removeAll() }
            return content.early
        }
        for body in early { perform(body) }
        return host
    }

    /// Has `body` do something with the node soon; never, once the host has stopped.
    func perform(_ body: @escaping @Sendable (PeerNode, Instant) -> Void) {
        let host = content.withLock { content in
            if content.host == nil { content.early.append(body) }
            return content.host
        }
        host?.perform { node, now in
            if let node = node as? PeerNode { body(node, now) }
        }
    }

    /// Closes the socket; the peer takes its leave, and its last words over HTTP have a second to get through.
    func stop() {
        content.withLock { $0.host }?.stop()
        _ = posts.wait(timeout: .now() + 1)
    }

    /// Something is told over HTTP that nobody waits for; what is returned is called once that is over.
    func postBegins() -> @Sendable () -> Void {
        posts.enter()
        return { [posts] in posts.leave() }
    }

    func happened(_ event: PeerEvent) {
        tell(event)
    }

    func hasCrashed() {
        crashed()
    }
}

/// Stands in where no peer can be made.
private final class SilentNode: DatagramNode {
    func receive(_ datagram: [UInt8], from far: SocketAddress, at now: Instant) {}
    func advance(to now: Instant) {}
    var nextDeadline: Instant? { nil }
    func takeDatagrams() -> [Datagram] { [] }
}
