import RTMFP
import Testing

/// Plain packets (RFC 7016 §2.2.4).
@Suite struct PacketTests {
    static let ping = Chunk.ping(Ping(message: []))
    static let pingOctets: [UInt8] = [0x01, 0, 0]

    @Test(arguments: UInt8.min...UInt8.max)
    func theFlagsSayWhatTheHeaderHolds(_ flags: UInt8) throws {
        let fields: [UInt8] = (flags & 8 != 0 ? [0x12, 0x34] : []) + (flags & 4 != 0 ? [0x56, 0x78] : [])
        let octets = [flags] + fields + Self.pingOctets
        let packet = try Packet(octets)
        #expect(packet.header.mode.rawValue == flags & 3)
        #expect(packet.header.timeCritical == (flags & 0x80 != 0))
        #expect(packet.header.timeCriticalReverse == (flags & 0x40 != 0))
        #expect(packet.header.reserved == flags & 0x30)
        #expect(packet.header.timestamp == (flags & 8 != 0 ? 0x1234 : nil))
        #expect(packet.header.timestampEcho == (flags & 4 != 0 ? 0x5678 : nil))
        #expect(packet.chunks == [Self.ping])
        #expect(packet.encoded == octets)
    }

    @Test(
        arguments: [
            ([], 1, 0, "flags"), ([0x08], 2, 1, "timestamp"), ([0x08, 1], 2, 1, "timestamp"),
            ([0x0c, 1, 2], 2, 3, "timestampEcho"), ([0x04, 1], 2, 1, "timestampEcho"),
        ] as [([UInt8], UInt64, Int, String)]
    )
    func aHeaderThatDoesNotFitIsAnError(_ octets: [UInt8], _ needed: UInt64, _ offset: Int, _ field: String) {
        let error = WireError(
            .truncated(needed: needed, available: octets.count - offset),
            offset: offset,
            path: [field]
        )
        #expect(throws: error) { try Packet(octets) }
    }

    @Test func randomPacketsComeBack() throws {
        var random = SeededGenerator(seed: 3)
        for _ in 0..<200 {
            var header = PacketHeader(PacketMode.allCases.randomElement(using: &random) ?? .startup)
            header.timestamp = Bool.random(using: &random) ? UInt16.random(in: 0 ... .max, using: &random) : nil
            header.timestampEcho = Bool.random(using: &random) ? UInt16.random(in: 0 ... .max, using: &random) : nil
            let chunks = (0..<Int.random(in: 0...6, using: &random)).map { _ in
                ChunkSample(ChunkType.allCases.randomElement(using: &random) ?? .ping, seed: random.next()).chunk
            }
            let packet = Packet(header, chunks, padding: [UInt8](repeating: 0xff, count: Int(random.next() % 16)))
            let decoded = try Packet(packet.encoded)
            #expect(decoded == packet)
        }
    }

    /// What is too short for a chunk, or says that it is longer than the packet, is padding; what stands before it
    /// counts.
    @Test(
        arguments: [
            [], [0x01], [0x01, 0], [0x10, 1, 0, 0xaa], [0x01, 0, 1], [0xff, 0xff, 0xff], [0xff, 0xff, 0xff, 0xff],
            [0x00, 0, 5, 0, 0, 0, 0],
        ] as [[UInt8]]
    )
    func whatDoesNotFitIsPadding(_ tail: [UInt8]) throws {
        let octets = [0x01] + Self.pingOctets + tail
        let packet = try Packet(octets)
        #expect(packet.chunks == [Self.ping])
        #expect(packet.padding == tail)
        #expect(packet.encoded == octets)
    }

    /// Padding that fits is a chunk, and what follows it counts (RFC 7016 §2.3).
    @Test(arguments: [true, false])
    func aPaddingChunkThatFitsIsSkipped(_ ones: Bool) throws {
        let packet = try Packet([0x01, ones ? 0xff : 0, 0, 2, 9, 9] + Self.pingOctets)
        #expect(packet.chunks == [.padding(ones: ones, [9, 9]), Self.ping])
        #expect(packet.padding == [])
    }

    @Test func chunksSayWhereTheyStand() throws {
        let octets: [UInt8] = [0x09, 0, 1, 0x01, 0, 2, 7, 7, 0x0c, 0, 0, 0xff]
        var reader = ByteReader(octets.span)
        _ = try PacketHeader(from: &reader)
        let first = Packet.nextChunk(&reader)
        #expect(first?.chunk == .ping(Ping(message: [7, 7])))
        #expect(first?.offset == 3)
        #expect(first?.length == 5)
        let second = Packet.nextChunk(&reader)
        #expect(second?.chunk == .sessionCloseRequest)
        #expect(second?.offset == 8)
        #expect(second?.length == 3)
        #expect(Packet.nextChunk(&reader) == nil)
        #expect(reader.offset == 11)
    }

    /// Any octets are a packet, unless the header does not fit; header, chunks and padding are all of it.
    @Test func anyOctetsAreSurvived() throws {
        var random = SeededGenerator(seed: 11)
        for _ in 0..<3000 {
            let octets = random.octets(Int.random(in: 5...60, using: &random)).map { octet in
                // Small lengths and known types, so that there are chunks.
                octet < 128 ? octet % 8 : octet
            }
            var reader = ByteReader(octets.span)
            _ = try PacketHeader(from: &reader)
            var end = reader.offset
            while let placed = Packet.nextChunk(&reader) {
                #expect(placed.offset == end)
                end += placed.length
            }
            #expect(reader.offset == end)
            #expect(try Packet(octets).padding == Array(octets.dropFirst(end)))
        }
    }
}
