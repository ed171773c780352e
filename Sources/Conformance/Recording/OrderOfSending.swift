import Capture
import RTMFP

/// Packets of one direction of a session in the order in which they were sent, as far as they tell it themselves.
///
/// Networks reorder. Session sequence numbers tell the order exactly (RFC 7425 §4.6.6). Without them, timestamps do, to
/// 4 ms (RFC 7016 §2.2.4); what neither tells stays in the order of the capture.
func inOrderOfSending(_ packets: [RecordedPacket]) -> [RecordedPacket] {
    var clock = SenderClock()
    let keyed = packets.map { packet in (packet.contents.sequenceNumber ?? clock.ticks(packet), packet) }
    return keyed.sorted { ($0.0, $0.1.number) < ($1.0, $1.1.number) }.map(\.1)
}

extension RecordedPacket {
    /// Whether this was certainly sent after another packet of the same direction, whatever the order of capture.
    func isKnownToFollow(_ other: RecordedPacket) -> Bool {
        if let number = contents.sequenceNumber, let before = other.contents.sequenceNumber { return number > before }
        guard let timestamp = header.timestamp, let before = other.header.timestamp else { return false }
        // The low bits of a clock tell before from after for half of what they can count.
        return time - other.time < .seconds(100) && Int16(bitPattern: timestamp &- before) > 0
    }
}

extension [Int] {
    /// How many of these ascending numbers are not above `limit`.
    func count(upTo limit: Int) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle] <= limit { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// Follows a sender's clock, of which packets show the low 16 bits only.
private struct SenderClock {
    private var last: (ticks: Int64, timestamp: UInt16, time: Instant)?

    /// The sender's clock when it sent a packet, in ticks from any origin; that of the latest if the packet has none.
    mutating func ticks(_ packet: RecordedPacket) -> UInt64 {
        guard let timestamp = packet.header.timestamp else { return origin(last?.ticks ?? 0) }
        guard let last else {
            self.last = (0, timestamp, packet.time)
            return origin(0)
        }
        // By our own clock, the sender's should have come this far; its timestamp says how much more or less it is.
        let expected = (packet.time - last.time).nanoseconds / 4_000_000
        let near = last.timestamp &+ UInt16(truncatingIfNeeded: expected)
        let ticks = last.ticks + expected + Int64(Int16(bitPattern: timestamp &- near))
        if ticks > last.ticks { self.last = (ticks, timestamp, packet.time) }
        return origin(ticks)
    }

    private func origin(_ ticks: Int64) -> UInt64 {
        UInt64(clamping: ticks) &+ (ticks < 0 ? 0 : 1 << 40)
    }
}
