public import RTMFP

/// Whatever listens for connections and can be attached to a simulated network.
///
/// A node does no I/O and reads no clock. Whoever runs it calls it and its ends from one place at a time, with times
/// that never go back, and after each call takes what the ends want sent.
public protocol StreamNode: AnyObject {
    /// Somebody connects.
    ///
    /// - Returns: This side's end; nil to refuse.
    func accept(from far: SocketAddress, at now: Instant) -> (any StreamEnd)?

    /// Runs what was due until `now`.
    func advance(to now: Instant)

    /// When the node next wants to be advanced without octets; nil for never.
    var nextDeadline: Instant? { get }
}

/// A listening node's end of one connection.
public protocol StreamEnd: AnyObject {
    /// Octets came.
    func receive(_ octets: [UInt8], at now: Instant)

    /// The far end sends nothing more, and may still listen.
    func finish(at now: Instant)

    /// The far end is gone.
    func abandon(at now: Instant)

    /// Takes out what this end wants sent since the last call.
    func take() -> [UInt8]

    /// Whether this end is closed once what it wants sent has been taken.
    var hasEnded: Bool { get }
}
