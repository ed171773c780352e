extension Recipe {
    private static let form = "A VLU length, then a VLU type and a value that fill that length; length 0 is a Marker."

    /// Options with types and values at every limit.
    static let option = Recipe(
        "rtmfp",
        "option",
        "Options, boundary by boundary",
        specification: ["RFC 7016 §2.1.3"],
        notes: [form]
    ) {
        var batch = Batch("option", ["RFC 7016 §2.1.3"], ["RFC7016-2.1.3-01", "RFC7016-2.1.3-02"])
        let types: [UInt64] = [0, 1, 10, 127, 128, 8191, 8192, 16383, 16384, 1 << 32, .max]
        for type in types {
            for count in [0, 1, 2, 32] {
                let layout = optionLayout(type, filler(count))
                let twin = batch.valid(
                    "type-\(type).value-\(count)",
                    "type \(type), \(count) octets of value",
                    ["octets": .hex(layout.octets)],
                    outcome(type, filler(count), layout.octets.count, canonical: true)
                )
                guard count < 2 else { continue }
                try batch.truncations(
                    of: twin,
                    "/octets",
                    layout,
                    requirements: ["RFC7016-2.1.3-04", "RFC7016-2-05"]
                )
            }
        }
        // Where the length needs another octet.
        for count in [125, 126, 127, 128, 129, 254, 255, 256, 511, 512] {
            let layout = optionLayout(14, filler(count))
            batch.valid(
                "value-\(count)",
                "\(count) octets of value, so that the length takes \(base128(UInt64(count + 1)).count)",
                ["octets": .hex(layout.octets)],
                outcome(14, filler(count), layout.octets.count, canonical: true)
            )
        }
        batch.requirements = ["RFC7016-2.1.2-03", "RFC7016-2.1.3-02"]
        for digits in 2...4 {
            let inside = base128(10, digits: digits) + filler(3)
            let octets = base128(UInt64(inside.count), digits: digits) + inside
            batch.valid(
                "long-\(digits)",
                "length and type in \(digits) octets each",
                ["octets": .hex(octets)],
                outcome(10, filler(3), octets.count, canonical: false)
            )
        }
        batch.requirements = ["RFC7016-2.1.3-03"]
        for digits in 1...3 {
            batch.valid(
                "marker-\(digits)",
                "a Marker whose length takes \(digits) octets",
                ["octets": .hex(base128(0, digits: digits))],
                ["type": .null, "value": .null, "consumed": .integer(digits), "canonical": .bool(digits == 1)]
            )
        }
        batch.requirements = ["RFC7016-2.1.3-04"]
        let wide = batch.valid(
            "wide-type",
            "a type of two octets fills the Option",
            ["octets": .hex([0x02, 0x81, 0x00])],
            outcome(128, [], 3, canonical: true)
        )
        try batch.edited(
            wide,
            "length-1",
            .splice("/octets", at: 0, count: 1, [1]),
            .truncated,
            because: "the type goes on beyond the length of the Option"
        )
        try batch.edited(
            wide,
            "length-huge",
            .splice("/octets", at: 0, count: 1, base128(.max)),
            .truncated,
            because: "the length is far beyond what is there",
            requirements: ["RFC7016-2-05"]
        )
        return batch
    }

    /// Lists of none to many Options.
    static let optionList = Recipe(
        "rtmfp",
        "option-list",
        "Option Lists, boundary by boundary",
        specification: ["RFC 7016 §2.1.4"],
        notes: ["Options up to a Marker, which ends the list and belongs to it."]
    ) {
        var batch = Batch("option-list", ["RFC 7016 §2.1.4"], ["RFC7016-2.1.4-01"])
        for count in [0, 1, 2, 3, 8, 32] {
            let values: [(UInt64, [UInt8])] = (0..<count).map { (UInt64($0 * 97), filler($0 % 5)) }
            let octets: [UInt8] = values.flatMap { optionOctets($0.0, $0.1) } + [0]
            let options = JSONValue.array(values.map { .option($0.0, $0.1) })
            let twin = batch.valid(
                "\(count)",
                "\(count) Options and the Marker",
                ["octets": .hex(octets)],
                ["options": options, "consumed": .integer(octets.count)]
            )
            batch.valid(
                "\(count).followed",
                "\(count) Options, the Marker, and what does not belong to the list",
                ["octets": .hex(octets + [0x02, 0x0a, 0x05, 0x00])],
                ["options": options, "consumed": .integer(octets.count)]
            )
            try batch.edited(
                twin,
                "unended",
                .cut("/octets", to: octets.count - 1),
                .truncated,
                because: "there is no Marker",
                requirements: ["RFC7016-2.1.4-03"]
            )
            guard count > 0 else { continue }
            for cut in stride(from: 1, to: octets.count - 1, by: count > 3 ? 17 : 1) {
                try batch.edited(
                    twin,
                    "cut-\(cut)",
                    .cut("/octets", to: cut),
                    .truncated,
                    because: "ends after \(cut) octets, before the Marker",
                    requirements: ["RFC7016-2.1.4-03", "RFC7016-2-05"]
                )
            }
        }
        return batch
    }

    private static func optionLayout(_ type: UInt64, _ value: [UInt8]) -> Layout {
        let inside = base128(type)
        return Layout()
            .vlu("the length", UInt64(inside.count + value.count))
            .field("the type", inside)
            .field("the value", value)
    }

    private static func outcome(_ type: UInt64, _ value: [UInt8], _ consumed: Int, canonical: Bool) -> [String:
        JSONValue]
    {
        [
            "type": .decimal(type), "value": .hex(value), "consumed": .integer(consumed), "canonical": .bool(canonical),
        ]
    }
}
