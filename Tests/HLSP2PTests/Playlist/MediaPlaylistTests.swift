import HLSP2P
import RTMFP
import Testing

@Suite struct MediaPlaylistTests {
    static let live = """
        #EXTM3U
        #EXT-X-VERSION:3
        #EXT-X-TARGETDURATION:4
        #EXT-X-MEDIA-SEQUENCE:17
        #EXTINF:4,
        17.ts
        #EXTINF:3.5,
        /live/18.ts?token=1

        """

    @Test func aLivePlaylistIsReadAndWrittenAgain() throws {
        let playlist = try #require(MediaPlaylist(Array(Self.live.utf8)))
        #expect(playlist.targetDuration == 4)
        #expect(playlist.mediaSequence == 17)
        #expect(playlist.segments.map(\.uri) == ["17.ts", "/live/18.ts?token=1"])
        #expect(playlist.segments.map(\.duration) == [4, 3.5])
        #expect(!playlist.isEnded)
        #expect(playlist.octets == Array(Self.live.utf8))
    }

    @Test func linesMayEndInAnyWay() throws {
        let text = Self.live.split(separator: "\n").joined(separator: "\r\n") + "\r\n#EXT-X-ENDLIST"
        let playlist = try #require(MediaPlaylist(Array(text.utf8)))
        #expect(playlist.segments.count == 2)
        #expect(playlist.isEnded)
    }

    @Test(arguments: ["", "#EXT", "<html>", "\u{0}", "EXTM3U\n#EXTM3U"]) func otherThingsAreNoPlaylists(_ text: String)
    {
        #expect(MediaPlaylist(Array(text.utf8)) == nil)
    }

    @Test func senselessTagsArePassedOver() throws {
        let text = """
            #EXTM3U
            #EXT-X-TARGETDURATION:soon
            #EXT-X-MEDIA-SEQUENCE:
            #EXTINF:-4,
            #EXT-X-UNHEARD-OF:1
            a.ts
            """
        let playlist = try #require(MediaPlaylist(Array(text.utf8)))
        #expect(playlist.targetDuration == nil)
        #expect(playlist.mediaSequence == 0)
        #expect(playlist.segments.map(\.uri) == ["a.ts"])
    }

    /// What is written is read as the same, whatever it was read from.
    @Test(arguments: [
        "#EXTINF:0.00001,\na.ts", " \t \na.ts", "a.ts \t ", " #a.ts\nb.ts", "a.ts\n#EXT-X-TARGETDURATION:4\nb.ts",
        "#EXTINF:0.001,\na.ts", "#EXT-X-TARGETDURATION:0.1",
    ]) func whatIsWrittenIsReadAsTheSame(_ lines: String) throws {
        let playlist = try #require(MediaPlaylist(Array("#EXTM3U\n\(lines)\n".utf8)))
        #expect(MediaPlaylist(playlist.octets) == playlist)
        #expect(playlist.segments.allSatisfy { $0.uri.hasSuffix("ts") && !$0.uri.hasPrefix("#") })
    }

    static let sequences: [(String, Int?)] = [
        ("#EXT-X-MEDIA-SEQUENCE:5\n", 5), ("\r\n#EXT-X-MEDIA-SEQUENCE: 07 \r\n", 7), ("x#EXT-X-MEDIA-SEQUENCE:5", nil),
        ("#EXT-X-MEDIA-SEQUENCE:\n5", nil), ("#EXT-X-MEDIA-SEQUENCE:99999999999999999999", nil), ("", nil),
    ]

    @Test(arguments: sequences) func theMediaSequenceIsFound(_ text: String, _ number: Int?) {
        #expect(MediaPlaylist.mediaSequence(of: Array(text.utf8)) == number)
    }

    @Test func anyOctetsAreRead() {
        var random = SeededGenerator(seed: 3)
        let octets = Array(Self.live.utf8)
        for _ in 0..<2_000 {
            var damaged = octets
            for _ in 0..<4 {
                damaged[Int.random(in: damaged.indices, using: &random)] = .random(in: 0...255, using: &random)
            }
            _ = MediaPlaylist(damaged)
            _ = MediaPlaylist.mediaSequence(of: damaged)
        }
    }

    /// The cached playlist never goes back (peer-protocol §6.14).
    @Test func olderPlaylistsAreNotAdopted() {
        var cached = CachedPlaylist()
        func text(_ number: Int) -> [UInt8] { Array("#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:\(number)\n#\(number)\n".utf8) }
        let offered = [text(5), text(5), text(4), Array("#EXTM3U".utf8)]
        let adopted = (0..<4).map { cached.adopt(offered[$0], from: .peer, at: .origin + .seconds(Double($0))) }
        #expect(adopted == [true, true, false, false])
        #expect(cached.octets == text(5))
        #expect(cached.setAt == .origin + .seconds(1))
    }
}
