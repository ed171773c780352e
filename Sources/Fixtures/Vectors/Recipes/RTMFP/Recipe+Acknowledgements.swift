extension Recipe {
    /// Bitmaps of every shape, and cumulative acknowledgements up to the greatest.
    static let bitmapAck = Recipe(
        "rtmfp",
        "chunk-bitmap-ack",
        "Bitmap Acknowledgement, bit by bit",
        specification: ["RFC 7016 §2.3.13"],
        notes: ["Bit 0 of the first octet stands for the number two above the cumulative acknowledgement."]
    ) {
        var batch = Batch("chunk-bitmap-ack", ["RFC 7016 §2.3.13"], ["RFC7016-2.3.13-01", "RFC7016-2.3.13-02"])
        func add(_ name: String, _ comment: String, at integers: [UInt64] = [5, 127, 16], _ bitmap: [UInt8]) -> (
            Batch.Twin, Layout
        ) {
            let layout = integerLayout(integers).field("the bitmap", bitmap)
            // One number after the other, as the text of the section counts them.
            var received: [UInt64] = []
            for index in 0..<(8 * bitmap.count) where bitmap[index / 8] & (1 << UInt8(index % 8)) != 0 {
                received.append(integers[2] + 2 + UInt64(index))
            }
            let twin = batch.valid(name, comment, ["payload": .hex(layout.octets)], members(integers, runs(received)))
            return (twin, layout)
        }
        for bit in 0...7 { _ = add("bit-\(bit)", "only number \(bit + 18) of those above 17", [1 << UInt8(bit)]) }
        for bit in 0...7 { _ = add("second-bit-\(bit)", "only number \(bit + 26)", [0, 1 << UInt8(bit)]) }
        for bit in 0...7 { _ = add("hole-\(bit)", "all of eight but number \(bit + 18)", [~(1 << UInt8(bit))]) }
        for count in [0, 1, 2, 3, 16, 64] {
            _ = add("ones-\(count)", "\(count) octets of ones", [UInt8](repeating: 255, count: count))
            _ = add("alternating-\(count)", "\(count) octets, every other bit", [UInt8](repeating: 0x55, count: count))
        }
        _ = add("across", "a run over the limit of two octets", [0x80, 0x01])
        for value in ChunkRecipe.integers.dropLast() {
            _ = add("flow-\(value)", "flow \(value)", at: [value, 127, 16], [1])
            _ = add("buffer-\(value)", "\(value) blocks of buffer", at: [5, value, 16], [1])
            _ = add("cumulative-\(value)", "cumulative acknowledgement \(value)", at: [5, 127, value], [0x81])
        }
        _ = add("buffer-greatest", "as much buffer as can be said", at: [5, .max, 16], [])
        let (last, lastLayout) = add("last", "the last bit stands for 2^64 - 1", at: [5, 127, .max - 9], [0x80])
        try batch.edited(
            last,
            "beyond",
            .splice(
                "/payload",
                at: lastLayout.offset(of: "the cumulative acknowledgement"),
                count: 10,
                base128(.max - 8)
            ),
            .value,
            because: "the last bit stands for 2^64",
            requirements: ["RFC7016-2.1.2-05"]
        )
        let (twin, layout) = add("wide", "integers of several octets each", at: [300, 70_000, 20_000], [0x11])
        try batch.truncations(of: twin, "/payload", layout, fields: 3, requirements: ["RFC7016-2-05"])
        return batch
    }

    /// Runs and holes of every length that matters.
    static let rangeAck = Recipe(
        "rtmfp",
        "chunk-range-ack",
        "Range Acknowledgement, range by range",
        specification: ["RFC 7016 §2.3.14"],
        notes: [
            "Pairs of how many are missing and how many were received, each less 1. A pair that is cut off is left out."
        ]
    ) {
        var batch = Batch("chunk-range-ack", ["RFC 7016 §2.3.14"], ["RFC7016-2.3.14-01"])
        func add(_ name: String, _ comment: String, at integers: [UInt64] = [5, 127, 16], _ pairs: [(UInt64, UInt64)])
            -> (Batch.Twin, Layout)
        {
            var layout = integerLayout(integers)
            var ranges: [(UInt64, UInt64)] = []
            var cursor = integers[2]
            for (missing, received) in pairs {
                layout = layout.vlu("a hole", missing - 1).vlu("a run", received - 1)
                ranges.append((cursor + missing + 1, cursor + missing + received))
                cursor += missing + received
            }
            let twin = batch.valid(name, comment, ["payload": .hex(layout.octets)], members(integers, ranges))
            return (twin, layout)
        }
        let lengths: [UInt64] = [1, 2, 127, 128, 129, 16384, 16385, 1 << 40]
        for length in lengths {
            _ = add("hole-\(length)", "\(length) missing, 1 received", [(length, 1)])
            _ = add("run-\(length)", "1 missing, \(length) received", [(1, length)])
        }
        for count in [0, 1, 2, 10, 100] {
            _ = add("ranges-\(count)", "\(count) ranges", (0..<count).map { (UInt64($0 % 5 + 1), UInt64($0 % 3 + 1)) })
        }
        for value in ChunkRecipe.integers.dropLast() {
            _ = add("flow-\(value)", "flow \(value)", at: [value, 127, 16], [(1, 1)])
            _ = add("buffer-\(value)", "\(value) blocks of buffer", at: [5, value, 16], [(1, 1)])
            _ = add("cumulative-\(value)", "cumulative acknowledgement \(value)", at: [5, 127, value], [(1, 1)])
        }
        _ = add("cumulative-greatest", "everything up to 2^64 - 1", at: [5, 127, .max], [])
        let (last, lastLayout) = add("last", "the range ends with 2^64 - 1", at: [5, 127, .max - 3], [(1, 2)])
        for (name, field) in [("hole", "a hole"), ("run", "a run")] {
            try batch.edited(
                last,
                "\(name)-beyond",
                .splice("/payload", at: lastLayout.offset(of: field), count: 1, [2]),
                .value,
                because: "the range ends beyond 2^64 - 1",
                requirements: ["RFC7016-2.1.2-05"]
            )
        }
        let (twin, layout) = add(
            "wide",
            "integers of several octets each",
            at: [300, 70_000, 20_000],
            [(200, 300), (400, 500)]
        )
        try batch.truncations(
            of: twin,
            "/payload",
            layout,
            fields: 3,
            requirements: ["RFC7016-2.3.14-03", "RFC7016-2-05"]
        )
        batch.requirements = ["RFC7016-2.3.14-02"]
        let start = integerLayout([300, 70_000, 20_000]).octets.count
        for cut in start..<layout.octets.count where layout.octets.count - cut < 8 {
            let ranges: [(UInt64, UInt64)] = cut - start < 4 ? [] : [(20_201, 20_500)]
            let payload = Array(layout.octets.prefix(cut))
            let expected = members([300, 70_000, 20_000], ranges, canonical: cut - start == 0 || cut - start == 4)
            batch.valid(
                "cut-pair-\(cut - start)",
                "the chunk ends \(cut - start) octets into the ranges",
                ["payload": .hex(payload)],
                expected
            )
        }
        return batch
    }

    private static func integerLayout(_ integers: [UInt64]) -> Layout {
        Layout()
            .vlu("the flow ID", integers[0])
            .vlu("the free buffer", integers[1])
            .vlu("the cumulative acknowledgement", integers[2])
    }

    private static func members(
        _ integers: [UInt64],
        _ ranges: [(UInt64, UInt64)],
        canonical: Bool = true
    ) -> [String: JSONValue] {
        [
            "flowID": .decimal(integers[0]), "bufferBlocksAvailable": .decimal(integers[1]),
            "cumulativeAcknowledgement": .decimal(integers[2]),
            "ranges": .array(ranges.map { .array([.decimal($0.0), .decimal($0.1)]) }), "canonical": .bool(canonical),
        ]
    }

    /// Numbers that follow one another, as their first and last.
    private static func runs(_ numbers: [UInt64]) -> [(UInt64, UInt64)] {
        var runs: [(UInt64, UInt64)] = []
        for number in numbers {
            if let last = runs.last, last.1 + 1 == number {
                runs[runs.count - 1].1 = number
            } else {
                runs.append((number, number))
            }
        }
        return runs
    }
}
