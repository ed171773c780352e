public import HLSP2P
public import Links
public import RTMFP

/// A peer with its player, as something that can be attached to a network.
public final class ViewerNode: DatagramNode {
    /// The peer.
    public let peer: Peer
    /// What is around it.
    public let viewer: Viewer
    /// Whether an address translator in front of it drops what comes from where nothing was sent to before.
    public let isBehindNAT: Bool
    private var known: Set<SocketAddress> = []

    init(_ peer: Peer, _ viewer: Viewer, isBehindNAT: Bool) {
        self.peer = peer
        self.viewer = viewer
        self.isBehindNAT = isBehindNAT
    }

    public func receive(_ datagram: [UInt8], from far: SocketAddress, at now: Instant) {
        guard !isBehindNAT || known.contains(far) else { return }
        peer.receive(datagram, from: far, at: now)
        viewer.settle(at: now)
    }

    public func advance(to now: Instant) {
        peer.advance(to: now)
        viewer.settle(at: now)
        viewer.advance(to: now)
    }

    public var nextDeadline: Instant? {
        let own = peer.nextDeadline
        guard let other = viewer.nextDeadline else { return own }
        return own.map { min($0, other) } ?? other
    }

    public func takeDatagrams() -> [Datagram] {
        let datagrams = peer.takeDatagrams()
        if isBehindNAT { for datagram in datagrams { known.insert(datagram.far) } }
        return datagrams
    }

    public func leave(at now: Instant) {
        peer.leave(at: now)
    }
}
