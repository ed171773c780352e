extension Recipe {
    /// Integers at the limits of every number of digits, in every form.
    static let vlu = Recipe(
        "rtmfp",
        "vlu",
        "Variable-length unsigned integers, boundary by boundary",
        specification: ["RFC 7016 §2.1.2"],
        notes: [
            "Seven bits an octet, most significant group first; the high bit says that another octet follows.",
            "Longer forms than necessary are legal input. What follows the integer is not part of it.",
        ]
    ) {
        var batch = Batch("vlu", ["RFC 7016 §2.1.2"], ["RFC7016-2.1.2-01", "RFC7016-2.1.2-04"])
        for value in integerBoundaries {
            let octets = base128(value)
            func expected(_ consumed: Int, canonical: Bool) -> [String: JSONValue] {
                ["value": .decimal(value), "consumed": .integer(consumed), "canonical": .bool(canonical)]
            }
            batch.requirements = ["RFC7016-2.1.2-01", "RFC7016-2.1.2-02", "RFC7016-2.1.2-04"]
            let twin = batch.valid(
                "\(value)",
                "\(value) in its shortest form",
                ["octets": .hex(octets)],
                expected(octets.count, canonical: true)
            )
            try batch.truncations(
                of: twin,
                "/octets",
                Layout().field("the integer", octets),
                requirements: ["RFC7016-2.1.2-06", "RFC7016-2-05"]
            )
            batch.requirements = ["RFC7016-2.1.2-03"]
            let long = base128(value, digits: 11)
            batch.valid(
                "\(value).long",
                "\(value) in eleven octets",
                ["octets": .hex(long)],
                expected(long.count, canonical: false)
            )
            batch.requirements = ["RFC7016-2.1.2-01"]
            batch.valid(
                "\(value).followed",
                "\(value), and octets after it that are none of it",
                ["octets": .hex(octets + [0x80, 0x00])],
                expected(octets.count, canonical: false)
            )
        }
        batch.requirements = ["RFC7016-2.1.2-05"]
        let greatest = batch.valid(
            "greatest",
            "2^64 - 1 behind a leading 0",
            ["octets": .hex([0x80] + base128(.max))],
            ["value": .decimal(.max), "consumed": .integer(11), "canonical": .bool(false)]
        )
        for (name, first) in [("2-64", 0x82 as UInt8), ("2-65", 0x84), ("2-66", 0x88), ("2-69", 0xc0), ("2-70", 0xff)] {
            try batch.edited(
                greatest,
                "over-\(name)",
                .splice("/octets", at: 1, count: 1, [first]),
                .overflow,
                because: "the tenth digit from the end is greater than 1, so that the integer exceeds 2^64 - 1"
            )
        }
        try batch.edited(
            greatest,
            "eleven-digits",
            .splice("/octets", at: 0, count: 1, [0x81]),
            .overflow,
            because: "an eleventh digit stands for 2^70"
        )
        return batch
    }

    /// Integers around which encodings change: numbers of seven bits, of octets, and of what languages can hold.
    static let integerBoundaries: [UInt64] = {
        let powers: [UInt64] = [7, 8, 14, 15, 16, 21, 28, 31, 32, 35, 42, 49, 53, 56, 63]
        let around = powers.flatMap { power -> [UInt64] in [(1 << power) - 1, 1 << power] }
        return ([0, 1, 2, 63, 64] + around + [.max - 1, .max]).sorted()
    }()
}
