import RTMFP

/// The SHA-256 of a capture's packets, each with that of all before it: with another packet, one less or one more, or
/// another order or time it is another one. Which frames hold them does not matter.
public struct PacketDigest {
    private var value: [UInt8] = []

    /// Makes one of the first packets.
    public init(of packets: some Sequence<CapturedPacket> = []) {
        for packet in packets { add(packet) }
    }

    /// Takes the next packet in.
    public mutating func add(_ packet: CapturedPacket) {
        let head: String
        let payload: [UInt8]
        switch packet {
        case .datagram(let datagram):
            head = "datagram \(datagram.time.nanoseconds) \(datagram.source) \(datagram.destination)"
            payload = datagram.payload
        case .segment(let segment):
            head = """
                segment \(segment.time.nanoseconds) \(segment.source) \(segment.destination) \
                \(segment.sequenceNumber) \(segment.acknowledgementNumber) \(segment.control.rawValue)
                """
            payload = segment.payload
        }
        value = SHA256.hash(value + Array(head.utf8) + [0] + payload)
    }

    /// Two digits an octet; empty if there are no packets.
    public var hexadecimal: String { value.hexadecimal }
}
