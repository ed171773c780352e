public import RTMFP

/// A TCP segment found in a capture (RFC 9293 §3.1), without its options.
public struct CapturedSegment: Hashable, Sendable {
    /// The control bits that matter to whoever reads a stream.
    public struct Control: OptionSet, Hashable, Sendable {
        public let rawValue: UInt8

        public init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        public static let finish = Control(rawValue: 0x01)
        public static let synchronize = Control(rawValue: 0x02)
        public static let reset = Control(rawValue: 0x04)
        public static let push = Control(rawValue: 0x08)
        public static let acknowledgement = Control(rawValue: 0x10)
    }

    /// The number of the frame that held it, from 1.
    public var frame: Int
    /// When that frame was captured: nanoseconds since 1970-01-01T00:00:00Z.
    public var time: Instant
    /// Who sent it.
    public var source: SocketAddress
    /// To whom it was sent.
    public var destination: SocketAddress
    /// Of the first octet of the payload, or of SYN.
    public var sequenceNumber: UInt32
    /// Of the octet that the sender expects next; means nothing without `acknowledgement`.
    public var acknowledgementNumber: UInt32
    public var control: Control
    /// Octets that the sender is willing to take.
    public var window: UInt16
    /// The octets of the stream.
    public var payload: [UInt8]
    /// Whether the checksum fits. It need not in captures of what the capturing machine sent.
    public var isIntact: Bool

    /// How far it moves the sender's sequence number on: its octets, and one each for SYN and FIN (RFC 9293 §3.4).
    public var sequenceLength: UInt32 {
        let controls: [Control] = [.synchronize, .finish]
        return UInt32(truncatingIfNeeded: payload.count + controls.count(where: control.contains))
    }

    /// Makes a segment.
    public init(
        frame: Int,
        time: Instant,
        source: SocketAddress,
        destination: SocketAddress,
        sequenceNumber: UInt32,
        acknowledgementNumber: UInt32 = 0,
        control: Control,
        window: UInt16 = .max,
        payload: [UInt8] = [],
        isIntact: Bool = true
    ) {
        self.frame = frame
        self.time = time
        self.source = source
        self.destination = destination
        self.sequenceNumber = sequenceNumber
        self.acknowledgementNumber = acknowledgementNumber
        self.control = control
        self.window = window
        self.payload = payload
        self.isIntact = isIntact
    }
}

/// What a frame of a capture holds.
public enum CapturedPacket: Hashable, Sendable {
    case datagram(CapturedDatagram)
    case segment(CapturedSegment)
}
