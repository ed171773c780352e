import RTMFP
import Testing

/// Every chunk of RFC 7016 §2.3, with random fields.
@Suite struct ChunkTests {
    static let seeds: ClosedRange<UInt64> = 1...20
    static let ping = Chunk.ping(Ping(message: [0xaa]))

    @Test(arguments: ChunkType.allCases)
    func encodesAsTheSpecificationDrawsIt(_ type: ChunkType) {
        for seed in Self.seeds {
            let sample = ChunkSample(type, seed: seed)
            var writer = ByteWriter()
            sample.chunk.encode(into: &writer)
            let octets = sample.layout.octets
            #expect(writer.bytes == [type.rawValue] + bigEndian(UInt16(octets.count)) + octets, "seed \(seed)")
        }
    }

    @Test(arguments: ChunkType.allCases)
    func decodesWhatTheSpecificationDraws(_ type: ChunkType) throws {
        for seed in Self.seeds {
            let sample = ChunkSample(type, seed: seed)
            let packet = try Packet(octets(type, sample.layout.octets))
            #expect(packet.chunks == [Self.ping, sample.chunk, Self.ping], "seed \(seed)")
        }
    }

    /// Cut after any octet, a payload is malformed where a field is missing, or lacks only what may be missing; the
    /// chunk after it is read in either case.
    @Test(arguments: ChunkType.allCases)
    func aCutPayloadSaysWhatIsMissingAndSparesTheNextChunk(_ type: ChunkType) throws {
        for seed in Self.seeds {
            let layout = ChunkSample(type, seed: seed).layout
            for count in 0..<layout.octets.count {
                let payload = Array(layout.octets.prefix(count))
                let packet = try Packet(octets(type, payload))
                try #require(packet.chunks.count == 3)
                #expect(packet.chunks[2] == Self.ping)
                // Header, Ping, and type and length of the chunk itself come before its payload.
                if let error = layout.error(cutAt: count, base: 1 + 4 + 3) {
                    #expect(packet.chunks[1] == .malformed(type: type, payload: payload, error), "seed \(seed)")
                } else if case .malformed = packet.chunks[1] {
                    Issue.record("seed \(seed): \(packet.chunks[1])")
                }
            }
        }
    }

    /// Whatever the payload, decoding ends, and a well-formed result encodes to something that decodes to itself.
    @Test(arguments: ChunkType.allCases)
    func anyPayloadIsSurvived(_ type: ChunkType) throws {
        var random = SeededGenerator(seed: 7, name: type.name)
        for _ in 0..<300 {
            var payload = ChunkSample(type, seed: random.next()).layout.octets
            for _ in 0..<Int.random(in: 1...4, using: &random) where !payload.isEmpty {
                payload[Int.random(in: payload.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            let packet = try Packet(octets(type, payload))
            try #require(packet.chunks.count == 3)
            guard case .malformed(_, let kept, _) = packet.chunks[1] else {
                #expect(try Packet(packet.encoded).chunks == packet.chunks)
                continue
            }
            #expect(kept == payload)
            #expect(packet.encoded == octets(type, payload))
        }
    }

    @Test func aTypeThatIsNotDefinedKeepsItsPayload() throws {
        let known = Set(ChunkType.allCases.map(\.rawValue))
        for type in UInt8.min...UInt8.max where !known.contains(type) {
            let chunk = Chunk.unknown(type: type, payload: [1, 2, 3])
            let packet = Packet(PacketHeader(.initiator), [chunk, Self.ping])
            #expect(try Packet(packet.encoded) == packet)
        }
    }

    @Test func aPayloadTooLongForItsLengthIsCutOff() throws {
        let chunk = Chunk.ping(Ping(message: [UInt8](repeating: 5, count: 70_000)))
        let packet = try Packet(Packet(PacketHeader(.initiator), [chunk, Self.ping]).encoded)
        #expect(packet.chunks == [.ping(Ping(message: [UInt8](repeating: 5, count: 65_535))), Self.ping])
    }

    /// A packet that holds a Ping, the chunk and another Ping.
    private func octets(_ type: ChunkType, _ payload: [UInt8]) -> [UInt8] {
        let ping: [UInt8] = [0x01, 0, 1, 0xaa]
        return [0x01] + ping + [type.rawValue] + bigEndian(UInt16(payload.count)) + payload + ping
    }
}
