extension Recipe {
    /// AMF0 objects and arrays, and references to them.
    static let amf0Complex = Recipe(
        "flash",
        "amf0",
        part: "complex",
        "AMF0 objects, arrays and references",
        specification: ["AMF0 §2"],
        notes: ["As in amf0.generated.json. References stay references; those that stand in AMF3 count for themselves."]
    ) {
        var amf = AMFBatch("amf0-complex", ["RFC7425-5.3.2-05"])
        let simple: [(String, AMFSpelling)] = [
            ("number", AMF0.number(1)), ("boolean", AMF0.boolean(true)), ("string", AMF0.string("x")),
            ("null", AMF0.null),
            ("undefined", AMF0.undefined), ("date", AMF0.date(0)), ("object", AMF0.object([])),
            ("array", AMF0.strictArray([])),
        ]
        for (kind, section, make) in [
            ("object", "2.5", { AMF0.object($0) }), ("ecma-array", "2.10", { AMF0.ecmaArray($0) }),
            ("typed-object", "2.18", { AMF0.typedObject("a.B", $0) }),
        ] as [(String, String, ([(String, AMFSpelling)]) -> AMFSpelling)] {
            amf.batch.section = ["AMF0 §\(section)"]
            amf.addEach(kind, of: simple, { "a member: \($0)" }) { make([("m", $0)]) }
            for (name, text) in texts where !text.isEmpty {
                amf.add(
                    "\(kind)-name-\(name)",
                    "a member whose name has \(text.utf8.count) octets",
                    [make([(text, AMF0.null)])]
                )
            }
            amf.add("\(kind)-empty", "no member", [make([])])
            amf.add("\(kind)-all", "many members", [make(simple)])
            amf.add("\(kind)-twice", "a name twice, in order", [make([("m", AMF0.null), ("m", AMF0.boolean(true))])])
            amf.add("\(kind)-no-name", "a member without a name", [make([("", AMF0.number(1))])])
            try amf.addWithCuts(
                "\(kind)-cut",
                "two members",
                make([("a", AMF0.boolean(true)), ("b", AMF0.string("cd"))])
            )
            let twin = amf.add("\(kind)-ended", "a member, then the end", [make([("a", AMF0.null)])])
            let count = make([("a", AMF0.null)]).octets.count
            try amf.addWrong(
                twin,
                "end-named",
                at: count - 3,
                count: 3,
                [0x00, 0x01, 0x61, 0x09],
                because: "the marker of the end behind a name that is not empty"
            )
        }
        amf.batch.section = ["AMF0 §2.10"]
        for count in [0, 1, 5, 0xffff_ffff] {
            amf.add(
                "ecma-array-count-\(count)",
                "the count is but a hint",
                [AMF0.ecmaArray([("a", AMF0.null), ("b", AMF0.null)], count: count)],
                canonical: false
            )
        }
        amf.batch.section = ["AMF0 §2.12"]
        for count in [0, 1, 2, 10, 300] {
            amf.add(
                "strict-array-\(count)",
                "\(count) elements",
                [AMF0.strictArray((0..<count).map { AMF0.boolean($0 % 2 == 0) })]
            )
        }
        let array = try amf.addWithCuts(
            "strict-array-cut",
            "three elements",
            AMF0.strictArray([AMF0.null, AMF0.boolean(false), AMF0.string("x")])
        )
        try amf.addAnnouncements(array, of: [4, 1000, 0xffff_ffff], width: 4) { bigEndian(UInt64($0), 4) }
        amf.batch.section = ["AMF0 §2.9"]
        amf.add("reference-0", "the object again", [AMF0.object([("a", AMF0.null)]), AMF0.reference(0)])
        amf.add("reference-self", "an object within itself", [AMF0.object([("a", AMF0.reference(0))])])
        amf.add(
            "reference-inner",
            "the inner object again",
            [AMF0.object([("a", AMF0.strictArray([]))]), AMF0.reference(1)]
        )
        amf.add(
            "reference-not-counted",
            "strings and dates do not count",
            [AMF0.string("x"), AMF0.date(0), AMF0.ecmaArray([]), AMF0.reference(0)]
        )
        let referring = try amf.addWithCuts(
            "reference",
            "the second of two objects again",
            AMF0.strictArray([AMF0.object([]), AMF0.reference(1)])
        )
        let end = AMF0.strictArray([AMF0.object([]), AMF0.reference(1)]).octets.count
        try amf.addReferences(referring, to: [2, 3, 0x7fff, 0xffff], at: end - 2, width: 2) {
            bigEndian(UInt64($0), 2)
        }
        amf.batch.section = ["AMF0 §3.1"]
        for (name, value) in [
            ("null", AMF3.null), ("integer", AMF3.integer(-1)), ("string", AMF3.string("x")),
            ("bytes", AMF3.byteArray([1, 2])),
            ("object", AMF3.object([("a", AMF3.null)])),
        ] { amf.add("amf3-\(name)", "a value of AMF3", [AMF0.amf3(value)]) }
        amf.add("amf3-in-object", "a member in AMF3", [AMF0.object([("a", AMF0.amf3(AMF3.date(0)))])])
        try amf.addWithCuts("amf3-cut", "a string of AMF3", AMF0.amf3(AMF3.string("abc")))
        amf.batch.section = ["AMF0 §2.5", "AMF0 §2.12"]
        amf.addNested(AMF0.strictArray)
        let deep = AMFBatch.nested(100, AMF0.strictArray)
        amf.batch.acceptable(
            "depth-100",
            "arrays 100 deep",
            ["octets": .hex(deep.octets)],
            ["values": .array([deep.value]), "canonical": true],
            because: "a decoder may refuse what stands so deep, but it has to survive it"
        )
        return amf.batch
    }
}
