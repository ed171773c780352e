import Capture
import Foundation
import RTMFP
import Testing
import Wireshark

@Suite("Written captures")
struct CaptureWriterTests {
    private static let version6 = SocketAddress(.v6(high: 0x2001_0db8 << 32, low: 7), port: 1935)
    private static let datagrams = [
        CapturedDatagram(
            frame: 1,
            time: Instant(nanoseconds: 1_795_381_105_123_456_789),
            source: .loopback(port: 40_000),
            destination: SocketAddress(.v4(0xc000_0201), port: 1935),
            trafficClass: 0xb8,
            payload: Array(0..<21)
        ),
        CapturedDatagram(
            frame: 2,
            time: Instant(nanoseconds: 1_795_381_105_123_456_790),
            source: version6,
            destination: SocketAddress(.v6(high: 0xfe80 << 48, low: 9), port: 9),
            payload: []
        ),
        CapturedDatagram(
            frame: 3,
            time: Instant(nanoseconds: 1_795_381_106_000_000_000),
            source: .loopback(port: 1),
            destination: .loopback(port: 2),
            payload: [UInt8](repeating: 0xfe, count: 65_000)
        ),
    ]

    private static func written(_ body: (CaptureWriter) throws -> Void) throws -> TemporaryFile {
        let file = try TemporaryFile([], name: "capture.pcapng")
        let writer = try CaptureWriter(path: file.path, interface: "lo", comment: "a test")
        try body(writer)
        try writer.close()
        return file
    }

    private static func read(_ file: TemporaryFile) throws -> [CapturedDatagram] {
        let capture = try CaptureFile(path: file.path)
        var datagrams: [CapturedDatagram] = []
        while let datagram = try capture.next() { datagrams.append(datagram) }
        return datagrams
    }

    @Test("give back every datagram with its nanoseconds, addresses and class, with comments of any length or none")
    func roundTrip() throws {
        let file = try Self.written { writer in
            for (index, datagram) in Self.datagrams.enumerated() {
                try writer.write(datagram, comment: [nil, "guilty: ü", String(repeating: "x", count: 70_001)][index])
            }
            #expect(writer.packets == 3)
        }
        #expect(try Self.read(file) == Self.datagrams)
    }

    @Test("hold what comes first even if the writer goes on, once it is flushed")
    func flushed() throws {
        let file = try TemporaryFile([], name: "capture.pcapng")
        let writer = try CaptureWriter(path: file.path)
        try writer.write(Self.datagrams[0])
        try writer.flush()
        #expect(try Self.read(file) == [Self.datagrams[0]])
        #expect(writer.octets == (try Data(contentsOf: URL(fileURLWithPath: file.path))).count)
    }

    @Test("cannot be written to a full disk, or where there is no folder", arguments: ["/dev/full", "/nowhere/at.all"])
    func cannotWrite(_ path: String) throws {
        let error = #expect(throws: CaptureWriteError.self) {
            let writer = try CaptureWriter(path: path)
            for _ in 0..<100 { try writer.write(Self.datagrams[2]) }
            try writer.close()
        }
        let reason = path == "/dev/full" ? "No space left on device" : "No such file or directory"
        #expect(error == CaptureWriteError(path: path, reason: reason))
    }

    @Test("are what Wireshark's programs read, checksums included", .enabled(if: Wireshark.isInstalled))
    func wireshark() throws {
        let file = try Self.written { writer in
            for datagram in Self.datagrams { try writer.write(datagram, comment: "frame \(datagram.frame)") }
        }
        let fields = [
            "frame.time_epoch", "ip.src", "ipv6.src", "udp.length", "frame.comment", "udp.checksum.status",
        ]
        let output = try Wireshark.tshark(
            ["-r", file.path, "-o", "udp.check_checksum:TRUE", "-o", "ip.check_checksum:TRUE", "-T", "fields"]
                + fields.flatMap { ["-e", $0] }
        )
        #expect(
            output == """
                1795381105.123456789\t127.0.0.1\t\t29\tframe 1\t1
                1795381105.123456790\t\t2001:db8::7\t8\tframe 2\t1
                1795381106.000000000\t127.0.0.1\t\t65008\tframe 3\t1

                """
        )
    }

    private static let segments = [
        CapturedSegment(
            frame: 1,
            time: Instant(nanoseconds: 1_795_381_105_123_456_789),
            source: .loopback(port: 40_000),
            destination: SocketAddress(.v4(0xc000_0201), port: 80),
            sequenceNumber: .max,
            control: .synchronize
        ),
        CapturedSegment(
            frame: 2,
            time: Instant(nanoseconds: 1_795_381_105_123_456_790),
            source: version6,
            destination: SocketAddress(.v6(high: 0xfe80 << 48, low: 9), port: 9),
            sequenceNumber: 7,
            acknowledgementNumber: 0x8000_0001,
            control: [.push, .acknowledgement],
            window: 3,
            payload: Array("an odd number".utf8)
        ),
        CapturedSegment(
            frame: 3,
            time: Instant(nanoseconds: 1_795_381_106_000_000_000),
            source: .loopback(port: 1),
            destination: .loopback(port: 2),
            sequenceNumber: 0,
            control: [.finish, .reset],
            payload: [UInt8](repeating: 0xfe, count: CapturedSegment.longestPayload)
        ),
    ]

    @Test(
        "give back every segment, with its numbers, control bits and octets, beside datagrams that are read as before"
    )
    func segments() throws {
        let file = try Self.written { writer in
            for segment in Self.segments { try writer.write(.segment(segment)) }
            try writer.write(.datagram(Self.datagrams[0]))
        }
        let capture = try CaptureFile(path: file.path)
        for segment in Self.segments { #expect(try capture.nextPacket() == .segment(segment)) }
        guard case .datagram(let datagram) = try capture.nextPacket() else {
            Issue.record("the datagram is missing")
            return
        }
        #expect(datagram.payload == Self.datagrams[0].payload)
        #expect(datagram.frame == 4)
        #expect(try capture.nextPacket() == nil)
        #expect(capture.counts.otherProtocols == 3)
        #expect(try Self.read(file).map(\.frame) == [4])
    }

    @Test("of segments are what Wireshark's programs read, checksums included", .enabled(if: Wireshark.isInstalled))
    func wiresharkSegments() throws {
        let file = try Self.written { writer in
            for segment in Self.segments { try writer.write(.segment(segment)) }
        }
        let fields = [
            "tcp.flags", "tcp.seq_raw", "tcp.ack_raw", "tcp.window_size_value", "tcp.len", "tcp.checksum.status",
        ]
        let shown = try Wireshark.fields(
            fields,
            ["-r", file.path, "-o", "tcp.check_checksum:TRUE", "-o", "ip.check_checksum:TRUE"]
        )
        #expect(
            shown == [
                ["0x0002", "4294967295", "0", "65535", "0", "1"], ["0x0018", "7", "2147483649", "3", "13", "1"],
                ["0x0005", "0", "0", "65535", "65495", "1"],
            ]
        )
    }

    @Test("of segments with options, damage, or lengths that lie, give no octets that are not there")
    func oddSegments() throws {
        // A header of 24 octets in an IPv4 packet, as captured: the option, then two octets.
        let plain = Self.segments[1].payload
        func frame(offset: UInt8, options: [UInt8], spoil: Int? = nil) throws -> CapturedPacket? {
            let file = try Self.written { writer in
                var packet: [UInt8] = [0x45, 0, 0, UInt8(40 + options.count + plain.count), 0, 0, 0x40, 0, 64, 6, 0, 0]
                packet += [127, 0, 0, 1, 127, 0, 0, 2]
                packet += [0, 80, 0, 81, 0, 0, 0, 1, 0, 0, 0, 2, offset << 4, 0x18, 0, 9, 0, 0, 0, 0]
                packet += options + plain
                if let spoil { packet[spoil] ^= 1 }
                try writer.write(frame: packet, at: .origin)
            }
            return try CaptureFile(path: file.path).nextPacket()
        }
        guard case .segment(let segment) = try frame(offset: 6, options: [1, 1, 1, 0]) else {
            Issue.record("a segment with options is one")
            return
        }
        #expect(segment.payload == plain)
        #expect(!segment.isIntact, "its checksum is 0")
        #expect(try frame(offset: 4, options: []) == nil, "a header is of 20 octets at least")
        #expect(try frame(offset: 15, options: []) == nil, "a header does not go beyond the packet")
    }

    @Test("of keys give back what was logged, and nobody but the owner may read them")
    func keys() throws {
        let directions = [
            LoggedDirection(
                sessionID: 0x0102_03ff,
                travel: .sent,
                farAddress: Self.version6,
                mode: .responder,
                protection: PacketProtection(key: [UInt8](repeating: 5, count: 16))
            ),
            LoggedDirection(
                sessionID: 7,
                travel: .received,
                farAddress: .loopback(port: 40_000),
                mode: .initiator,
                protection: PacketProtection(
                    key: Array(0..<16),
                    verification: .hmac(key: Array(0..<32), length: 10),
                    sequenceNumbers: true
                )
            ),
        ]
        let file = try TemporaryFile([], name: "keys.jsonl")
        try FileManager.default.removeItem(atPath: file.path)
        let writer = try KeyLogWriter(path: file.path)
        for direction in directions { try writer.write(direction) }
        #expect(try KeyLog(path: file.path).directions == directions)
        let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }
}
