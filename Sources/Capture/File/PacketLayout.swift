import RTMFP

/// How a datagram or a segment is laid out in an IP packet (RFC 791 §3.1, RFC 8200 §3).
///
/// An address of the other version than its counterpart is written as IPv6 (RFC 4291 §2.5.5.2).
struct PacketLayout {
    var source: SocketAddress
    var destination: SocketAddress
    var trafficClass: UInt8 = 0
    /// 17 for UDP, 6 for TCP.
    var protocolNumber: UInt8

    /// The most octets behind an IPv4 header.
    static let longest = 65_535 - 20

    /// The packet that holds `transport`, at most `longest` octets, with its checksum put in at `checksumOffset`.
    ///
    /// - Parameter zero: what stands for a checksum of 0.
    func packet(_ transport: [UInt8], checksumAt checksumOffset: Int, zero: UInt16 = 0) -> [UInt8] {
        var transport = transport
        var packet: [UInt8] = []
        let (from, to): ([UInt8], [UInt8])
        if case .v4 = source.ip, case .v4 = destination.ip {
            (from, to) = (source.octets, destination.octets)
            packet += [0x45, trafficClass]
            packet.big(UInt16(20 + transport.count))
            // Don't Fragment, so that the identification may be 0 (RFC 6864 §4.1).
            packet += [0, 0, 0x40, 0, 64, protocolNumber, 0, 0]
            packet += from + to
            packet.put(InternetChecksum.of([packet]), at: 10)
        } else {
            (from, to) = (source.sixteenOctets, destination.sixteenOctets)
            packet.big(0x6000_0000 | UInt32(trafficClass) << 20)
            packet.big(UInt16(transport.count))
            packet += [protocolNumber, 64]
            packet += from + to
        }
        let checksum = InternetChecksum.of([
            InternetChecksum.pseudoHeader(from, to, protocolNumber, transport.count), transport,
        ])
        transport.put(checksum == 0 ? zero : checksum, at: checksumOffset)
        return packet + transport
    }
}

/// RFC 1071.
enum InternetChecksum {
    /// Of parts in order; every part but the last must have an even number of octets. Of what holds its checksum, 0.
    static func of(_ parts: [[UInt8]]) -> UInt16 {
        var sum: UInt32 = 0
        for part in parts {
            for index in stride(from: 0, to: part.count, by: 2) {
                sum &+= UInt32(part[index]) << 8 | (index + 1 < part.count ? UInt32(part[index + 1]) : 0)
            }
        }
        while sum > 0xffff { sum = sum & 0xffff + sum >> 16 }
        return ~UInt16(truncatingIfNeeded: sum)
    }

    /// What goes into the checksums of UDP and TCP before what they hold (RFC 9293 §3.1, RFC 8200 §8.1).
    static func pseudoHeader(_ from: [UInt8], _ to: [UInt8], _ protocolNumber: UInt8, _ count: Int) -> [UInt8] {
        var header = from + to
        header.big(UInt32(protocolNumber))
        header.big(UInt32(count))
        return header
    }
}

extension SocketAddress {
    fileprivate var sixteenOctets: [UInt8] {
        let octets = self.octets
        return octets.count == 16 ? octets : [UInt8](repeating: 0, count: 10) + [0xff, 0xff] + octets
    }
}

extension [UInt8] {
    mutating func big(_ number: some FixedWidthInteger) {
        for shift in stride(from: 8, through: number.bitWidth, by: 8) {
            append(UInt8(truncatingIfNeeded: number >> (number.bitWidth - shift)))
        }
    }

    fileprivate mutating func put(_ number: UInt16, at offset: Int) {
        self[offset] = UInt8(number >> 8)
        self[offset + 1] = UInt8(number & 0xff)
    }
}
