public import RTMFP

/// Where connections that carry a stream of octets come from: the machine's TCP, or a simulated network in virtual time.
public protocol StreamNetwork: Sendable {
    /// The time by the network's clock; it never goes back.
    var now: Instant { get }

    /// Connects to whoever listens at `far`.
    ///
    /// - Parameters:
    ///   - local: The address to come from; nil for any. Its port 0 asks for any free one.
    ///   - deadline: When to give up.
    /// - Throws: ``LinkError/refused(_:)`` if nobody listens there, ``LinkError/unreachable(_:reason:)`` if there is no
    ///   way to it or no answer in time, ``LinkError/unavailable(_:reason:)`` if the local address cannot be had.
    func connect(to far: SocketAddress, from local: SocketAddress?, until deadline: Instant) throws -> any ByteStream

    /// Lets time pass.
    func wait(until instant: Instant) throws
}
