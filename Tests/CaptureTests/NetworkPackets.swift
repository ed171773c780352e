import Capture
import RTMFP
import Testing

/// IP packets, built octet by octet.
enum NetworkPackets {
    static let near = SocketAddress(.v4(0xc000_0201), port: 1935)
    static let far = SocketAddress(.v4(0xc633_6407), port: 40001)
    static let near6 = SocketAddress(.v6(high: 0x2001_0db8_0000_0000, low: 1), port: 1935)
    static let far6 = SocketAddress(.v6(high: 0x2001_0db8_0000_0000, low: 2), port: 40001)

    static func udp(_ payload: [UInt8], from source: SocketAddress = near, to destination: SocketAddress = far)
        -> [UInt8]
    {
        big16(Int(source.port)) + big16(Int(destination.port)) + big16(payload.count + 8) + [0, 0] + payload
    }

    /// An IPv4 packet, or the fragment of one that begins at `offset`.
    static func ipv4(
        _ payload: [UInt8],
        protocolNumber: UInt8 = 17,
        from source: SocketAddress = near,
        to destination: SocketAddress = far,
        options: [UInt8] = [],
        identification: Int = 0,
        offset: Int = 0,
        more: Bool = false
    ) -> [UInt8] {
        let header = 20 + options.count
        let start: [UInt8] = [0x40 | UInt8(header / 4), 0x02] + big16(header + payload.count)
        let middle = big16(identification) + big16((more ? 0x2000 : 0) | offset / 8) + [64, protocolNumber, 0, 0]
        return start + middle + source.octets + destination.octets + options + payload
    }

    static func ipv6(
        _ payload: [UInt8],
        nextHeader: UInt8 = 17,
        from source: SocketAddress = near6,
        to destination: SocketAddress = far6
    ) -> [UInt8] {
        [0x60, 0x20, 0, 0] + big16(payload.count) + [nextHeader, 64] + source.octets + destination.octets + payload
    }

    static func ethernet(_ packet: [UInt8], tags: [[UInt8]] = []) -> [UInt8] {
        let type: [UInt8] = (packet.first ?? 0) >> 4 == 6 ? [0x86, 0xdd] : [0x08, 0x00]
        return [UInt8](repeating: 0x02, count: 12) + tags.flatMap { $0 } + type + packet
    }

    /// The fragments of an IPv4 packet, `size` octets each, in order.
    static func fragments(_ contents: [UInt8], size: Int, identification: Int = 7) -> [[UInt8]] {
        stride(from: 0, to: contents.count, by: size).map { offset in
            ipv4(
                Array(contents[offset..<min(offset + size, contents.count)]),
                identification: identification,
                offset: offset,
                more: offset + size < contents.count
            )
        }
    }

    static func big16(_ value: Int) -> [UInt8] {
        [UInt8(truncatingIfNeeded: value >> 8), UInt8(truncatingIfNeeded: value)]
    }
}

/// What a reader makes of a file.
struct Reading {
    var datagrams: [CapturedDatagram] = []
    var counts = CaptureCounts()
    var error: CaptureError?

    init(_ bytes: [UInt8]) throws {
        let temporary = try TemporaryFile(bytes)
        withExtendedLifetime(temporary) {
            let file: CaptureFile
            do throws(CaptureError) {
                file = try CaptureFile(path: temporary.path)
            } catch {
                self.error = error
                return
            }
            do throws(CaptureError) {
                while let datagram = try file.next() { datagrams.append(datagram) }
            } catch {
                self.error = error
                #expect(throws: Never.self) { try file.next() }
            }
            counts = file.counts
        }
    }

    /// Of IP packets in Ethernet frames, a millisecond apart.
    init(packets: [[UInt8]]) throws {
        let frames = packets.enumerated().map { index, packet in
            TestFrame(octets: NetworkPackets.ethernet(packet), nanoseconds: Int64(index) * 1_000_000)
        }
        try self.init(PcapWriter.pcap(frames))
    }

    var payloads: [[UInt8]] { datagrams.map(\.payload) }
}
