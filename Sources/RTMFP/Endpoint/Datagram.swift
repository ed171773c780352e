/// A datagram to be sent.
public struct Datagram: Hashable, Sendable {
    /// The UDP payload.
    public var bytes: [UInt8]
    /// Where it goes.
    public var far: SocketAddress

    /// Makes a datagram.
    public init(bytes: [UInt8], far: SocketAddress) {
        self.bytes = bytes
        self.far = far
    }
}
