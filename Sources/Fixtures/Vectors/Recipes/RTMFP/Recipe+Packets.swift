extension Recipe {
    /// Headers with every combination of flags, chunks of every type, padding of every length that matters.
    static let packet = Recipe(
        "rtmfp",
        "packet",
        "Plain packets: every flag, every chunk type, padding",
        specification: ["RFC 7016 §2.2.4", "RFC 7016 §2.3"],
        notes: [
            "Header, chunks, padding. `chunks` are all chunks in order, also those that a receiver ignores; `padding` is what stands after the last one.",
            "A chunk header whose length exceeds what is left is padding, and so are fewer than three octets.",
        ]
    ) {
        var batch = Batch("packet", ["RFC 7016 §2.2.4"], ["RFC7016-2.2.4-01", "RFC7016-2.2.4-02", "RFC7016-2.2.4-03"])
        for flags in 0...255 as ClosedRange<UInt8> where flags & 0x33 != 0 && flags & 0x03 != 0 && flags & 0x30 == 0 {
            let draft = PacketDraft(flags: flags)
            let twin = batch.valid("flags-\(flags)", "flags \(flags)", ["packet": .hex(draft.octets)], draft.members)
            let header = draft.header
            guard header.count > 1, flags & 3 == 1 else { continue }
            for cut in 1..<header.count {
                try batch.edited(
                    twin,
                    "cut-\(cut)",
                    .cut("/packet", to: cut),
                    .truncated,
                    because: "ends \(cut) octets into the header",
                    requirements: ["RFC7016-2-05"]
                )
            }
        }
        batch.requirements = ["RFC7016-2-04"]
        for reserved in [0x10, 0x20, 0x30] as [UInt8] {
            let draft = PacketDraft(flags: reserved | 0x09)
            batch.valid(
                "reserved-\(reserved)",
                "reserved flags, which are ignored",
                ["packet": .hex(draft.octets)],
                draft.members
            )
        }
        batch.requirements = ["RFC7016-2.2.4-02", "RFC7016-2.2.4-03", "RFC7016-2.1.1-01"]
        for time in [0, 1, 0x00ff, 0x0100, 0x7fff, 0x8000, 0xffff] as [UInt16] {
            let draft = PacketDraft(flags: 0x0d, timestamp: time, echo: ~time)
            batch.valid(
                "time-\(time)",
                "timestamp \(time), echo \(~time)",
                ["packet": .hex(draft.octets)],
                draft.members
            )
        }
        batch.section = ["RFC 7016 §2.3"]
        batch.requirements = ["RFC7016-2.3-01", "RFC7016-2.3-02"]
        for (type, payload) in payloads {
            let draft = PacketDraft(chunks: [(type, payload)])
            batch.valid("type-\(type)", "a chunk of type \(type)", ["packet": .hex(draft.octets)], draft.members)
        }
        batch.requirements = ["RFC7016-2.3-03"]
        for type in [0x02, 0x0b, 0x0d, 0x12, 0x31, 0x42, 0x5f, 0x72, 0x7a, 0x80, 0xfe] as [UInt8] {
            let draft = PacketDraft(chunks: [(type, [1, 2]), (0x01, [3])])
            batch.valid(
                "type-\(type)",
                "a chunk of an unknown type before a Ping",
                ["packet": .hex(draft.octets)],
                draft.members
            )
        }
        batch.requirements = ["RFC7016-2.3-01", "RFC7016-2.3-08"]
        for count in [2, 3, 10, 100] {
            let draft = PacketDraft(chunks: (0..<count).map { (0x01, [UInt8($0)]) })
            batch.valid("chunks-\(count)", "\(count) Pings", ["packet": .hex(draft.octets)], draft.members)
        }
        for count in [0, 1, 255, 256, 1000] {
            let draft = PacketDraft(chunks: [(0x01, filler(count))])
            batch.valid("payload-\(count)", "a chunk of \(count) octets", ["packet": .hex(draft.octets)], draft.members)
        }
        batch.requirements = ["RFC7016-2.2.4-19", "RFC7016-2.2.4-20", "RFC7016-2.2.4-22"]
        for count in 1...2 {
            for octet in [0x00, 0x01, 0xff] as [UInt8] {
                let draft = PacketDraft(padding: [UInt8](repeating: octet, count: count))
                batch.valid(
                    "padding-\(count)-\(octet)",
                    "too few octets for a chunk",
                    ["packet": .hex(draft.octets)],
                    draft.members
                )
            }
        }
        for count in 3...17 {
            let draft = PacketDraft(padding: [UInt8](repeating: 0xff, count: count))
            batch.valid(
                "padding-\(count)",
                "\(count) octets of 0xff, which are no chunk: it would be too long",
                ["packet": .hex(draft.octets)],
                draft.members
            )
        }
        for missing in [1, 2, 1000] {
            let draft = PacketDraft(padding: [0x01] + bigEndian(UInt64(5 + missing), 2) + filler(5))
            batch.valid(
                "short-by-\(missing)",
                "a chunk that lacks \(missing) octets is padding",
                ["packet": .hex(draft.octets)],
                draft.members
            )
        }
        return batch
    }

    /// A payload of every type that RFC 7016 §2.3 defines, and of the two that are ignored.
    static let payloads: [(UInt8, [UInt8])] = [
        (0x7f, [0x80, 0x01, 0x00, 0x0b]), (0x30, [0x02, 0x01, 0x0a, 0x05]),
        (0x0f, [0x02, 0x01, 0x0a, 0x02, 192, 0, 2, 1, 0x07, 0x8f, 0x05]), (0x70, [0x01, 0x05, 0x01, 0x06, 0x07]),
        (0x71, [0x01, 0x05]), (0x79, [0x01, 0x06, 0x08]), (0x38, [0, 0, 0, 1, 1, 2, 1, 3, 1, 4, 0x58]),
        (0x78, [0, 0, 0, 1, 1, 4, 0x58]), (0x01, [0x09]), (0x41, [0x09]), (0x10, [0x00, 0x02, 0x03, 0x03, 0x2e]),
        (0x11, [0x00, 0x2e]), (0x50, [0x02, 0x7f, 0x03, 0x01]), (0x51, [0x02, 0x7f, 0x03, 0x00, 0x00]), (0x18, [0x02]),
        (0x5e, [0x02, 0x00]), (0x0c, []), (0x4c, []), (0x00, [0x00, 0x00]), (0xff, [0xff, 0xff]),
    ]

    /// A packet, field by field, and what comes out of it.
    private struct PacketDraft {
        var flags: UInt8 = 0x01
        var timestamp: UInt16 = 0x1234
        var echo: UInt16 = 0xabcd
        var chunks: [(UInt8, [UInt8])] = [(0x01, [0x09])]
        var padding: [UInt8] = []

        var header: [UInt8] {
            [flags] + (flags & 8 != 0 ? bigEndian(UInt64(timestamp), 2) : [])
                + (flags & 4 != 0 ? bigEndian(UInt64(echo), 2) : [])
        }

        var octets: [UInt8] {
            header + chunks.flatMap { [$0.0] + bigEndian(UInt64($0.1.count), 2) + $0.1 } + padding
        }

        var members: [String: JSONValue] {
            [
                "mode": .integer(Int(flags & 3)), "timeCritical": .bool(flags & 0x80 != 0),
                "timeCriticalReverse": .bool(flags & 0x40 != 0),
                "timestamp": flags & 8 != 0 ? .integer(Int(timestamp)) : .null,
                "timestampEcho": flags & 4 != 0 ? .integer(Int(echo)) : .null,
                "chunks": .array(chunks.map { .object(["type": .hex([$0.0]), "payload": .hex($0.1)]) }),
                "padding": .hex(padding), "canonical": .bool(flags & 0x30 == 0),
            ]
        }
    }
}
