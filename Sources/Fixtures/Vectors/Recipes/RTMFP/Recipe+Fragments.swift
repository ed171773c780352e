extension Recipe {
    /// Packet Fragments with flags and numbers at their limits.
    static let packetFragment = Recipe(
        "rtmfp",
        "chunk-packet-fragment",
        "Packet Fragment, field by field",
        specification: ["RFC 7016 §2.3.1"],
        notes: ["Flags (0x80: more fragments follow), packet ID, fragment number, fragment."]
    ) {
        var batch = Batch("chunk-packet-fragment", ["RFC 7016 §2.3.1"], ["RFC7016-2.3.1-01"])
        func add(_ name: String, flags: UInt8, _ packetID: UInt64, _ number: UInt64, _ count: Int) -> (
            Batch.Twin, Layout
        ) {
            let layout = Layout().field("the flags", [flags]).vlu("the packet ID", packetID)
                .vlu("the fragment number", number).field("the fragment", filler(count))
            let twin = batch.valid(
                name,
                "fragment \(number) of packet \(packetID), \(count) octets\(flags & 0x80 == 0 ? ", the last" : "")",
                ["payload": .hex(layout.octets)],
                [
                    "moreFragments": .bool(flags & 0x80 != 0), "packetID": .decimal(packetID),
                    "fragmentNumber": .decimal(number), "packetFragment": .hex(filler(count)),
                    "canonical": .bool(flags & 0x7f == 0),
                ]
            )
            return (twin, layout)
        }
        for value in ChunkRecipe.integers {
            _ = add("packet-\(value)", flags: 0x80, value, 0, 8)
            _ = add("number-\(value)", flags: 0, 3, value, 8)
        }
        for count in [1, 2, 127, 128, 1000] { _ = add("count-\(count)", flags: 0x80, 3, 1, count) }
        batch.requirements = ["RFC7016-2-04"]
        for bit in 0...6 as ClosedRange<UInt8> { _ = add("reserved-\(bit)", flags: 0x80 | 1 << bit, 3, 1, 4) }
        batch.requirements = ["RFC7016-2.3.1-01"]
        let (twin, layout) = add("wide", flags: 0x80, 300, 70_000, 4)
        try batch.truncations(of: twin, "/payload", layout, fields: 3, requirements: ["RFC7016-2-05"])
        return batch
    }

    /// Whether a close has a payload or not, it is one.
    static let closes: [Recipe] = [("chunk-close", "2.3.17", "02"), ("chunk-close-ack", "2.3.18", "01")].map {
        kind,
        section,
        row in
        Recipe(
            "rtmfp",
            kind,
            kind == "chunk-close"
                ? "Session Close Request with payloads" : "Session Close Acknowledgement with payloads",
            specification: ["RFC 7016 §\(section)"],
            notes: ["The payload is empty; one that is not is ignored."]
        ) {
            var batch = Batch(kind, ["RFC 7016 §\(section)"], ["RFC7016-\(section)-\(row)"])
            for count in [0, 1, 2, 127, 128, 1000] {
                batch.valid(
                    "payload-\(count)",
                    "\(count) octets",
                    ["payload": .hex(filler(count))],
                    ["canonical": .bool(count == 0)]
                )
            }
            return batch
        }
    }
}
