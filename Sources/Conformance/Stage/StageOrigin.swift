import HLSP2P
import RTMFP

/// The live stream that a stage shows: a segment every two seconds, whose octets follow from a seed.
struct StageOrigin: Sendable {
    /// Seconds of a segment, and the target duration.
    static let segmentDuration = 2.0
    /// Segments in the playlist.
    static let window = 5
    /// Where everything is. Segments are the same for a peer if their paths are: nobody else's are there.
    static let folder = "/hlsp2p-check/"
    /// The newest segment at the beginning.
    static let head = 100

    let seed: UInt64
    let start: Instant
    /// Octets of a segment, less up to an eighth.
    var size = 6_400
    /// Segments of another size, by number.
    var sizes: [Int: Int] = [:]

    /// The newest segment at `now`.
    func newest(at now: Instant) -> Int {
        StageOrigin.head + Int(max(0, (now - start).seconds) / StageOrigin.segmentDuration)
    }

    /// When a segment is published.
    func publication(of number: Int) -> Instant {
        start + .seconds(Double(number - StageOrigin.head) * StageOrigin.segmentDuration)
    }

    /// The playlist at `now`.
    func playlist(at now: Instant) -> [UInt8] {
        let newest = newest(at: now)
        let first = newest - StageOrigin.window + 1
        var playlist = MediaPlaylist(targetDuration: StageOrigin.segmentDuration, mediaSequence: first)
        playlist.segments = (first...newest).map { .init(uri: "\($0).ts", duration: StageOrigin.segmentDuration) }
        return playlist.octets
    }

    /// The octets of a segment.
    func octets(of number: Int) -> [UInt8] {
        var random = SeededGenerator(seed: seed, name: "segment \(number)")
        let count = sizes[number] ?? size - Int(random.next() % UInt64(size / 8))
        var octets: [UInt8] = []
        octets.reserveCapacity(count + 8)
        while octets.count < count {
            withUnsafeBytes(of: random.next().bigEndian) { octets += $0 }
        }
        return Array(octets.prefix(count))
    }

    /// The number of the segment that a path names.
    static func number(of path: String) -> Int? {
        guard path.hasPrefix(folder), path.hasSuffix(".ts") else { return nil }
        return Int(path.dropFirst(folder.count).dropLast(3))
    }
}
