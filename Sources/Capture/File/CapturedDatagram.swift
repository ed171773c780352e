public import RTMFP

/// A UDP datagram found in a capture.
public struct CapturedDatagram: Hashable, Sendable {
    /// The number of the frame that held it, from 1; of a fragmented one, of the frame that completed it.
    public var frame: Int
    /// When that frame was captured: nanoseconds since 1970-01-01T00:00:00Z.
    public var time: Instant
    /// Who sent it.
    public var source: SocketAddress
    /// To whom it was sent.
    public var destination: SocketAddress
    /// IPv4's type of service or IPv6's traffic class: DSCP and ECN; of a fragmented datagram, its first fragment's.
    public var trafficClass: UInt8
    /// The UDP payload.
    public var payload: [UInt8]

    /// Makes a datagram.
    public init(
        frame: Int,
        time: Instant,
        source: SocketAddress,
        destination: SocketAddress,
        trafficClass: UInt8 = 0,
        payload: [UInt8]
    ) {
        self.frame = frame
        self.time = time
        self.source = source
        self.destination = destination
        self.trafficClass = trafficClass
        self.payload = payload
    }
}
