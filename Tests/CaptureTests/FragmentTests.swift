import Capture
import RTMFP
import Testing

@Suite("Fragmented IP packets")
struct FragmentTests {
    private static let payload = (0..<3000).map { UInt8(truncatingIfNeeded: $0 / 7) }
    private static let pieces = NetworkPackets.fragments(NetworkPackets.udp(payload), size: 1480)

    @Test(
        "give their datagram in any order, repeated or not",
        arguments: [[0, 1, 2], [2, 1, 0], [1, 2, 0], [2, 0, 1], [0, 0, 1, 1, 2], [2, 2, 1, 0], [2, 1, 1, 0]]
    )
    func anyOrder(_ order: [Int]) throws {
        let reading = try Reading(packets: order.map { FragmentTests.pieces[$0] })
        #expect(reading.payloads == [FragmentTests.payload])
        #expect(reading.datagrams.first?.frame == order.count)
        #expect(reading.counts.fragments == order.count)
        #expect(reading.counts.incomplete == 0)
        #expect(reading.counts.overlapping == 0)
    }

    @Test("of which one never comes are counted", arguments: [[0, 1], [1, 2], [0, 2], [1]])
    func missing(_ order: [Int]) throws {
        let reading = try Reading(packets: order.map { FragmentTests.pieces[$0] })
        #expect(reading.payloads == [])
        #expect(reading.counts.incomplete == 1)
    }

    /// A fragment that does not go with the others of the packet.
    private static func piece(at offset: Int, _ octets: [UInt8], more: Bool = true) -> [UInt8] {
        NetworkPackets.ipv4(octets, identification: 7, offset: offset, more: more)
    }

    @Test(
        "that overlap are given up, fragments that come later included",
        arguments: [
            // Other octets in the same place; over the end of one; within one; another end; beyond the end.
            piece(at: 0, [UInt8](repeating: 1, count: 1480)),
            piece(at: 1472, [UInt8](repeating: 1, count: 16)),
            piece(at: 1480, [UInt8](repeating: 1, count: 8)),
            piece(at: 2960, [UInt8](repeating: 1, count: 8), more: false),
            piece(at: 8000, [UInt8](repeating: 1, count: 8)),
        ]
    )
    func overlapping(_ piece: [UInt8]) throws {
        let pieces = FragmentTests.pieces
        let reading = try Reading(packets: [pieces[0], pieces[2], piece, pieces[1], pieces[0]])
        #expect(reading.payloads == [])
        #expect(reading.counts.overlapping + reading.counts.incomplete == 1)
    }

    @Test("of other hosts, protocols and identifications are kept apart")
    func keptApart() throws {
        let other = NetworkPackets.fragments(
            NetworkPackets.udp([UInt8](repeating: 5, count: 3000)),
            size: 1480,
            identification: 8
        )
        let otherProtocol = NetworkPackets.ipv4(
            [UInt8](repeating: 0, count: 1480),
            protocolNumber: 6,
            identification: 7,
            more: true
        )
        let pieces = FragmentTests.pieces
        let reading = try Reading(
            packets: [pieces[0], other[0], otherProtocol, other[1], pieces[1], other[2], pieces[2]]
        )
        #expect(reading.payloads == [[UInt8](repeating: 5, count: 3000), FragmentTests.payload])
    }

    @Test("of IPv6 are put together behind their extension headers")
    func version6() throws {
        // The fragmentable part begins with destination options, so the first fragment's next header is theirs.
        let contents = [17, 0, 1, 4, 0, 0, 0, 0] + NetworkPackets.udp(FragmentTests.payload)
        func fragment(_ range: Range<Int>, last: Bool) -> [UInt8] {
            let header = [60, 0] + NetworkPackets.big16(range.lowerBound | (last ? 0 : 1)) + [0, 0, 0, 9]
            return NetworkPackets.ipv6(header + contents[range], nextHeader: 44)
        }
        let reading = try Reading(
            packets: [fragment(1232..<contents.count, last: true), fragment(0..<1232, last: false)]
        )
        #expect(reading.payloads == [FragmentTests.payload])
        #expect(reading.datagrams.first?.source == NetworkPackets.near6)
    }

    @Test("are not kept longer than half a minute of the capture's time")
    func age() throws {
        let times: [Int64] = [0, 1, 32]
        let frames = zip(FragmentTests.pieces, times).map { piece, second in
            TestFrame(octets: NetworkPackets.ethernet(piece), nanoseconds: second * 1_000_000_000)
        }
        let reading = try Reading(PcapWriter.pcap(frames))
        #expect(reading.payloads == [])
        #expect(reading.counts.incomplete == 2, "the first two fragments, and the third by itself")
    }

    @Test("are given up, oldest first, when there are very many")
    func bounded() throws {
        let many = (0..<2000).map {
            NetworkPackets.fragments(NetworkPackets.udp(FragmentTests.payload), size: 1480, identification: $0)
        }
        let reading = try Reading(packets: many.map { $0[0] } + many.map { $0[1] } + many.map { $0[2] })
        #expect(reading.payloads == [])
        #expect(reading.counts.incomplete == 6000)
        let few = Array(many.prefix(200))
        let complete = try Reading(packets: few.map { $0[0] } + few.map { $0[1] } + few.map { $0[2] })
        #expect(complete.payloads.count == 200)
    }

    @Test(
        "that cannot be are counted as malformed",
        arguments: [
            piece(at: 0, []), piece(at: 0, [1, 2, 3]), piece(at: 65528, [UInt8](repeating: 0, count: 16)),
        ]
    )
    func malformed(_ piece: [UInt8]) throws {
        #expect(try Reading(packets: [piece]).counts.malformed == 1)
    }
}
