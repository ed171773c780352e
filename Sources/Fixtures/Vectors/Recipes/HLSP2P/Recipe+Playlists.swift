extension Recipe {
    /// Playlists, tag by tag.
    static let playlist = Recipe(
        "hlsp2p",
        "playlist",
        "Media playlists, as viewers of the swarm read them",
        specification: ["swarm-algorithm §4.4", "RFC 8216 §4"],
        notes: [
            "`mediaSequence` is a string, as it may exceed 2^53; durations are in seconds. Tags that are not known are passed over.",
            "What RFC 8216 does not allow, or this repository's own bounds leave out, is acceptable: who reads on there passes over what makes no sense, and gives a segment without a duration the target duration, or 0.",
        ]
    ) {
        var batch = Batch("playlist", ["RFC 8216 §4"], ["SWARM-018"])
        var plain: Batch.Twin?
        func add(
            _ name: String,
            _ comment: String,
            _ lines: [String],
            end: String = "\n",
            target: JSONValue = 4,
            sequence: UInt64 = 17,
            _ segments: [(String, JSONValue)] = [("17.ts", 4)],
            ended: Bool = false,
            leave: String? = nil
        ) {
            let input: [String: JSONValue] = ["text": .string(lines.map { $0 + end }.joined())]
            let expected: [String: JSONValue] = [
                "targetDuration": target, "mediaSequence": .decimal(sequence), "isEnded": .bool(ended),
                "segments": .array(segments.map { .object(["uri": .string($0.0), "duration": $0.1]) }),
            ]
            if let leave {
                batch.acceptable(name, comment, input, expected, because: leave)
            } else {
                let twin = batch.valid(name, comment, input, expected)
                plain = plain ?? twin
            }
        }
        let head = ["#EXTM3U", "#EXT-X-VERSION:3", "#EXT-X-TARGETDURATION:4", "#EXT-X-MEDIA-SEQUENCE:17"]
        add("plain", "a segment", head + ["#EXTINF:4,", "17.ts"])
        add("crlf", "lines end with two characters", head + ["#EXTINF:4,", "17.ts"], end: "\r\n")
        add("blank", "empty lines", head.flatMap { [$0, ""] } + ["#EXTINF:4,", "", "17.ts", ""])
        for count in [0, 2, 3, 30] {
            let segments = (0..<count).map { ("\(17 + $0).ts", JSONValue.integer(4)) }
            add(
                "segments-\(count)",
                "\(count) segments",
                head + segments.flatMap { ["#EXTINF:4,", $0.0] },
                segments
            )
        }
        batch.section = ["RFC 8216 §4.3.2.1"]
        for (text, duration) in [
            ("4,", 4), ("4.0,", 4), ("3.967,", .number(3.967)), ("0.04,", .number(0.04)), ("86400,", 86400),
            ("4.5,title", .number(4.5)), ("4.5,a, b", .number(4.5)),
        ] as [(String, JSONValue)] {
            add(
                "duration-\(hexadecimal(text.utf8))",
                "a duration of \(text)",
                head + ["#EXTINF:\(text)", "17.ts"],
                [("17.ts", duration)]
            )
        }
        for (text, leave) in [
            ("4", "the comma behind the duration is missing"), (" 4,", "a space before the duration"),
        ] {
            add(
                "duration-\(hexadecimal(text.utf8))",
                "a duration of \(text)",
                head + ["#EXTINF:\(text)", "17.ts"],
                leave: leave
            )
        }
        for text in ["", ",", "x", "-4", "0", "86401", "99999999999"] {
            add(
                "no-duration-\(hexadecimal(text.utf8))",
                "a duration of \(text), for which the target duration counts",
                head + ["#EXTINF:\(text)", "17.ts"],
                leave: Double(text) ?? -1 < 0
                    ? "it is no duration" : "only this repository takes it for none: from a millisecond to a day"
            )
        }
        add("duration-missing", "no duration", head + ["17.ts"], leave: "every segment needs a duration")
        add(
            "duration-alone",
            "a duration without a segment behind it",
            head + ["#EXTINF:2,", "17.ts", "#EXTINF:3,"],
            [("17.ts", 2)],
            leave: "the duration is of no segment"
        )
        batch.section = ["RFC 8216 §4.3.3.1"]
        batch.requirements = ["SWARM-015"]
        for text in ["1", "10", "86400"] {
            add(
                "target-\(text)",
                "a target duration of \(text)",
                ["#EXTM3U", "#EXT-X-TARGETDURATION:\(text)", "#EXT-X-MEDIA-SEQUENCE:17", "#EXTINF:1,", "17.ts"],
                target: .integer(Int(text) ?? 0),
                [("17.ts", 1)]
            )
        }
        for text in ["", "x", "0", "-1", "86401"] {
            add(
                "no-target-\(hexadecimal(text.utf8))",
                "a target duration of \(text)",
                ["#EXTM3U", "#EXT-X-TARGETDURATION:\(text)", "#EXT-X-MEDIA-SEQUENCE:17", "17.ts"],
                target: .null,
                [("17.ts", 0)],
                leave: text == "86401"
                    ? "only this repository takes it for none: up to a day" : "it is no target duration"
            )
        }
        batch.section = ["swarm-algorithm §4.4"]
        batch.requirements = ["SWARM-014"]
        for number in [0, 1, 2_147_483_647, 4_294_967_296, 999_999_999_999_999_999] as [UInt64] {
            add(
                "sequence-\(number)",
                "media sequence \(number)",
                ["#EXTM3U", "#EXT-X-TARGETDURATION:4", "#EXT-X-MEDIA-SEQUENCE:\(number)", "#EXTINF:4,", "17.ts"],
                sequence: number
            )
        }
        add(
            "sequence-missing",
            "no media sequence counts as 0",
            ["#EXTM3U", "#EXT-X-TARGETDURATION:4", "#EXTINF:4,", "17.ts"],
            sequence: 0
        )
        batch.section = ["RFC 8216 §4.3.3.4"]
        batch.requirements = ["SWARM-018"]
        add("ended", "nothing will be added", head + ["#EXTINF:4,", "17.ts", "#EXT-X-ENDLIST"], ended: true)
        batch.section = ["RFC 8216 §4.1"]
        for uri in [
            "17.ts", "/live/17.ts", "http://h.example/live/17.ts?a=1#f", "a b.ts", "é.ts", "../17.ts", "17.ts?x=%20",
        ] {
            add(
                "uri-\(hexadecimal(uri.utf8))",
                "a segment at \(uri)",
                head + ["#EXTINF:4,", uri],
                [(uri, 4)],
                leave: ["a b.ts", "é.ts"].contains(uri) ? "it is no URI" : nil
            )
        }
        add(
            "comments",
            "comments, and tags that are not known",
            head + [
                "# words", "#EXT-X-KEY:METHOD=NONE", "#EXT-X-DISCONTINUITY", "#EXTINF:4,", "#EXT-X-FUTURE:1@2",
                "17.ts",
            ]
        )
        for (name, text, why) in [
            ("empty", "", "there is nothing"),
            ("no-header", "#EXT-X-TARGETDURATION:4\n17.ts\n", "it does not begin with the header"),
            ("html", "<html></html>\n", "it is something else"),
            ("lower", "#extm3u\n17.ts\n", "the header is in small letters"),
            ("late", "17.ts\n#EXTM3U\n", "the header comes late"), ("blank", "\n\n", "there are only empty lines"),
        ] {
            guard let plain else { continue }
            try batch.edited(plain, name, .replace("/text", .string(text)), .syntax, because: why)
        }
        return batch
    }

    /// The number by which peers compare playlists.
    static let mediaSequence = Recipe(
        "hlsp2p",
        "media-sequence",
        "Media sequence numbers of playlists from peers",
        specification: ["swarm-algorithm §4.4", "peer-protocol §6.14"],
        notes: [
            "The first digits of the first line that begins with the tag. How many there may be is left open: more than 18 are acceptable."
        ]
    ) {
        var batch = Batch("media-sequence", ["peer-protocol §6.14"], ["PEER-121", "PEER-123", "SWARM-014"])
        func add(_ name: String, _ comment: String, _ text: String, _ number: UInt64) -> Batch.Twin {
            batch.valid(name, comment, ["text": .string(text)], ["mediaSequence": .decimal(number)])
        }
        let tag = "#EXT-X-MEDIA-SEQUENCE:"
        for number in [0, 1, 9, 10, 65535, 1 << 32, 999_999_999_999_999_999] as [UInt64] {
            _ = add("\(number)", "\(number)", "#EXTM3U\n\(tag)\(number)\n", number)
        }
        for (name, text, number) in [
            ("zeros", "\(tag)007\n", 7), ("space", "\(tag) 7\n", 7), ("unended", "\(tag)7", 7),
            ("crlf", "#EXTM3U\r\n\(tag)7\r\nx\r\n", 7), ("followed", "\(tag)7,8\n", 7),
            ("first", "\(tag)7\n\(tag)8\n", 7), ("alone", "\(tag)7\n", 7),
        ] as [(String, String, UInt64)] { _ = add(name, name, text, number) }
        batch.acceptable(
            "cr",
            "cr",
            ["text": .string("#EXTM3U\r\(tag)7\r")],
            ["mediaSequence": "7"],
            because: "lines of playlists end with a line feed, with or without a carriage return before it"
        )
        let twin = add("twin", "a playlist", "#EXTM3U\n\(tag)7\n17.ts\n", 7)
        for (name, text, why) in [
            ("missing", "#EXTM3U\n17.ts\n", "there is no such line"), ("empty", "", "there is nothing"),
            ("no-digits", "\(tag)\n", "there are no digits"), ("words", "\(tag)x\n", "there are no digits"),
            ("indented", " \(tag)7\n", "the line begins with a space"),
            ("lower", "#ext-x-media-sequence:7\n", "the tag is in small letters"),
            ("inside", "x\(tag)7\n", "the line begins with something else"),
        ] {
            try batch.edited(twin, "no-\(name)", .replace("/text", .string(text)), .missing, because: why)
        }
        try batch.edited(
            twin,
            "no-long",
            .replace("/text", .string("\(tag)1000000000000000000\n")),
            .missing,
            because: "nineteen digits, which fit into 64 bits; no limit is given",
            accepting: ["mediaSequence": "1000000000000000000"]
        )
        return batch
    }

    /// By what chunks are known.
    static let chunkPath = Recipe(
        "hlsp2p",
        "chunk-path",
        "URLs of chunks, and the paths by which they are known",
        specification: ["swarm-algorithm §3"],
        notes: ["The path of the URL, without its first slash; what is no URL is a path as a whole. Compared exactly."]
    ) {
        var batch = Batch("chunk-path", ["swarm-algorithm §3"], ["SWARM-007", "SWARM-008"])
        for (url, path) in [
            ("http://h/a/1.ts", "a/1.ts"), ("http://h/1.ts", "1.ts"), ("https://h/a/1.ts", "a/1.ts"),
            ("http://h:8080/a/1.ts", "a/1.ts"), ("http://u:p@h/a/1.ts", "a/1.ts"),
            ("http://h/a/1.ts?x=1", "a/1.ts"), ("http://h/a/1.ts#f", "a/1.ts"), ("http://h/a/1.ts?x=/b#f", "a/1.ts"),
            ("http://h/a/1.ts?", "a/1.ts"), ("http://h/", ""), ("http://h", ""),
            ("http://h?x=1", ""), ("http://h/A/1.TS", "A/1.TS"), ("http://h/a%2Fb/1.ts", "a%2Fb/1.ts"),
            ("http://h/a%20b.ts", "a%20b.ts"), ("http://h/a/../1.ts", "a/../1.ts"),
            ("http://h/é.ts", "é.ts"), ("http://[2001:db8::1]:80/a.ts", "a.ts"), ("1.ts", "1.ts"), ("a/1.ts", "a/1.ts"),
            ("/a/1.ts", "/a/1.ts"), ("", ""),
        ] {
            batch.valid(
                "url-\(url.isEmpty ? "empty" : hexadecimal(url.utf8))",
                url.isEmpty ? "nothing" : url,
                ["url": .string(url)],
                ["path": .string(path)]
            )
        }
        return batch
    }

    /// References in playlists, resolved; among them the examples of RFC 3986 that playlists can hold.
    static let referenceResolution = Recipe(
        "hlsp2p",
        "reference-resolution",
        "References in playlists, resolved",
        specification: ["RFC 3986 §5.4", "peer-protocol §6.14"],
        notes: ["What `reference` means in a document at `base`."]
    ) {
        var batch = Batch("reference-resolution", ["RFC 3986 §5.4.1"], ["SWARM-007", "PEER-121"])
        batch.provenance = .object(["confirmation": "rfc-text", "detail": "RFC 3986 §5.4"])
        let base = "http://a/b/c/d;p?q"
        func add(_ base: String, _ reference: String, _ url: String) {
            batch.valid(
                "\(hexadecimal(reference.utf8)).at-\(base.utf8.count)",
                "\(reference) at \(base)",
                ["base": .string(base), "reference": .string(reference)],
                ["url": .string(url)]
            )
        }
        for (reference, url) in [
            ("g", "http://a/b/c/g"), ("./g", "http://a/b/c/g"), ("g/", "http://a/b/c/g/"), ("/g", "http://a/g"),
            ("//g", "http://g"), ("?y", "http://a/b/c/d;p?y"), ("g?y", "http://a/b/c/g?y"),
            ("g#s", "http://a/b/c/g#s"), ("g?y#s", "http://a/b/c/g?y#s"), (";x", "http://a/b/c/;x"),
            ("g;x", "http://a/b/c/g;x"), ("g;x?y#s", "http://a/b/c/g;x?y#s"), (".", "http://a/b/c/"),
            ("./", "http://a/b/c/"), ("..", "http://a/b/"), ("../", "http://a/b/"), ("../g", "http://a/b/g"),
            ("../..", "http://a/"), ("../../", "http://a/"), ("../../g", "http://a/g"),
        ] { add(base, reference, url) }
        batch.section = ["RFC 3986 §5.4.2"]
        for (reference, url) in [
            ("../../../g", "http://a/g"), ("/./g", "http://a/g"), ("/../g", "http://a/g"), ("g.", "http://a/b/c/g."),
            (".g", "http://a/b/c/.g"), ("g..", "http://a/b/c/g.."), ("..g", "http://a/b/c/..g"),
            ("./../g", "http://a/b/g"), ("./g/.", "http://a/b/c/g/"), ("g/./h", "http://a/b/c/g/h"),
            ("g/../h", "http://a/b/c/h"), ("g;x=1/./y", "http://a/b/c/g;x=1/y"), ("g;x=1/../y", "http://a/b/c/y"),
            ("g?y/./x", "http://a/b/c/g?y/./x"), ("g?y/../x", "http://a/b/c/g?y/../x"),
            ("g#s/./x", "http://a/b/c/g#s/./x"), ("g#s/../x", "http://a/b/c/g#s/../x"),
        ] { add(base, reference, url) }
        batch.section = ["RFC 3986 §5.2"]
        batch.provenance = .object(["confirmation": "recipe"])
        for (place, reference, url) in [
            ("http://h.example/live/index.m3u8", "17.ts", "http://h.example/live/17.ts"),
            ("http://h.example/live/index.m3u8?token=a/b", "17.ts", "http://h.example/live/17.ts"),
            ("http://h.example/live/index.m3u8", "/v/17.ts", "http://h.example/v/17.ts"),
            ("http://h.example/live/index.m3u8", "http://o.example/17.ts", "http://o.example/17.ts"),
            ("http://h.example/live/index.m3u8", "//o.example/17.ts", "http://o.example/17.ts"),
            ("http://h.example/live/index.m3u8", "17.ts?a=1", "http://h.example/live/17.ts?a=1"),
            ("http://h.example", "17.ts", "http://h.example/17.ts"),
            ("http://h.example/", "17.ts", "http://h.example/17.ts"),
            ("https://h.example:8443/a/b/c.m3u8", "../17.ts", "https://h.example:8443/a/17.ts"),
        ] { add(place, reference, url) }
        return batch
    }
}
