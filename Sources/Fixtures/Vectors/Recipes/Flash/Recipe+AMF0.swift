extension Recipe {
    /// Doubles at which something changes.
    static let doubles: [(String, Double)] = [
        ("0", 0), ("minus-0", -0.0), ("1", 1), ("minus-1", -1), ("half", 0.5), ("third", 1.0 / 3), ("pi", .pi),
        ("2-29", 536_870_912),
        ("2-32", 4_294_967_296), ("2-53", 9_007_199_254_740_992), ("date", 1_429_867_200_000),
        ("greatest", .greatestFiniteMagnitude),
        ("least-normal", .leastNormalMagnitude), ("least", .leastNonzeroMagnitude), ("infinity", .infinity),
        ("minus-infinity", -.infinity), ("nan", .nan),
    ]

    /// Texts at which something changes.
    static let texts: [(String, String)] = [
        ("empty", ""), ("a", "a"), ("two", "é"), ("three", "€"), ("four", "😀"), ("nul", "\0"), ("quote", "\"\\/"),
        ("line", "a\r\nb\tc"),
        ("bom", "\u{feff}x"), ("combining", "e\u{301}"), ("63", String(repeating: "x", count: 63)),
        ("64", String(repeating: "x", count: 64)), ("127", String(repeating: "x", count: 127)),
        ("128", String(repeating: "x", count: 128)), ("255", String(repeating: "x", count: 255)),
        ("256", String(repeating: "x", count: 256)),
    ]

    /// Octets that are no UTF-8.
    static let notUTF8: [(String, [UInt8])] = [
        ("continuation", [0x80]), ("half-2", [0xc3]), ("half-3", [0xe2, 0x82]), ("half-4", [0xf0, 0x9f, 0x98]),
        ("overlong", [0xc0, 0x80]),
        ("surrogate", [0xed, 0xa0, 0x80]), ("beyond", [0xf4, 0x90, 0x80, 0x80]), ("ff", [0xff]),
    ]

    /// AMF0 values of every type.
    static let amf0 = Recipe(
        "flash",
        "amf0",
        "AMF0, type by type",
        specification: ["RFC 7425 §5.3", "AMF0 §2"],
        notes: [
            "Values one after the other, which share a table of references. A value is an object whose first member names its type; a number that JSON cannot write is a string.",
            "`canonical`: an encoder makes the same octets. It writes short strings wherever they are long enough, and the right count of an ECMA array.",
        ]
    ) {
        var amf = AMFBatch("amf0", ["RFC7425-5.3.2-05"])
        amf.batch.section = ["AMF0 §2.2"]
        amf.addEach("number", of: doubles, { "number \($0)" }, AMF0.number)
        try amf.addWithCuts("number-cut", "a number", AMF0.number(7))
        amf.batch.section = ["AMF0 §2.3"]
        for flag in [false, true] { amf.add("boolean-\(flag)", "\(flag)", [AMF0.boolean(flag)]) }
        for octet in [2, 0x7f, 0xff] as [UInt8] {
            amf.add(
                "boolean-\(octet)",
                "a boolean that is not 0 is true",
                [AMFSpelling([1, octet], .object(["boolean": true]))],
                canonical: false
            )
        }
        try amf.addWithCuts("boolean-cut", "a boolean", AMF0.boolean(true))
        amf.batch.section = ["AMF0 §2.4"]
        for (name, text) in texts {
            amf.add("string-\(name)", "a string of \(text.utf8.count) octets", [AMF0.string(text)])
            amf.add("long-string-\(name)", "the same as a long string", [AMF0.longString(text)], canonical: false)
        }
        let bad = amf.add("string-ascii", "a string of four octets", [AMF0.string("abcd")])
        try amf.addCuts(of: bad, AMF0.string("abcd").octets)
        try amf.addNotUTF8(bad, count: 6) { bigEndian(UInt64($0), 2) }
        amf.batch.section = ["AMF0 §2.14"]
        try amf.addWithCuts("long-string-cut", "a long string", AMF0.longString("abcd"), canonical: false)
        amf.batch.section = ["AMF0 §2.7", "AMF0 §2.8", "AMF0 §2.15"]
        for (name, value) in [("null", AMF0.null), ("undefined", AMF0.undefined), ("unsupported", AMF0.unsupported)] {
            let twin = amf.add(name, name, [value])
            try amf.addMarkers(twin, [0x04, 0x09, 0x0e, 0x12, 0x7f, 0x80, 0xff])
        }
        amf.batch.section = ["AMF0 §2.13"]
        amf.addEach("date", of: doubles, { "date \($0)" }) { AMF0.date($0) }
        for zone in [1, -1, 60, -32768, 32767] {
            amf.add("zone-\(zone)", "time zone \(zone)", [AMF0.date(0, zone: zone)])
        }
        try amf.addWithCuts("date-cut", "a date", AMF0.date(0))
        amf.batch.section = ["AMF0 §2.17"]
        for text in ["", "<a/>", "<é>€</é>"] { amf.add("xml-\(text.utf8.count)", "XML", [AMF0.xml(text)]) }
        return amf.batch
    }
}
