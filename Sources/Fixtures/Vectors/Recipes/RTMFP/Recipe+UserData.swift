extension Recipe {
    private static let fragmentNames = ["whole", "begin", "end", "middle"]
    private static let options: [(name: String, options: [(UInt64, [UInt8])]?)] = [
        ("none", nil), ("empty", []), ("metadata", [(0x00, [0x54, 0x43, 0x04, 0x00])]),
        ("metadata-empty", [(0x00, [])]), ("association", [(0x0a, [0x05])]),
        ("association-greatest", [(0x0a, base128(.max))]),
        ("both", [(0x00, [0x54, 0x43, 0x04, 0x01]), (0x0a, [0x02])]),
        ("both-reversed", [(0x0a, [0x02]), (0x00, [0x54, 0x43, 0x04, 0x01])]),
        ("unknown-mandatory", [(8191, [1])]), ("unknown-ignorable", [(8192, [1, 2, 3])]),
        ("unknown-greatest", [(.max, [])]), ("metadata-512", [(0x00, filler(512))]),
    ]

    /// User Data: flags, integers and options at every limit.
    static let userData = Recipe(
        "rtmfp",
        "chunk-user-data",
        "User Data, field by field",
        specification: ["RFC 7016 §2.3.11"],
        notes: [
            "Flags (0x80: options; 0x30: which part of a message; 0x02: abandoned; 0x01: final), flow ID, sequence number, how far the forward sequence number lies below it, options, data.",
            "Whether a flow is accepted is not told here: `flow` is absent.",
        ]
    ) {
        var batch = Batch("chunk-user-data", ["RFC 7016 §2.3.11"], ["RFC7016-2.3.11-01", "RFC7016-2.3.11-02"])
        func add(
            _ name: String,
            _ comment: String,
            flags: UInt8 = 0,
            _ integers: [UInt64] = [2, 7, 7],
            _ options: [(UInt64, [UInt8])]? = nil,
            data: Int = 3,
            canonical: Bool = true
        ) throws -> (Batch.Twin, Layout) {
            var layout = Layout()
                .field("the flags", [flags | (options == nil ? 0 : 0x80)])
                .vlu("the flow ID", integers[0])
                .vlu("the sequence number", integers[1])
                .vlu("the offset of the forward sequence number", integers[2])
            if let options { layout = layout.field("the options", options.flatMap(optionOctets) + [0]) }
            layout = layout.field("the data", filler(data))
            let twin = batch.valid(
                name,
                comment,
                ["payload": .hex(layout.octets)],
                fragmentMembers(flags, options, data, canonical: canonical).merging([
                    "flowID": .decimal(integers[0]), "sequenceNumber": .decimal(integers[1]),
                    "fsnOffset": .decimal(integers[2]),
                ]) { first, _ in first }
            )
            return (twin, layout)
        }
        for flags in flagCombinations {
            _ = try add("flags-\(flags)", describe(flags), flags: flags)
        }
        batch.requirements = ["RFC7016-2-04"]
        for bit in [2, 3, 6] as [UInt8] {
            _ = try add("reserved-\(bit)", "a reserved flag is set, and ignored", flags: 1 << bit, canonical: false)
        }
        batch.requirements = ["RFC7016-2.3.11-02", "RFC7016-2.3.11-12"]
        for value in ChunkRecipe.integers {
            _ = try add("flow-\(value)", "flow \(value)", [value, 7, 1])
            _ = try add("sequence-\(value)", "sequence number \(value), forward sequence number 0", [2, value, value])
            guard value > 1 else { continue }
            _ = try add(
                "below-\(value)",
                "sequence number \(value), forward sequence number \(value - 1)",
                [2, value, 1]
            )
            batch.requirements = ["RFC7016-2.3.11-14", "RFC7016-2.3.11-15"]
            let (twin, layout) = try add(
                "limit-\(value)",
                "the forward sequence number is 0",
                [2, value - 1, value - 1]
            )
            try batch.edited(
                twin,
                "negative",
                .splice(
                    "/payload",
                    at: layout.offset(of: "the offset of the forward sequence number"),
                    count: base128(value - 1).count,
                    base128(value)
                ),
                .value,
                because: "the offset exceeds the sequence number by 1"
            )
            batch.requirements = ["RFC7016-2.3.11-02", "RFC7016-2.3.11-12"]
        }
        batch.requirements = ["RFC7016-2.3.11.1-01", "RFC7016-2.3.11.1-04"]
        for (name, options) in options {
            let (twin, layout) = try add("options-\(name)", "options: \(name)", [2, 1, 1], options)
            guard let options, layout.octets.count < 60 else { continue }
            let start = layout.offset(of: "the options")
            for cut in start..<(start + options.flatMap(optionOctets).count + 1) {
                try batch.edited(
                    twin,
                    "cut-\(cut)",
                    .cut("/payload", to: cut),
                    .truncated,
                    because: "the chunk ends before the Marker of its options",
                    requirements: ["RFC7016-2.1.4-03", "RFC7016-2-05"]
                )
            }
        }
        batch.requirements = ["RFC7016-2.3.11-02", "RFC7016-2.3.11-18"]
        for count in [0, 1, 127, 128, 1000] { _ = try add("data-\(count)", "\(count) octets of data", data: count) }
        let (twin, layout) = try add("wide", "integers of several octets each", [300, 70_000, 129])
        try batch.truncations(
            of: twin,
            "/payload",
            layout,
            fields: 4,
            requirements: ["RFC7016-2.3.11-02", "RFC7016-2-05"]
        )
        return batch
    }

    /// Next User Data: flags, options and data.
    static let nextUserData = Recipe(
        "rtmfp",
        "chunk-next-user-data",
        "Next User Data, field by field",
        specification: ["RFC 7016 §2.3.12"],
        notes: ["Flags as in User Data, options, data."]
    ) {
        var batch = Batch("chunk-next-user-data", ["RFC 7016 §2.3.12"], ["RFC7016-2.3.12-01", "RFC7016-2.3.12-06"])
        func add(_ name: String, _ flags: UInt8, _ options: [(UInt64, [UInt8])]?, _ data: Int) -> (Batch.Twin, [UInt8])
        {
            let list = options.map { $0.flatMap(optionOctets) + [0] } ?? []
            let payload = [flags | (options == nil ? 0 : 0x80)] + list + filler(data)
            let canonical = flags & 0x4c == 0
            let twin = batch.valid(
                name,
                describe(flags),
                ["payload": .hex(payload)],
                fragmentMembers(flags, options, data, canonical: canonical)
            )
            return (twin, list)
        }
        for flags in flagCombinations { _ = add("flags-\(flags)", flags, nil, 3) }
        for bit in [2, 3, 6] as [UInt8] { _ = add("reserved-\(bit)", 1 << bit, nil, 3) }
        for count in [0, 1, 128, 1000] { _ = add("data-\(count)", 0, nil, count) }
        for (name, options) in options {
            let (twin, list) = add("options-\(name)", 0x10, options, 4)
            guard (1..<60).contains(list.count) else { continue }
            for cut in 1...list.count {
                try batch.edited(
                    twin,
                    "cut-\(cut)",
                    .cut("/payload", to: cut),
                    .truncated,
                    because: "the chunk ends before the Marker of its options",
                    requirements: ["RFC7016-2.1.4-03", "RFC7016-2-05"]
                )
            }
        }
        let (twin, _) = add("short", 0, nil, 2)
        try batch.edited(
            twin,
            "cut-0",
            .cut("/payload", to: 0),
            .truncated,
            because: "there are no flags",
            requirements: ["RFC7016-2-05"]
        )
        return batch
    }

    /// Every combination of the flags but that of options.
    private static let flagCombinations: [UInt8] = (0...3).flatMap { part in (0...3).map { part << 4 | $0 } }

    private static func describe(_ flags: UInt8) -> String {
        let part = fragmentNames[Int(flags >> 4 & 3)]
        return part + (flags & 2 != 0 ? ", abandoned" : "") + (flags & 1 != 0 ? ", final" : "")
    }

    private static func fragmentMembers(
        _ flags: UInt8,
        _ options: [(UInt64, [UInt8])]?,
        _ data: Int,
        canonical: Bool
    ) -> [String: JSONValue] {
        [
            "fragmentControl": .string(fragmentNames[Int(flags >> 4 & 3)]), "abandon": .bool(flags & 2 != 0),
            "final": .bool(flags & 1 != 0), "userData": .hex(filler(data)), "canonical": .bool(canonical),
            "options": options.map { .array($0.map { .option($0.0, $0.1) }) } ?? .null,
        ]
    }
}
