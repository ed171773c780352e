import Flash
import HLSP2P
import RTMFP
import Testing

/// Peers that say anything: no harm to others, no traps, no memory without bound (peer-protocol §8).
@Suite struct HostilePeerTests {
    static let good = [Stage.peer(1), Stage.peer(2)]
    static let bad = [Stage.peer(3), Stage.peer(4)]

    static let subtypes = [
        "hasChunk", "getPiece", "goPushMode", "goPushMode2", "pausePush", "resumePush", "stopPush", "ping", "speedTest",
        "pushPiece", "pushPieceError", "unheardOf", "",
    ]
    static let names = [
        "uri", "id", "count", "offset", "len", "chunkOffset", "chunkLen", "externalID", "pingId", "start_time",
        "result",
        "avgChunkSize", "calFrom", "content", "chunkSize", "isFromStableSource", "idxData", "data", "lastUsedTime",
        "lastSize", "outPeerNumber",
    ]

    static func value(_ random: inout SeededGenerator) -> AMF3Value {
        let integers: [Int32] = [0, 1, -1, 2, 7, 1_000, 0x0fff_ffff, -0x1000_0000]
        switch Int.random(in: 0..<12, using: &random) {
        case 0: return .null
        case 1: return .undefined
        case 2: return .boolean(.random(using: &random))
        case 3:
            return .double(
                [.nan, .infinity, 1e300, -1e300, 0.5, 9e15, -9.2e18, 4e9].randomElement(using: &random) ?? 0
            )
        case 4: return .date(milliseconds: [.nan, 0, 1e300].randomElement(using: &random) ?? 0)
        case 5: return .byteArray(random.octets(Int.random(in: 0...2_000, using: &random)))
        case 6:
            return .byteArray(Array("#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:\(Int.random(in: 0...9, using: &random))\n".utf8))
        case 7: return .string(String(repeating: "x", count: Int.random(in: 0...9_000, using: &random)))
        case 8...9: return .string(Stage.uri(.random(in: 0...9, using: &random)))
        default: return .integer(integers.randomElement(using: &random) ?? 0)
        }
    }

    static func envelope(_ random: inout SeededGenerator) -> Envelope {
        let ids = [0, 1, 2, 3, 5, 8, 100, -1, Int.max, Int.min]
        let id = ids.randomElement(using: &random) ?? 0
        let kinds: [Envelope.Kind] = [
            .request, .response(to: Int.random(in: -1...6, using: &random), wantsConfirm: .random(using: &random)),
            .confirm(of: Int.random(in: -1...6, using: &random)),
        ]
        let members = names.filter { _ in Int.random(in: 0..<3, using: &random) > 0 }
            .map { AMFMember($0, value(&random)) }
        var envelope = Envelope(
            id: Int.random(in: 0...40, using: &random) < 35 ? Int.random(in: 0...200, using: &random) : id,
            kinds.randomElement(using: &random) ?? .request,
            subtypes.randomElement(using: &random) ?? "",
            members
        )
        if Int.random(in: 0..<10, using: &random) == 0 { envelope.type = nil }
        return envelope
    }

    @Test(arguments: 0..<8) func nonsenseHarmsNobodyElse(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let stage = try Stage()
        let assignments = try stage.join(Self.good)
        for peer in Self.bad { stage.swarm.ready(peer, at: stage.now) }
        for number in 3..<20 {
            for _ in 0..<40 {
                guard let peer = Self.bad.randomElement(using: &random) else { continue }
                let envelope = Self.envelope(&random)
                // As it would come over the wire.
                let read = try? Envelope.reading(envelope.message()).get()
                stage.swarm.receive(read ?? envelope, from: peer, at: stage.now)
                stage.settle()
            }
            let id = stage.want(number)
            for peer in Self.good { stage.push(peer, number, try #require(assignments[peer])) }
            #expect(stage.answers[id] == .data(Stage.content(number)))
            stage.pass(.milliseconds(500))
        }
        #expect(stage.swarm.mode == .p2p)
        #expect(Set(Self.good).isSubset(of: stage.swarm.status.ready))
        #expect(stage.disconnected.allSatisfy { Self.bad.contains($0) })
    }

    /// Upstream peers themselves turn bad: the player gets every segment all the same.
    @Test(arguments: 0..<8) func nonsenseOfUpstreamPeersCostsNoSegment(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let stage = try Stage()
        _ = try stage.join(Self.good)
        for number in 30..<45 {
            let id = stage.want(number)
            for _ in 0..<50 {
                for _ in 0..<5 {
                    guard let peer = Self.good.randomElement(using: &random) else { continue }
                    stage.swarm.receive(Self.envelope(&random), from: peer, at: stage.now)
                }
                stage.pass(.milliseconds(400))
                stage.serveAll()
            }
            #expect(stage.answers[id] == .data(Stage.content(number)))
        }
        #expect(stage.swarm.status.octetsCached < ChunkCache.hardLimit * 10_000)
    }

    /// An upstream peer that begins chunk after chunk does not fill the memory.
    @Test func begunChunksAreBounded() throws {
        let stage = try Stage()
        let assignments = try stage.join(Self.good)
        let peer = Self.good[0]
        for number in 100..<2_000 { stage.push(peer, number, try #require(assignments[peer])) }
        #expect(stage.swarm.status.octetsCached <= (ChunkCache.maximumIncomplete + 1) * 1_000)
    }

    @Test(arguments: 0..<20) func anyTrackerAnswerIsRead(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let peers = (0..<200).map { _ in "\"\(PeerID(random.octets(32))?.description ?? "")\"" }
        let text = Array("[\(peers.joined(separator: ","))]".utf8)
        #expect(TrackerAnswer.peers(text).count == TrackerAnswer.maximumPeers)
        for _ in 0..<50 {
            var damaged = text
            for _ in 0..<5 {
                damaged[.random(in: damaged.indices, using: &random)] = .random(in: 0...255, using: &random)
            }
            #expect(TrackerAnswer.peers(damaged).count <= TrackerAnswer.maximumPeers)
        }
    }
}
