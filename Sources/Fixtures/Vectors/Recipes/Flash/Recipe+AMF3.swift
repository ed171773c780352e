extension Recipe {
    /// Lengths that four octets do not have.
    private static let tooLong = [5, 64, 0x0fff_ffff]

    /// AMF3 values of simple types.
    static let amf3 = Recipe(
        "flash",
        "amf3",
        "AMF3, type by type",
        specification: ["RFC 7425 §5.3", "AMF3 §3"],
        notes: [
            "Values one after the other, which share their tables of references. References to strings and traits are resolved; those to other values stay.",
            "`canonical`: an encoder makes the same octets. It writes integers in the shortest form, and refers to strings and traits that came before.",
        ]
    ) {
        var amf = AMFBatch("amf3", ["PEER-038", "PEER-039"])
        amf.batch.section = ["AMF3 §3.2", "AMF3 §3.3", "AMF3 §3.4", "AMF3 §3.5"]
        for (name, value) in [
            ("undefined", AMF3.undefined), ("null", AMF3.null), ("false", AMF3.boolean(false)),
            ("true", AMF3.boolean(true)),
        ] {
            let twin = amf.add(name, name, [value])
            try amf.addMarkers(twin, [0x12, 0x13, 0x7f, 0x80, 0xff])
        }
        amf.batch.section = ["AMF3 §1.3.1", "AMF3 §3.6"]
        let limits = [0, 1, 0x7f, 0x80, 0x3fff, 0x4000, 0x1f_ffff, 0x20_0000, 0x0fff_ffff]
        for value in limits + limits.map({ -$0 - 1 }) + [2, 0xff, 0x100, 0xffff, 0x10000] {
            let twin = amf.add("integer-\(value)", "the integer \(value)", [AMF3.integer(value)])
            try amf.addCuts(of: twin, AMF3.integer(value).octets)
        }
        for (octets, value) in [([0x80, 0x01], 1), ([0x80, 0x80, 0x7f], 127), ([0x80, 0x80, 0x80, 0x05], 5)]
            as [([UInt8], Int)]
        {
            amf.add(
                "integer-long-\(value)",
                "an integer in a longer form",
                [AMFSpelling([0x04] + octets, .object(["integer": .integer(value)]))],
                canonical: false
            )
        }
        amf.batch.section = ["AMF3 §3.7"]
        amf.addEach("double", of: doubles, { "double \($0)" }, AMF3.double)
        try amf.addWithCuts("double-cut", "a double", AMF3.double(7))
        amf.batch.section = ["AMF3 §3.8"]
        for (name, text) in texts {
            amf.add("string-\(name)", "a string of \(text.utf8.count) octets", [AMF3.string(text)])
        }
        let string = try amf.addWithCuts("string-ascii", "a string of four octets", AMF3.string("abcd"))
        try amf.addNotUTF8(string, count: 5) { u29($0 * 2 + 1) }
        try amf.addAnnouncements(string, "length", of: tooLong, "octets")
        amf.batch.requirements = ["PEER-040"]
        amf.add("string-reference", "the string again", [AMF3.string("abc"), AMF3.string(at: 0, "abc")])
        amf.add(
            "string-references",
            "two strings again, in the other order",
            [AMF3.string("a"), AMF3.string("b"), AMF3.string(at: 1, "b"), AMF3.string(at: 0, "a")]
        )
        amf.add(
            "string-empty-not-counted",
            "the empty string has no place",
            [AMF3.string(""), AMF3.string("a"), AMF3.string(at: 0, "a"), AMF3.string("")]
        )
        amf.add(
            "string-again-whole",
            "the string again, but whole",
            [AMF3.string("abc"), AMF3.string("abc")],
            canonical: false
        )
        let many = (0..<70).map { AMF3.string("s\($0)") }
        amf.add("string-reference-64", "a reference of two octets", many + [AMF3.string(at: 64, "s64")])
        let single = amf.add("string-pair", "a string, and it again", [AMF3.string("abc"), AMF3.string(at: 0, "abc")])
        try amf.addReferences(single, to: [1, 63, 64, 0x0fff_ffff], at: 6, "is no string")
        amf.batch.requirements = ["PEER-041", "PEER-101"]
        amf.batch.section = ["AMF3 §3.10"]
        amf.addEach("date", of: doubles, { "date \($0)" }, AMF3.date)
        try amf.addWithCuts("date-cut", "a date", AMF3.date(0))
        amf.batch.section = ["AMF3 §3.9", "AMF3 §3.13"]
        amf.batch.requirements = ["RFC7425-5.3.2-05"]
        for text in ["", "<a/>", "<é>€</é>"] {
            amf.add("xml-\(text.utf8.count)", "XML", [AMF3.xml(text)])
            amf.add("xml-document-\(text.utf8.count)", "XML of ActionScript 2", [AMF3.xmlDocument(text)])
        }
        amf.batch.section = ["AMF3 §3.14"]
        amf.batch.requirements = ["PEER-037", "PEER-102"]
        for count in [0, 1, 2, 63, 64, 127, 128, 1000] {
            amf.add("bytes-\(count)", "\(count) octets", [AMF3.byteArray(filler(count))])
        }
        let bytes = try amf.addWithCuts("bytes-cut", "four octets", AMF3.byteArray(filler(4)))
        try amf.addAnnouncements(bytes, "length", of: tooLong, "octets")
        return amf.batch
    }
}
