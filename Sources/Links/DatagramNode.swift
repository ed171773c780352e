public import RTMFP

/// Whatever answers datagrams and can be attached to a network, real or simulated: an endpoint, a mute target.
///
/// A node does no I/O and reads no clock. Whoever runs it calls it from one place at a time, with times that never go
/// back, and after each call sends what it wants sent.
public protocol DatagramNode: AnyObject {
    /// A datagram arrived.
    func receive(_ datagram: [UInt8], from far: SocketAddress, at now: Instant)

    /// Runs what was due until `now`.
    func advance(to now: Instant)

    /// When the node next wants to be advanced without a datagram; nil for never.
    var nextDeadline: Instant? { get }

    /// Takes out what the node wants sent since the last call, in order.
    func takeDatagrams() -> [Datagram]

    /// The node is about to be taken off the network: what it wants sent now is the last. Nothing by default.
    func leave(at now: Instant)
}

extension DatagramNode {
    public func leave(at now: Instant) {}
}

extension Endpoint: DatagramNode {}
