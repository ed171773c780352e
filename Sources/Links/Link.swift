public import RTMFP

/// One end from which datagrams are sent and at which they arrive.
///
/// A link belongs to one thread, which uses it synchronously: ``receive(until:)`` blocks that thread on a real link, and
/// advances the virtual clock on a simulated one. What is written against a link, top to bottom, runs on both.
public protocol Link: AnyObject {
    /// The address that the link is bound to. Others may see it under another one.
    var localAddress: SocketAddress { get }

    /// The time by the network's clock; it never goes back.
    var now: Instant { get }

    /// The number of datagrams that arrived and were dropped, since too many waited for ``receive(until:)`` already.
    var dropped: Int { get }

    /// Sends a datagram. As with UDP, success says nothing about its arrival.
    ///
    /// - Throws: ``LinkError`` if the datagram is too long, if it cannot go to that address, or if the link is closed.
    func send(_ bytes: [UInt8], to far: SocketAddress) throws

    /// The next datagram in order of arrival; nil when `deadline` passed without one.
    ///
    /// A deadline in the past asks for what is already there.
    ///
    /// - Throws: ``LinkError``: that the far end refuses (only with ``Reach/only(_:)``), that an earlier datagram could
    ///   not be sent, or that the link is closed. Datagrams that arrived before are returned first.
    func receive(until deadline: Instant) throws -> ReceivedDatagram?

    /// Gives the address back. A closed link sends and receives nothing; closing twice does no harm.
    func close()
}

extension Link {
    /// The next datagram in order of arrival; nil when none came `within` that interval.
    ///
    /// - Throws: what ``receive(until:)`` throws.
    public func receive(within interval: Interval) throws -> ReceivedDatagram? {
        try receive(until: now + interval)
    }
}

/// A datagram that arrived.
public struct ReceivedDatagram: Hashable, Sendable {
    /// The octets, as they came off the wire.
    public var bytes: [UInt8]
    /// Where it came from.
    public var far: SocketAddress
    /// When it arrived, by the network's clock; it may have waited since.
    public var at: Instant

    /// Makes a datagram.
    public init(_ bytes: [UInt8], from far: SocketAddress, at: Instant) {
        self.bytes = bytes
        self.far = far
        self.at = at
    }
}
