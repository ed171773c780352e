import HLSP2P

/// The media types of a stream's files.
enum MediaType: String {
    case playlist = "application/vnd.apple.mpegurl"
    case transportStream = "video/mp2t"
    case fragment = "video/iso.segment"
    case mp4 = "video/mp4"
    case aac = "audio/aac"
    case other = "application/octet-stream"

    /// The type of the file with that path, by how it ends.
    static func of(_ path: String) -> MediaType {
        switch path.split(separator: ".").last {
        case "m3u8": .playlist
        case "ts": .transportStream
        case "m4s": .fragment
        case "mp4": .mp4
        case "aac": .aac
        default: .other
        }
    }

    /// The header fields with which such a file is served.
    var fields: [HTTPField] {
        let isLive = self == .playlist
        return [
            HTTPField("Content-Type", rawValue), Self.anyOrigin,
            HTTPField("Cache-Control", isLive ? "no-store" : "max-age=60"),
        ]
    }

    static let anyOrigin = HTTPField("Access-Control-Allow-Origin", "*")
}
