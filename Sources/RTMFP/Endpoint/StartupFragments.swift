/// Cuts a startup packet that is larger than paths are into Packet Fragments, and says when to send them (RFC 7016 §3.4).
struct StartupFragments {
    /// Octets of a plain packet that goes out whole.
    static let largestWhole = 1400
    /// Octets of a fragment: four datagrams with one each, and all that is around it, are less than 4380 octets.
    private static let size = 1056
    /// Datagrams in each 200 ms.
    private static let burst = 4

    /// The packets, each with the time to wait before it is sent.
    let packets: [(packet: Packet, delay: Interval)]

    init(of plain: [UInt8], header: PacketHeader, id: UInt64) {
        let starts = Array(stride(from: 0, to: plain.count, by: StartupFragments.size))
        packets = starts.enumerated().map { index, start in
            let fragment = PacketFragment(
                moreFragments: index + 1 < starts.count,
                packetID: id,
                fragmentNumber: UInt64(index),
                packetFragment: Array(plain[start..<min(plain.count, start + StartupFragments.size)])
            )
            let delay = Interval.milliseconds(200) * Double(index / StartupFragments.burst)
            return (Packet(header, [.packetFragment(fragment)]), delay)
        }
    }
}
