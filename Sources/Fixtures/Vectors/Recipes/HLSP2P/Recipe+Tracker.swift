extension Recipe {
    /// Queries and forms, escape by escape.
    static let formFields = Recipe(
        "hlsp2p",
        "form-fields",
        "Names and values of queries and forms",
        specification: ["tracker-protocol §2"],
        notes: [
            "`pairs` are names and values in order, decoded, as octets. What is not well escaped stands for itself."
        ]
    ) {
        var batch = Batch("form-fields", ["tracker-protocol §2"], ["TRK-004", "TRK-023"])
        func add(_ name: String, _ comment: String, _ text: String, _ pairs: [([UInt8], [UInt8])]) {
            batch.valid(
                name,
                comment,
                ["text": .string(text)],
                ["pairs": .array(pairs.map { .array([.hex($0.0), .hex($0.1)]) })]
            )
        }
        func add(_ name: String, _ comment: String, _ text: String, _ pairs: [(String, String)]) {
            add(name, comment, text, pairs.map { (Array($0.0.utf8), Array($0.1.utf8)) })
        }
        add("empty", "nothing", "", [(String, String)]())
        add("one", "a pair", "a=b", [("a", "b")])
        add("no-value", "a name alone", "a", [("a", "")])
        add("empty-value", "a name and nothing", "a=", [("a", "")])
        add("empty-name", "a value alone", "=b", [("", "b")])
        add("two", "two pairs", "a=b&c=d", [("a", "b"), ("c", "d")])
        add("twice", "a name twice", "a=b&a=d", [("a", "b"), ("a", "d")])
        add("empty-pairs", "nothing between separators", "&&a=b&&c=d&", [("a", "b"), ("c", "d")])
        add("equals", "a second equals sign belongs to the value", "a=b=c", [("a", "b=c")])
        add("plus", "a plus sign is a space", "a+b=c+d", [("a b", "c d")])
        add("escaped-plus", "an escaped plus sign is one", "a=%2B", [("a", "+")])
        add("escaped-separators", "escaped separators", "a%26b=c%3Dd", [("a&b", "c=d")])
        add("semicolon", "a semicolon does not separate", "a=b;c=d", [("a", "b;c=d")])
        add("question", "a question mark is itself", "a=b?c", [("a", "b?c")])
        for octet in 0...255 as ClosedRange<UInt8>
        where octet < 0x30 && octet % 5 == 0 || octet > 0x78 && octet % 9 == 0 || octet == 255 {
            let digits = String(octet >> 4, radix: 16) + String(octet & 15, radix: 16)
            add("octet-\(octet)", "octet \(octet)", "a=%\(digits)", [(Array("a".utf8), [octet])])
            add(
                "octet-\(octet)-upper",
                "octet \(octet), digits in capitals",
                "a=%\(digits.uppercased())",
                [(Array("a".utf8), [octet])]
            )
        }
        for text in ["%", "%2", "%zz", "%2z", "%z2", "%%", "a%", "%+1"] {
            let value = text.replacing("+", with: " ")
            add("bad-\(hexadecimal(text.utf8))", "an escape that is none: \(text)", "a=\(text)", [("a", value)])
        }
        add("bad-then-good", "an escape that is none before one that is", "a=%%41", [("a", "%A")])
        for text in ["é", "€", "😀"] { add("utf8-\(text.utf8.count)", "as it is", "a=\(text)", [("a", text)]) }
        return batch
    }

    /// What may be the name of a resource.
    static let resourceNames = Recipe(
        "hlsp2p",
        "resource-name",
        "Names of resources",
        specification: ["tracker-protocol §1"],
        notes: [
            "The specification reserves `cumulus_app`, and validates nothing else. Limits that an implementation has of its own are acceptable: here 1 to 255 octets, no control characters, nothing that begins with `hlsp2p:`."
        ]
    ) {
        var batch = Batch("resource-name", ["tracker-protocol §1"], ["TRK-021", "TRK-045"])
        let names = [
            "a", "channel", "a b", "ü", "€", "😀", "..", "0", "CUMULUS_APP", "cumulus_app2", "hlsp2p", "HLSP2P:x",
            "undefined", "*", "\"", "\\",
        ]
        for name in names {
            batch.valid("named-\(hexadecimal(name.utf8))", "the name \(name)", ["name": .string(name)])
        }
        for count in [127, 128, 254, 255] {
            batch.valid("count-\(count)", "\(count) octets", ["name": .string(String(repeating: "x", count: count))])
        }
        let twin = batch.valid("plain", "a plain name", ["name": "stream"])
        try batch.edited(
            twin,
            "set",
            .replace("/name", "cumulus_app"),
            .value,
            because: "it is reserved: the registry keeps the set of all names there"
        )
        func limited(_ name: String, _ text: String, _ why: String) {
            batch.acceptable(name, why, ["name": .string(text)], nil, because: "\(why), which nothing forbids")
        }
        limited("plain.empty", "", "a name without octets")
        limited("plain.256", String(repeating: "x", count: 256), "256 octets")
        limited("plain.256-octets", String(repeating: "é", count: 128), "256 octets of 128 characters")
        for (name, text) in [("prefix", "hlsp2p:"), ("prefixed", "hlsp2p:x")] {
            limited("plain.\(name)", text, "a name in the namespace of this repository's registry")
        }
        limited("named-\(hexadecimal("a/b".utf8))", "a/b", "a slash, which no URL can name")
        for code in [0, 1, 9, 10, 13, 27, 31, 127] as [UInt8] {
            limited(
                "plain.control-\(code)",
                "a" + String(UnicodeScalar(code)) + "b",
                "control character \(code) in a name"
            )
        }
        return batch
    }

    /// What may be the text of a peer ID.
    static let peerIDs = Recipe(
        "hlsp2p",
        "peer-id",
        "Peer IDs as texts",
        specification: ["peer-protocol §1"],
        notes: ["64 lower-case hexadecimal digits: the octets of a fingerprint."]
    ) {
        var batch = Batch("peer-id", ["peer-protocol §1"], ["PEER-001", "RDV-002"])
        for (name, octets) in [
            ("zeros", [UInt8](repeating: 0, count: 32)), ("ones", [UInt8](repeating: 255, count: 32)),
            ("mixed", filler(32)), ("ascending", (0..<32).map { UInt8($0) }),
        ] {
            let text = hexadecimal(octets)
            let twin = batch.valid(name, "a peer ID", ["text": .string(text)], ["octets": .hex(octets)])
            let rest = String(text.dropFirst())
            let wrong: [(String, String, String)] = [
                ("upper", "A\(rest)", "a digit is a capital"), ("letter", "g\(rest)", "there is a g in it"),
                ("space", " \(rest)", "there is a space in it"),
                ("short", String(text.dropLast()), "63 digits"), ("even-short", String(text.dropLast(2)), "62 digits"),
                ("long", "\(text)0", "65 digits"), ("even-long", "\(text)00", "66 digits"),
                ("empty", "", "no digits"), ("prefix", "0x\(rest.dropFirst())", "0x is no digits"),
                ("wide", "０\(rest)", "a full-width digit"), ("newline", "\(text)\n", "a line ends behind it"),
            ]
            for (edit, other, why) in wrong {
                try batch.edited(twin, edit, .replace("/text", .string(other)), .syntax, because: why)
            }
        }
        return batch
    }

    /// What a client makes of answers.
    static let trackerAnswers = Recipe(
        "hlsp2p",
        "tracker-answer",
        "Lists of peers, as a client reads them",
        specification: ["tracker-protocol §3.3"],
        notes: [
            "`peers` are those that the body names, each once, in order; none if it is no array. What is no peer ID is left out."
        ]
    ) {
        var batch = Batch("tracker-answer", ["tracker-protocol §3.3"], ["TRK-048", "TRK-049"])
        let ids = (0..<8).map { hexadecimal(filler(32, from: UInt8($0 * 31))) }
        func quoted(_ text: String) -> String { "\"\(text)\"" }
        func add(_ name: String, _ comment: String, _ body: String, _ peers: [String]) {
            batch.valid(name, comment, ["body": .string(body)], ["peers": .array(peers.map(JSONValue.string))])
        }
        for count in [0, 1, 2, 8] {
            let list = Array(ids.prefix(count))
            add("count-\(count)", "\(count) peers", "[" + list.map(quoted).joined(separator: ",") + "]", list)
            add(
                "spaced-\(count)",
                "\(count) peers and white space",
                " [ " + list.map(quoted).joined(separator: " ,\n\t") + " ]\r\n",
                list
            )
        }
        add("null", "null among them", "[\(quoted(ids[0])),null,\(quoted(ids[1]))]", [ids[0], ids[1]])
        add("only-null", "nothing but null, as the original answers", "[null]", [])
        add("twice", "a peer twice", "[\(quoted(ids[0])),\(quoted(ids[1])),\(quoted(ids[0]))]", [ids[0], ids[1]])
        add("number", "a number among them", "[1,\(quoted(ids[0]))]", [ids[0]])
        add("short", "a short one among them", "[\(quoted("abc")),\(quoted(ids[0]))]", [ids[0]])
        add("upper", "capitals among them", "[\(quoted(ids[0].uppercased())),\(quoted(ids[1]))]", [ids[1]])
        add("empty-string", "an empty string among them", "[\"\",\(quoted(ids[0]))]", [ids[0]])
        for (name, body) in [
            ("nothing", ""), ("null-alone", "null"), ("zero", "0"), ("object", "{\"peers\":[]}"),
            ("string", quoted(ids[0])), ("words", "Not Found"),
            ("html", "<html></html>"), ("open", "[\(quoted(ids[0]))"), ("closed", "\(quoted(ids[0]))]"),
            ("true", "true"),
        ] { add("no-array-\(name)", "no array: \(name)", body, []) }
        return batch
    }
}
