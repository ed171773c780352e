import RTMFP

extension CapturedDatagram {
    /// The datagram in an IP packet (RFC 768). A payload too long for one is cut off.
    var ipPacket: [UInt8] {
        let payload = self.payload.prefix(PacketLayout.longest - 8)
        var udp: [UInt8] = []
        udp.big(source.port)
        udp.big(destination.port)
        udp.big(UInt16(8 + payload.count))
        udp.big(0 as UInt16)
        udp += payload
        let layout = PacketLayout(
            source: source,
            destination: destination,
            trafficClass: trafficClass,
            protocolNumber: 17
        )
        // 0 says that there is no checksum.
        return layout.packet(udp, checksumAt: 6, zero: 0xffff)
    }
}

extension CapturedSegment {
    /// The most octets of a stream that fit into a segment.
    public static let longestPayload = PacketLayout.longest - 20

    /// The segment in an IP packet (RFC 9293 §3.1), without options. A payload too long for one is cut off.
    var ipPacket: [UInt8] {
        var tcp: [UInt8] = []
        tcp.big(source.port)
        tcp.big(destination.port)
        tcp.big(sequenceNumber)
        tcp.big(acknowledgementNumber)
        tcp += [0x50, control.rawValue]
        tcp.big(window)
        tcp.big(0 as UInt32)
        tcp += payload.prefix(CapturedSegment.longestPayload)
        return PacketLayout(source: source, destination: destination, protocolNumber: 6)
            .packet(tcp, checksumAt: 16)
    }
}
