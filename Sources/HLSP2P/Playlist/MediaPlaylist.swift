/// A live media playlist: a window of segments that slides on (RFC 8216 §4, as far as viewers of one rendition need it).
public struct MediaPlaylist: Hashable, Sendable {
    /// A media segment.
    public struct Segment: Hashable, Sendable {
        /// The URL as it stands in the playlist, absolute or relative to that.
        public var uri: String
        /// Seconds.
        public var duration: Double

        /// Makes one.
        public init(uri: String, duration: Double) {
            self.uri = uri
            self.duration = duration
        }
    }

    /// Octets of a playlist at most.
    public static let maximumLength = 1 << 20
    /// Segments of a playlist at most; those after are left out.
    public static let maximumSegments = 10_000

    /// Seconds that a segment takes at most; nil if the playlist does not say.
    public var targetDuration: Double?
    /// The number of the first segment.
    public var mediaSequence: Int
    /// The segments in the window.
    public var segments: [Segment]
    /// Whether nothing will be added.
    public var isEnded = false

    /// Makes a playlist.
    public init(targetDuration: Double?, mediaSequence: Int, segments: [Segment] = []) {
        self.targetDuration = targetDuration
        self.mediaSequence = mediaSequence
        self.segments = segments
    }

    /// The URL of the segment that a line names, without white space around it; nil for a tag, a comment and an empty line.
    public static func uri(of line: Substring) -> String? {
        var rest = line.drop { $0 == " " || $0 == "\t" }
        while let last = rest.last, last == " " || last == "\t" { rest.removeLast() }
        return rest.isEmpty || rest.hasPrefix("#") ? nil : String(rest)
    }

    /// Reads a playlist; nil if it is none: too long, not text, or without `#EXTM3U` at its begin.
    ///
    /// Tags that are not known, or say something senseless, are passed over.
    public init?(_ octets: [UInt8]) {
        guard octets.count <= MediaPlaylist.maximumLength, let text = String(validating: octets, as: UTF8.self) else {
            return nil
        }
        let lines = text.split(omittingEmptySubsequences: true) { $0.isNewline }
        guard let first = lines.first, first.drop(while: { $0 == "\u{feff}" }).hasPrefix("#EXTM3U") else { return nil }
        self.init(targetDuration: nil, mediaSequence: MediaPlaylist.mediaSequence(of: octets) ?? 0)
        var duration: Double?
        /// For each segment.
        var durations: [Double?] = []
        for line in lines.dropFirst() {
            if let value = line.value(of: "#EXT-X-TARGETDURATION:") {
                targetDuration = targetDuration ?? value.leadingNumber
            } else if let value = line.value(of: "#EXTINF:") {
                duration = value.leadingNumber
            } else if line.hasPrefix("#EXT-X-ENDLIST") {
                isEnded = true
            } else if let uri = MediaPlaylist.uri(of: line), durations.count < MediaPlaylist.maximumSegments {
                segments.append(Segment(uri: uri, duration: 0))
                durations.append(duration)
                duration = nil
            }
        }
        for (index, duration) in durations.enumerated() {
            segments[index].duration = duration ?? targetDuration ?? 0
        }
    }

    /// The playlist as it is served.
    public var octets: [UInt8] {
        var text = "#EXTM3U\n#EXT-X-VERSION:3\n"
        if let targetDuration { text += "#EXT-X-TARGETDURATION:\(targetDuration.plain)\n" }
        text += "#EXT-X-MEDIA-SEQUENCE:\(mediaSequence)\n"
        for segment in segments { text += "#EXTINF:\(segment.duration.plain),\n\(segment.uri)\n" }
        if isEnded { text += "#EXT-X-ENDLIST\n" }
        return Array(text.utf8)
    }

    /// The media sequence number of a playlist: the first digits of the first line that begins with that tag; nil if
    /// there is none (swarm-algorithm §4.4).
    public static func mediaSequence(of octets: [UInt8]) -> Int? {
        let tag = Array("#EXT-X-MEDIA-SEQUENCE:".utf8)
        for line in octets.split(whereSeparator: { $0 == 10 || $0 == 13 }) where line.starts(with: tag) {
            let digits = line.drop { !MediaPlaylist.isDigit($0) }.prefix(while: MediaPlaylist.isDigit)
            guard (1...18).contains(digits.count) else { return nil }
            return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        }
        return nil
    }

    private static func isDigit(_ octet: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(octet)
    }
}

extension Substring {
    fileprivate func value(of tag: String) -> Substring? {
        hasPrefix(tag) ? dropFirst(tag.count) : nil
    }

    /// The decimal number at the begin, if it is one that makes sense as a duration: from a millisecond to a day.
    fileprivate var leadingNumber: Double? {
        let digits = drop { $0 == " " }.prefix { $0 == "." || ("0"..."9").contains($0) }
        guard let number = Double(digits), number >= 0.001, number <= 86_400 else { return nil }
        return number
    }
}

extension Double {
    /// Without a point if it is whole; nothing that was read has an exponent.
    fileprivate var plain: String {
        Int(exactly: self).map { "\($0)" } ?? "\(self)"
    }
}
