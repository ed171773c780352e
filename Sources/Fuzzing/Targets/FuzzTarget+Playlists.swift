import HLSP2P
import RTMFP

/// Playlists, and the URLs in them.
extension FuzzTarget {
    static let playlists: [FuzzTarget] = [
        FuzzTarget(
            "playlist",
            "a media playlist",
            seeds: { playlistSeeds.map { Array($0.utf8) } + Seeds.texts("hlsp2p/playlist", "text") }
        ) { octets in
            let sequence = MediaPlaylist.mediaSequence(of: octets)
            guard let playlist = MediaPlaylist(octets) else { return }
            try require(playlist.mediaSequence == sequence ?? 0, "a playlist has two media sequence numbers")
            try require(playlist.segments.count <= octets.count, "there are more segments than octets")
            try require(
                playlist.segments.allSatisfy { $0.duration >= 0 && $0.duration <= 86_400 },
                "a segment takes no time that makes sense"
            )
            try requireRoundTrip(playlist, encode: \.octets) { octets in
                guard let again = MediaPlaylist(octets) else {
                    throw Violation(description: "what was written is no playlist")
                }
                return again
            }
            var cached = CachedPlaylist()
            let isAdopted = cached.adopt(octets, from: .peer, at: .origin)
            try require(isAdopted == (sequence != nil), "a playlist without a number is adopted, or one with it not")
        },
        FuzzTarget(
            "address",
            "the URL of a playlist and a reference in it, each up to a line feed",
            seeds: { addressSeeds.map { Array($0.utf8) } + Seeds.texts("hlsp2p/reference", "base", "reference") }
        ) { octets in
            let parts = octets.split(separator: 10, maxSplits: 1, omittingEmptySubsequences: false)
            let texts = parts.map { String(decoding: $0, as: UTF8.self) }
            guard let text = texts.first, let base = WebAddress(text) else { return }
            try require(WebAddress(base.text) == base || !base.target.hasPrefix("/"), "a URL is written as another")
            let reference = texts.count > 1 ? texts[1] : ""
            let resolved = base.resolving(reference)
            try require(resolved.utf8.count <= base.text.utf8.count + reference.utf8.count + 2, "a URL grows")
            guard let address = WebAddress(resolved) else { return }
            try require(base.resolving(resolved) == resolved, "what is resolved is resolved to something else")
            let isLed = WebAddress(reference) != nil || reference.hasPrefix("//")
            try require(isLed || address.authority == base.authority, "a path leads to another host")
            guard !isLed else { return }
            let folders = address.path.split(separator: "/")
            try require(!folders.contains("..") && !folders.contains("."), "there are dots left in a path")
            let path = address.path.allSatisfy { $0 == "/" } ? "" : address.path.dropFirst()
            try require(resolved.chunkPath == path, "a chunk is known by another path")
        },
    ]

    private static let playlistSeeds = [
        "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:4\n#EXT-X-MEDIA-SEQUENCE:17\n#EXTINF:4,\n17.ts\n",
        "#EXTM3U\r\n#EXT-X-MEDIA-SEQUENCE:0\r\n#EXTINF:3.5,title\r\n/live/18.ts?token=1\r\n#EXT-X-ENDLIST\r\n",
        "\u{feff}#EXTM3U\n#EXTINF:1e9,\nhttp://origin/a.ts\n#EXT-X-TARGETDURATION:0.1\n \t b.ts \n",
    ]

    private static let addressSeeds = [
        "http://origin:8080/live/a.m3u8?token=1\n17.ts", "http://origin/a/b/c.m3u8\n../../../d/./e.ts?x=/../y",
        "https://origin\n/live/1.ts#f", "http://origin?x\n?y", "http://origin/live/a.m3u8\n//other/1.ts",
        "http://origin/live/a.m3u8\nhttp://other/1.ts",
    ]
}
