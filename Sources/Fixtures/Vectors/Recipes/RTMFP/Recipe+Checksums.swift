extension Recipe {
    /// Checksums of every small number of octets, and of sums that carry.
    static let checksum = Recipe(
        "rtmfp",
        "checksum",
        "The simple checksum, boundary by boundary",
        specification: ["RFC 7425 §4.7.3.1"],
        notes: [
            "The complement of the ones' complement sum of words of 16 bits, most significant octet first.",
            "An odd octet at the end is the low half of a word.",
        ]
    ) {
        var batch = Batch("checksum", ["RFC 7425 §4.7.3.1"], ["RFC7425-4.7.3.1-01"])
        let contents: [(String, [UInt8])] =
            (0...20).map { ("count-\($0)", filler($0)) }
            + (1...4).map { ("zeros-\($0)", [UInt8](repeating: 0, count: $0)) }
            + (1...6).map { ("ones-\($0)", [UInt8](repeating: 255, count: $0)) }
            + [
                ("carry", [0xff, 0xff, 0x00, 0x01]), ("carry-odd", [0xff, 0xff, 0x01]),
                ("two-carries", [0xff, 0xff, 0xff, 0xff, 0x00, 0x02]), ("sum-ffff", [0x12, 0x34, 0xed, 0xcb]),
                ("long", filler(1190)), ("long-odd", filler(1191)),
            ]
        for (name, octets) in contents {
            let checksum = complementSum(octets)
            let twin = batch.valid(
                name,
                "the checksum of \(octets.count) octets",
                ["octets": .hex(octets), "checksum": .hex(bigEndian(checksum, 2))]
            )
            for (edit, other) in [
                ("plus-1", checksum &+ 1), ("complement", ~checksum), ("swapped", checksum << 8 | checksum >> 8),
            ]
            where other & 0xffff != checksum && octets.count < 12 {
                try batch.edited(
                    twin,
                    edit,
                    .splice("/checksum", at: 0, count: 2, bigEndian(other & 0xffff, 2)),
                    .authentication,
                    because: "the checksum is another one",
                    requirements: ["RFC7425-4.7.3.1-03"]
                )
            }
        }
        return batch
    }

    /// The complement of the ones' complement sum; 0 and 0xffff are the two forms of nothing, as the sum has them.
    private static func complementSum(_ octets: [UInt8]) -> UInt64 {
        var sum: UInt64 = 0
        for start in stride(from: 0, to: octets.count, by: 2) {
            sum +=
                start + 1 < octets.count
                ? UInt64(octets[start]) * 256 + UInt64(octets[start + 1]) : UInt64(octets[start])
        }
        while sum > 0xffff { sum = sum % 0x10000 + sum / 0x10000 }
        return 0xffff - sum
    }

    /// Session IDs before encrypted parts of every length that matters.
    static let sessionID = Recipe(
        "rtmfp",
        "session-id",
        "Scrambled session IDs, boundary by boundary",
        specification: ["RFC 7016 §2.2.2"],
        notes: [
            "The first four octets are the session ID, exclusive or the next two words of 32 bits.",
            "If there are fewer than eight octets after them, those that are missing count as 0.",
        ]
    ) {
        var batch = Batch("session-id", ["RFC 7016 §2.2.2"], ["RFC7016-2.2.2-01"])
        for id in [0, 1, 0x0102_0304, 0x7fff_ffff, 0x8000_0000, 0xffff_fffe, 0xffff_ffff] as [UInt64] {
            for count in [0, 1, 3, 4, 5, 7, 8, 9, 16, 32] {
                batch.requirements = count < 8 ? ["RFC7016-2.2.2-05"] : ["RFC7016-2.2.2-01"]
                let encrypted = filler(count, from: UInt8(id % 251))
                let padded = encrypted + [UInt8](repeating: 0, count: 8)
                let scrambled = (0..<4).map { bigEndian(id, 4)[$0] ^ padded[$0] ^ padded[$0 + 4] }
                let twin = batch.valid(
                    "\(id).count-\(count)",
                    "session ID \(id) before \(count) octets",
                    ["datagram": .hex(scrambled + encrypted)],
                    ["sessionID": .hex(bigEndian(id, 4)), "encrypted": .hex(encrypted)]
                )
                guard count == 0 else { continue }
                try batch.truncations(
                    of: twin,
                    "/datagram",
                    Layout().field("the session ID", scrambled),
                    requirements: ["RFC7016-2.2.2-06"]
                )
            }
        }
        return batch
    }
}
