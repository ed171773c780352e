import Capture
import RTMFP
import Testing

@Suite("Link layers and IP headers")
struct LinkTypeTests {
    /// What comes before an IP packet on a link.
    struct Link: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var linkType: UInt32
        var before4: [UInt8]
        var before6: [UInt8]
    }

    private static let macs = [UInt8](repeating: 0x0a, count: 12)
    private static let cooked: [UInt8] = [0, 4, 0x03, 0x04, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0]
    private static let cooked2: [UInt8] = [0, 0, 0, 0, 0, 1, 0x03, 0x04, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0]

    static let links = [
        Link(testDescription: "Ethernet", linkType: 1, before4: macs + [8, 0], before6: macs + [0x86, 0xdd]),
        Link(
            testDescription: "Ethernet, VLAN tag",
            linkType: 1,
            before4: macs + [0x81, 0, 0, 5, 8, 0],
            before6: macs + [0x81, 0, 0, 5, 0x86, 0xdd]
        ),
        Link(
            testDescription: "Ethernet, two VLAN tags",
            linkType: 1,
            before4: macs + [0x88, 0xa8, 0, 5, 0x81, 0, 0, 6, 8, 0],
            before6: macs + [0x88, 0xa8, 0, 5, 0x81, 0, 0, 6, 0x86, 0xdd]
        ),
        Link(testDescription: "loopback, Linux", linkType: 0, before4: [2, 0, 0, 0], before6: [10, 0, 0, 0]),
        Link(testDescription: "loopback, Darwin", linkType: 0, before4: [2, 0, 0, 0], before6: [30, 0, 0, 0]),
        Link(testDescription: "loopback, big-endian", linkType: 0, before4: [0, 0, 0, 2], before6: [0, 0, 0, 28]),
        Link(testDescription: "loopback, OpenBSD", linkType: 108, before4: [0, 0, 0, 2], before6: [0, 0, 0, 24]),
        Link(
            testDescription: "Linux cooked",
            linkType: 113,
            before4: cooked + [8, 0],
            before6: cooked + [0x86, 0xdd]
        ),
        Link(
            testDescription: "Linux cooked, version 2",
            linkType: 276,
            before4: [8, 0] + cooked2,
            before6: [0x86, 0xdd] + cooked2
        ),
        Link(testDescription: "raw IP", linkType: 101, before4: [], before6: []),
        Link(testDescription: "raw IPv4", linkType: 228, before4: [], before6: []),
        Link(testDescription: "raw IPv6", linkType: 229, before4: [], before6: []),
    ]

    @Test("give the datagrams of both IP versions", arguments: links)
    func datagrams(_ link: Link) throws {
        let frames = [
            link.before4 + NetworkPackets.ipv4(NetworkPackets.udp([1, 2, 3])),
            link.before6 + NetworkPackets.ipv6(NetworkPackets.udp([4, 5])),
        ]
        let pcap = PcapWriter.pcap(frames.map { TestFrame(octets: $0) }, linkType: link.linkType)
        let reading = try Reading(pcap)
        #expect(reading.error == nil)
        #expect(
            reading.datagrams == [
                CapturedDatagram(
                    frame: 1,
                    time: .origin,
                    source: NetworkPackets.near,
                    destination: NetworkPackets.far,
                    trafficClass: 2,
                    payload: [1, 2, 3]
                ),
                CapturedDatagram(
                    frame: 2,
                    time: .origin,
                    source: NetworkPackets.near6,
                    destination: NetworkPackets.far6,
                    trafficClass: 2,
                    payload: [4, 5]
                ),
            ]
        )
    }

    @Test("of other kinds are refused with their name")
    func otherLinkType() throws {
        let reading = try Reading(PcapWriter.pcap([], linkType: 105))
        guard case .unsupportedLinkType(_, "IEEE802_11") = reading.error else {
            Issue.record("\(String(describing: reading.error))")
            return
        }
    }

    @Test("IPv4 options and the link's trailing padding are not payload")
    func optionsAndPadding() throws {
        let packet = NetworkPackets.ipv4(NetworkPackets.udp([9]), options: [1, 1, 1, 0])
        let reading = try Reading(packets: [packet + [0, 0, 0, 0, 0, 0]])
        #expect(reading.payloads == [[9]])
    }

    @Test(
        "IPv6 extension headers are skipped",
        arguments: [
            // Each is a chain: next header values and the octets of the headers, ending in UDP (17).
            (0, [17, 0, 1, 4, 0, 0, 0, 0]),
            (60, [17, 1, 1, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
            (43, [17, 0, 4, 0, 0, 0, 0, 0]),
            (51, [17, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
            (0, [43, 0, 1, 4, 0, 0, 0, 0, 60, 0, 4, 0, 0, 0, 0, 0, 17, 0, 1, 4, 0, 0, 0, 0]),
            // A Fragment header on a packet that is whole (RFC 6946).
            (44, [17, 0, 0, 0, 0, 0, 0, 1]),
        ] as [(UInt8, [UInt8])]
    )
    func extensionHeaders(_ nextHeader: UInt8, _ headers: [UInt8]) throws {
        let packet = NetworkPackets.ipv6(headers + NetworkPackets.udp([7, 7]), nextHeader: nextHeader)
        let reading = try Reading(packets: [packet])
        #expect(reading.payloads == [[7, 7]])
        #expect(reading.counts.fragments == 0)
    }

    /// A frame that gives no datagram, and how it is counted.
    struct Barren: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var frame: [UInt8]
        var originalLength: Int?
        var count: @Sendable (CaptureCounts) -> Int
    }

    private static let whole = NetworkPackets.ethernet(NetworkPackets.ipv4(NetworkPackets.udp([1, 2, 3, 4])))

    static let barren = [
        Barren(
            testDescription: "ARP",
            frame: macs + [8, 6] + [UInt8](repeating: 0, count: 28),
            count: \.otherProtocols
        ),
        Barren(
            testDescription: "TCP",
            frame: NetworkPackets.ethernet(NetworkPackets.ipv4([UInt8](repeating: 0, count: 20), protocolNumber: 6)),
            count: \.otherProtocols
        ),
        Barren(
            testDescription: "no next header",
            frame: NetworkPackets.ethernet(NetworkPackets.ipv6([], nextHeader: 59)),
            count: \.otherProtocols
        ),
        Barren(
            testDescription: "cut off in the payload by the capture",
            frame: Array(whole.dropLast(2)),
            originalLength: whole.count,
            count: \.truncated
        ),
        Barren(
            testDescription: "cut off in the IP header by the capture",
            frame: Array(whole.prefix(20)),
            originalLength: whole.count,
            count: \.truncated
        ),
        Barren(
            testDescription: "cut off in the Ethernet header by the capture",
            frame: Array(whole.prefix(5)),
            originalLength: whole.count,
            count: \.truncated
        ),
        Barren(testDescription: "shorter than its IP length", frame: Array(whole.dropLast(2)), count: \.malformed),
        Barren(testDescription: "empty", frame: [], count: \.malformed),
        Barren(
            testDescription: "IP version 5",
            frame: macs + [8, 0] + [0x55] + whole.dropFirst(15),
            count: \.malformed
        ),
        Barren(
            testDescription: "IP header length of 16",
            frame: macs + [8, 0] + [0x44] + whole.dropFirst(15),
            count: \.malformed
        ),
        Barren(
            testDescription: "UDP length beyond the packet",
            frame: NetworkPackets.ethernet(NetworkPackets.ipv4([0, 1, 0, 2, 0, 13, 0, 0, 1, 2, 3, 4])),
            count: \.malformed
        ),
        Barren(
            testDescription: "UDP length of 7",
            frame: NetworkPackets.ethernet(NetworkPackets.ipv4([0, 1, 0, 2, 0, 7, 0, 0, 1, 2, 3, 4])),
            count: \.malformed
        ),
        Barren(
            testDescription: "extension header beyond the packet",
            frame: NetworkPackets.ethernet(NetworkPackets.ipv6([17, 9, 0, 0, 0, 0, 0, 0], nextHeader: 60)),
            count: \.malformed
        ),
    ]

    @Test("give no datagram, but a count, of frames that hold none", arguments: barren)
    func barrenFrames(_ barren: Barren) throws {
        let frames = [
            TestFrame(octets: barren.frame, originalLength: barren.originalLength),
            TestFrame(octets: LinkTypeTests.whole),
        ]
        let reading = try Reading(PcapWriter.pcap(frames))
        #expect(reading.error == nil)
        #expect(reading.payloads == [[1, 2, 3, 4]], "the next frame is read as ever")
        #expect(barren.count(reading.counts) == 1)
        #expect(reading.counts.frames == 2)
    }
}
