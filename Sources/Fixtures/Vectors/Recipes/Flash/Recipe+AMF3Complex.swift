extension Recipe {
    /// Counts that two elements do not have.
    private static let tooMany = [3, 1000, 0x0fff_ffff]

    /// AMF3 arrays, objects, vectors and dictionaries, and references to them.
    static let amf3Complex = Recipe(
        "flash",
        "amf3",
        part: "complex",
        "AMF3 arrays, objects, vectors, dictionaries and references",
        specification: ["AMF3 §3"],
        notes: ["As in amf3.generated.json."]
    ) {
        var amf = AMFBatch("amf3-complex", ["RFC7425-5.3.2-05"])
        let simple: [(String, AMFSpelling)] = [
            ("undefined", AMF3.undefined), ("null", AMF3.null), ("true", AMF3.boolean(true)),
            ("integer", AMF3.integer(300)),
            ("double", AMF3.double(0.5)), ("string", AMF3.string("x")), ("date", AMF3.date(0)),
            ("bytes", AMF3.byteArray([1])),
            ("array", AMF3.array([])), ("object", AMF3.object([])),
        ]
        amf.batch.section = ["AMF3 §3.11"]
        for (name, value) in simple {
            amf.add("array-\(name)", "an element: \(name)", [AMF3.array([value])])
            amf.add("array-member-\(name)", "a member: \(name)", [AMF3.array([], [("m", value)])])
        }
        for count in [0, 1, 63, 64, 300] {
            amf.add("array-\(count)", "\(count) elements", [AMF3.array((0..<count).map(AMF3.integer))])
        }
        amf.add(
            "array-both",
            "elements and members",
            [AMF3.array([AMF3.null], [("a", AMF3.boolean(true)), ("b", AMF3.null)])]
        )
        let array = try amf.addWithCuts(
            "array-cut",
            "an element and a member",
            AMF3.array([AMF3.integer(7), AMF3.null], [("a", AMF3.null)])
        )
        try amf.addAnnouncements(array, of: tooMany)
        try addObjects(simple, &amf)
        try addVectors(simple, &amf)
        amf.batch.section = ["AMF3 §3.16"]
        for weak in [false, true] {
            for count in [0, 1, 3] {
                let entries = (0..<count).map { (AMF3.integer($0), simple[$0].1) }
                amf.add(
                    "dictionary-\(count)-\(weak)",
                    "\(count) entries, \(weak ? "weak" : "strong")",
                    [AMF3.dictionary(entries, weak: weak)]
                )
            }
        }
        let dictionary = try amf.addWithCuts(
            "dictionary-cut",
            "an entry",
            AMF3.dictionary([(AMF3.string("k"), AMF3.integer(1))], weak: false)
        )
        try amf.addWrong(
            dictionary,
            "count",
            at: 1,
            u29(1000 * 2 + 1),
            .truncated,
            because: "1000 entries are announced, more than there are"
        )
        amf.batch.section = ["AMF3 §2.2"]
        amf.batch.requirements = ["PEER-041"]
        for (marker, value) in [
            (0x08, AMF3.date(0)), (0x09, AMF3.array([])), (0x0a, AMF3.object([])), (0x0b, AMF3.xml("<a/>")),
            (0x0c, AMF3.byteArray([1])),
            (0x0d, AMF3.vector(0x0d, "intVector", [], fixed: false)), (0x11, AMF3.dictionary([], weak: false)),
        ] as [(UInt8, AMFSpelling)] {
            let name = "reference-\(marker)"
            let spellings = [value, AMF3.reference(marker, 0)]
            let twin = amf.add(name, "a value of type \(marker) again", spellings)
            try amf.addReferences(twin, to: [1, 2, 64], at: value.octets.count + 1)
        }
        amf.add("reference-inner", "the inner value again", [AMF3.array([AMF3.date(1)]), AMF3.reference(0x08, 1)])
        amf.add("reference-self", "an array within itself", [AMF3.array([AMF3.reference(0x09, 0)])])
        amf.batch.section = ["AMF3 §3.11"]
        amf.addNested { AMF3.array($0) }
        return amf.batch
    }

    private static func addObjects(_ simple: [(String, AMFSpelling)], _ amf: inout AMFBatch) throws {
        amf.batch.section = ["AMF3 §3.12"]
        amf.batch.requirements = ["PEER-043", "PEER-045"]
        for (name, value) in simple {
            // The traits of an inner anonymous object stand there already.
            amf.add("object-\(name)", "a member: \(name)", [AMF3.object([("m", value)])], canonical: name != "object")
            amf.add("sealed-\(name)", "a declared member: \(name)", [AMF3.object("a.B", [("m", value)])])
        }
        for (name, text) in texts where !text.isEmpty {
            amf.add(
                "object-name-\(name)",
                "a member whose name has \(text.utf8.count) octets",
                [AMF3.object([(text, AMF3.null)])]
            )
            amf.add("object-class-\(name)", "a class whose name has \(text.utf8.count) octets", [AMF3.object(text, [])])
        }
        amf.add("object-empty", "no member", [AMF3.object([])])
        amf.add(
            "object-both",
            "a declared member and another",
            [AMF3.object("C", [("a", AMF3.null)], dynamic: [("b", AMF3.boolean(true))])]
        )
        for count in [0, 1, 3, 7, 8, 16] {
            let members = (0..<count).map { ("m\($0)", AMF3.integer($0)) }
            amf.add("sealed-count-\(count)", "\(count) declared members", [AMF3.object("C", members)])
        }
        amf.add(
            "traits-reference",
            "two objects of a class, the second refers to the traits of the first",
            [
                AMF3.object("C", [("a", AMF3.integer(1))]),
                AMFSpelling([0x0a, 0x01, 0x04, 0x02], AMF3.objectNotation("C", [("a", AMF3.integer(2))], nil)),
            ]
        )
        amf.add(
            "traits-reference-dynamic",
            "two anonymous objects, the second refers to the traits of the first, and to the name",
            [
                AMF3.object([("abc", AMF3.null)]),
                AMFSpelling(
                    [0x0a, 0x01, 0x00, 0x03, 0x01],
                    AMF3.objectNotation("", [], [("abc", AMF3.boolean(true))])
                ),
            ]
        )
        let twin = amf.add(
            "traits-two",
            "an object and one that refers to its traits",
            [AMF3.object("C", []), AMFSpelling([0x0a, 0x01], AMF3.objectNotation("C", [], nil))]
        )
        let end = AMF3.object("C", []).octets.count
        try amf.addReferences(twin, to: [1, 2, 31], at: end + 1, "are no traits") { u29($0 * 4 + 1) }
        let object = try amf.addWithCuts(
            "object-cut",
            "a declared member and another",
            AMF3.object("C", [("a", AMF3.integer(7))], dynamic: [("b", AMF3.null)])
        )
        try amf.addWrong(
            object,
            "sealed-many",
            at: 1,
            u29(1000 * 16 + 8 + 3),
            .truncated,
            because: "1000 declared members are announced, more than there are"
        )
        for count in [0, 1, 5] {
            amf.add(
                "externalizable-\(count)",
                "an object that writes itself, in \(count) octets: all that is left",
                [
                    AMFSpelling(
                        [0x0a, 0x07] + AMF3.text("a.B") + filler(count),
                        .object(["externalizable": .hex(filler(count)), "class": "a.B"])
                    )
                ]
            )
        }
    }

    private static func addVectors(_ simple: [(String, AMFSpelling)], _ amf: inout AMFBatch) throws {
        amf.batch.section = ["AMF3 §3.15"]
        amf.batch.requirements = ["RFC7425-5.3.2-05"]
        let integers: [Int] = [0, 1, -1, 0x7fff_ffff, -0x8000_0000]
        for fixed in [false, true] {
            for count in [0, 1, 5] {
                let suffix = "\(count)-\(fixed)"
                let what = "\(count) elements\(fixed ? ", fixed" : "")"
                let ints = integers.prefix(count).map {
                    (bigEndian(UInt64(bitPattern: Int64($0)), 4), JSONValue.integer($0))
                }
                amf.add("int-vector-\(suffix)", what, [AMF3.vector(0x0d, "intVector", ints, fixed: fixed)])
                let uints = [0, 1, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff].prefix(count).map {
                    (bigEndian($0, 4), JSONValue.integer(Int($0)))
                }
                amf.add("uint-vector-\(suffix)", what, [AMF3.vector(0x0e, "uintVector", uints, fixed: fixed)])
                let reals = doubles.prefix(count).map { (doubleOctets($0.1), JSONValue.double($0.1)) }
                amf.add("double-vector-\(suffix)", what, [AMF3.vector(0x0f, "doubleVector", reals, fixed: fixed)])
                amf.add(
                    "object-vector-\(suffix)",
                    what,
                    [AMF3.objectVector("*", simple.prefix(count).map(\.1), fixed: fixed)]
                )
            }
        }
        for (marker, name, size) in [(0x0d, "intVector", 4), (0x0e, "uintVector", 4), (0x0f, "doubleVector", 8)]
            as [(UInt8, String, Int)]
        {
            let element = ([UInt8](repeating: 0, count: size), JSONValue.integer(0))
            let spelling = AMF3.vector(marker, name, [element, element], fixed: false)
            let twin = try amf.addWithCuts("\(name.lowercased())-cut", "two elements", spelling)
            try amf.addAnnouncements(twin, of: tooMany)
        }
        try amf.addWithCuts(
            "object-vector-cut",
            "two elements",
            AMF3.objectVector("a.B", [AMF3.null, AMF3.integer(7)], fixed: false)
        )
    }
}
