import HLSP2P
public import RTMFP

/// A live origin in virtual time: a playlist whose window slides on, and segments whose octets follow from a seed.
///
/// Segment n is there from its end on, and for as long as a client may still want it.
public final class LiveOrigin {
    /// Seconds of a segment.
    public let segmentDuration: Double
    /// Segments in the window.
    public let window: Int
    /// Octets of a segment on average; each has up to a quarter more or less.
    public let segmentSize: Int
    /// Octets of segments that were served, and how many.
    public private(set) var served = (octets: 0, segments: 0)
    /// Where the playlist is.
    public static let playlistURL = "http://origin.example/live/film.m3u8"

    private let seed: UInt64
    private var segments: [Int: [UInt8]] = [:]

    /// Makes an origin that has been live for a while at `Instant.origin`.
    public init(seed: UInt64, segmentDuration: Double = 4, window: Int = 6, segmentSize: Int = 20_000) {
        self.seed = seed
        self.segmentDuration = segmentDuration
        self.window = window
        self.segmentSize = segmentSize
    }

    /// Segments that were there before the clock's origin.
    private static let head = 100

    /// The newest segment at `now`.
    public func newest(at now: Instant) -> Int {
        LiveOrigin.head + Int((now - .origin).seconds / segmentDuration)
    }

    /// The playlist at `now`.
    public func playlist(at now: Instant) -> [UInt8] {
        let newest = newest(at: now)
        var playlist = MediaPlaylist(targetDuration: segmentDuration, mediaSequence: newest - window + 1)
        playlist.segments = (playlist.mediaSequence...newest).map { .init(uri: "\($0).ts", duration: segmentDuration) }
        return playlist.octets
    }

    /// Serves what a path names; nil if it is not there.
    public func serve(_ path: String, at now: Instant) -> [UInt8]? {
        if path == "live/film.m3u8" { return playlist(at: now) }
        guard path.hasPrefix("live/"), path.hasSuffix(".ts"), let number = Int(path.dropFirst(5).dropLast(3)),
            number <= newest(at: now), number > newest(at: now) - 3 * window
        else { return nil }
        let octets = octets(of: number)
        served.octets += octets.count
        served.segments += 1
        return octets
    }

    /// The octets of a segment, whether it is there or not.
    public func octets(of number: Int) -> [UInt8] {
        if let known = segments[number] { return known }
        var random = SeededGenerator(seed: seed, name: "segment \(number)")
        let size = segmentSize + Int.random(in: -(segmentSize / 4)...(segmentSize / 4), using: &random)
        let octets = random.octets(size)
        segments[number] = octets
        segments[number - 200] = nil
        return octets
    }

    /// The number of the segment that a URL names.
    public static func number(of uri: String) -> Int? {
        let path = uri.chunkPath
        guard path.hasPrefix("live/"), path.hasSuffix(".ts") else { return nil }
        return Int(path.dropFirst(5).dropLast(3))
    }
}
