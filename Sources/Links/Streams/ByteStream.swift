public import RTMFP

/// One end of a connection that carries octets in order, both ways.
///
/// It belongs to one thread, which uses it synchronously: ``receive(until:)`` blocks that thread on a real connection,
/// and advances the virtual clock on a simulated one.
public protocol ByteStream: AnyObject {
    /// The address of this end.
    var localAddress: SocketAddress { get }

    /// The time by the network's clock; it never goes back.
    var now: Instant { get }

    /// Hands octets over for sending, and does not wait until they have gone: what the far end does not take yet goes
    /// while this end waits in ``receive(until:)``. What can be sent no more is dropped; the end of the stream tells.
    func send(_ octets: [UInt8])

    /// The next octets; none at the end of the stream; nil when `deadline` passed without any.
    ///
    /// A deadline in the past asks for what is already there.
    ///
    /// - Throws: ``LinkError/broken(reason:)`` if the connection broke, for instance since the far end reset it.
    func receive(until deadline: Instant) throws -> [UInt8]?

    /// Says that nothing more will be sent, once what was handed over has gone; octets may come all the same.
    func finishSending()

    /// Gives the connection up; closing twice does no harm.
    func close()
}
