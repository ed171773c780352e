import RTMFP

/// Whoever has an address on a simulated network.
protocol End: AnyObject {
    /// A datagram arrived.
    func deliver(_ datagram: ReceivedDatagram)
    /// The far host said that nobody listens there.
    func learnOfRefusal(by far: SocketAddress)
}
