import RTMFP

extension CapturedDatagram {
    /// The datagram in an IP packet (RFC 768; RFC 791 §3.1, RFC 8200 §3).
    ///
    /// An address of the other version than its counterpart is written as IPv6 (RFC 4291 §2.5.5.2). A payload too long
    /// for an IP packet is cut off.
    var ipPacket: [UInt8] {
        let payload = self.payload.count <= 65_507 ? self.payload : Array(self.payload.prefix(65_507))
        let udpLength = UInt16(8 + payload.count)
        var udp: [UInt8] = []
        udp.big(source.port)
        udp.big(destination.port)
        udp.big(udpLength)
        udp.big(0 as UInt16)
        udp += payload
        var packet: [UInt8] = []
        let (from, to): ([UInt8], [UInt8])
        if case .v4 = source.ip, case .v4 = destination.ip {
            (from, to) = (source.octets, destination.octets)
            packet += [0x45, trafficClass]
            packet.big(20 + udpLength)
            // Don't Fragment, so that the identification may be 0 (RFC 6864 §4.1).
            packet += [0, 0, 0x40, 0, 64, 17, 0, 0]
            packet += from + to
            let checksum = CapturedDatagram.checksum([packet])
            packet[10] = UInt8(checksum >> 8)
            packet[11] = UInt8(checksum & 0xff)
        } else {
            (from, to) = (source.sixteenOctets, destination.sixteenOctets)
            packet.big(0x6000_0000 | UInt32(trafficClass) << 20)
            packet.big(udpLength)
            packet += [17, 64]
            packet += from + to
        }
        var pseudoHeader = from + to
        pseudoHeader.big(17 as UInt32)
        pseudoHeader.big(UInt32(udpLength))
        let checksum = CapturedDatagram.checksum([pseudoHeader, udp])
        // 0 says that there is no checksum.
        udp[6] = UInt8((checksum == 0 ? 0xffff : checksum) >> 8)
        udp[7] = UInt8((checksum == 0 ? 0xffff : checksum) & 0xff)
        return packet + udp
    }

    /// RFC 1071; every part but the last must have an even number of octets.
    private static func checksum(_ parts: [[UInt8]]) -> UInt16 {
        var sum: UInt32 = 0
        for part in parts {
            for index in stride(from: 0, to: part.count, by: 2) {
                sum &+= UInt32(part[index]) << 8 | (index + 1 < part.count ? UInt32(part[index + 1]) : 0)
            }
        }
        while sum > 0xffff { sum = sum & 0xffff + sum >> 16 }
        return ~UInt16(truncatingIfNeeded: sum)
    }
}

extension SocketAddress {
    fileprivate var sixteenOctets: [UInt8] {
        let octets = self.octets
        return octets.count == 16 ? octets : [UInt8](repeating: 0, count: 10) + [0xff, 0xff] + octets
    }
}

extension [UInt8] {
    fileprivate mutating func big(_ number: some FixedWidthInteger) {
        for shift in stride(from: 8, through: number.bitWidth, by: 8) {
            append(UInt8(truncatingIfNeeded: number >> (number.bitWidth - shift)))
        }
    }
}
