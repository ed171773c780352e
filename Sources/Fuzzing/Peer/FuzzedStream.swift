import Flash
import HLSP2P

/// The stream that peers under fuzz are about: what its segments hold, and what others say of them.
enum FuzzedStream {
    static let origin = "http://origin/live/"
    /// Octets of every segment.
    static let size = 1_000

    static func uri(_ number: UInt8) -> String { "\(origin)\(number).ts" }

    static func number(_ uri: String) -> UInt8? {
        uri.split(separator: "/").last.flatMap { UInt8($0.dropLast(3)) }
    }

    /// The octet of a segment at a place.
    static func octet(_ segment: UInt8, _ place: Int) -> UInt8 {
        UInt8(truncatingIfNeeded: place &* 7 &+ place >> 8 &+ Int(segment))
    }

    /// What a peer is told of the stream.
    static func configuration(of resource: ResourceName) -> SwarmConfiguration {
        SwarmConfiguration(
            playlistURL: origin + "a.m3u8",
            trackerURL: "http://tracker/get_peers",
            resource: resource,
            clock: WallClock(millisecondsAtOrigin: 1_000_000)
        )
    }

    static func piece(_ uri: String, _ assignment: Assignment) -> Piece {
        Piece(
            uri: uri,
            id: assignment.id,
            offset: assignment.offset,
            chunkSize: size,
            content: content(uri, assignment.range(in: size))[...],
            isFromStableSource: true,
            playlist: assignment.id == 0 ? playlist(1) : nil
        )
    }

    /// What HTTP servers have: segments, playlists that begin with `particular`, and a tracker that names those of
    /// `others` whose bits are set in it.
    static func body(_ url: String, _ particular: UInt8, naming others: [PeerID]) -> [UInt8] {
        if url.hasSuffix(".ts") { return content(url, 0..<size) }
        if url.hasSuffix(".m3u8") { return playlist(particular) }
        let named = others.enumerated().filter { particular >> $0.offset & 1 == 1 }.map { "\"\($0.element)\"" }
        return Array("[\(named.joined(separator: ","))]".utf8)
    }

    static func request(_ operation: UInt8, _ uri: String) -> Request {
        let assignment = Assignment(id: Int(operation >> 7), count: 2, offset: Int(operation >> 4) * 100, length: 200)
        switch operation % 10 {
        case 0: return .hasChunk(uri: uri, id: .null)
        case 1: return .getPiece(uri: uri, assignment)
        case 2: return .goPushMode(uri: uri, assignment)
        case 3: return .goPushMode2(uri: uri, assignment, externalID: .string("1"))
        case 4: return .pausePush
        case 5: return .resumePush(uri: uri)
        case 6: return .stopPush(externalID: .null)
        case 7: return .ping(pingID: .integer(1), externalID: .null)
        case 8: return .speedTest(start: 1_000, id: "test")
        default: return .close
        }
    }

    /// What a peer that has all segments answers, or one that has none.
    static func answer(_ request: Request, _ isPositive: Bool) -> Response? {
        switch request {
        case .hasChunk(let uri, let id):
            .hasChunk(ChunkAnswer(uri: uri, result: isPositive, id: id, averageChunkSize: size, averagedChunks: 3))
        case .getPiece(let uri, let assignment): isPositive ? .getPiece(piece(uri, assignment)) : .noPiece
        case .goPushMode: .goPushMode(result: isPositive)
        case .goPushMode2(_, _, let id): .goPushMode2(result: isPositive, externalID: id)
        case .stopPush(let id): .stopPush(externalID: id)
        case .ping(let id, let external): .ping(pingID: id, externalID: external)
        case .speedTest(let start, let id): .speedTest(start: start, id: id)
        case .pausePush, .resumePush, .close: nil
        }
    }

    private static func content(_ uri: String, _ range: Range<Int>) -> [UInt8] {
        let segment = number(uri) ?? 0
        return range.map { octet(segment, $0) }
    }

    private static func playlist(_ first: UInt8) -> [UInt8] {
        let segments = (0..<5).map { MediaPlaylist.Segment(uri: "\(Int(first) + $0).ts", duration: 4) }
        return MediaPlaylist(targetDuration: 4, mediaSequence: Int(first), segments: segments).octets
    }
}
