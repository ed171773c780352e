extension Recipe {
    /// Messages of every type, and timestamps and payloads at their limits.
    static let message = Recipe(
        "flash",
        "message",
        "RTMP messages in flows, field by field",
        specification: ["RFC 7425 §5.1"],
        notes: [
            "Type, 32-bit timestamp, payload.",
            "Types 1, 2, 3, 5 and 6 belong to RTMP chunk streams and must be ignored.",
        ]
    ) {
        var batch = Batch("message", ["RFC 7425 §5.1.2"], ["RFC7425-5.1.2-01"])
        func layout(_ type: UInt8, _ time: UInt64, _ payload: [UInt8]) -> Layout {
            Layout().field("the type", [type]).field("the timestamp", bigEndian(time, 4)).field("the payload", payload)
        }
        func add(_ name: String, _ comment: String, _ type: UInt8, _ time: UInt64, _ payload: [UInt8]) -> Batch.Twin {
            batch.valid(
                name,
                comment,
                ["message": .hex(layout(type, time, payload).octets)],
                ["type": .integer(Int(type)), "timestamp": .integer(Int(time)), "payload": .hex(payload)]
            )
        }
        for type in [0, 4, 7, 8, 9, 10, 14, 15, 16, 17, 18, 19, 20, 21, 22, 127, 128, 255] as [UInt8] {
            let twin = add("type-\(type)", "type \(type)", type, 40, filler(4))
            guard type == 8 else { continue }
            for wrong in [1, 2, 3, 5, 6] as [UInt8] {
                try batch.edited(
                    twin,
                    "type-\(wrong)",
                    .splice("/message", at: 0, count: 1, [wrong]),
                    .value,
                    because: "type \(wrong) belongs to RTMP chunk streams",
                    requirements: ["RFC7425-5.1-02", "RFC7425-5.1-03"]
                )
            }
        }
        for time in [0, 1, 255, 256, 0xff_ffff, 0x100_0000, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff] as [UInt64] {
            _ = add("time-\(time)", "timestamp \(time)", 9, time, filler(4))
        }
        for count in [0, 1, 127, 128, 1200] { _ = add("payload-\(count)", "\(count) octets", 9, 40, filler(count)) }
        let twin = add("short", "an audio message", 8, 40, filler(2))
        try batch.truncations(
            of: twin,
            "/message",
            layout(8, 40, filler(2)),
            fields: 2,
            requirements: ["RFC7425-5.1.2-02"]
        )
        return batch
    }

    /// Metadata of flows: flags and stream IDs.
    static let flowMetadata = Recipe(
        "flash",
        "flow-metadata",
        "Metadata of flows for RTMP messages, field by field",
        specification: ["RFC 7425 §5.1.1"],
        notes: [
            "`receiveIntent`: 0 original queuing order, 1 network arrival order.",
            "Metadata of another signature, or without a stream ID, should be rejected, but other profiles may give them a meaning: what this one does not define of them is null.",
        ]
    ) {
        var batch = Batch(
            "flow-metadata",
            ["RFC 7425 §5.1.1"],
            ["RFC7425-5.1.1-02", "RFC7425-5.1.1-06", "RFC7425-5.1.1-09"]
        )
        func layout(_ flags: UInt8, _ stream: [UInt8]) -> Layout {
            Layout().field("the signature", [0x54, 0x43]).field("the flags", [flags]).field("the stream ID", stream)
        }
        func add(_ name: String, _ comment: String, _ flags: UInt8, _ id: UInt64, _ stream: [UInt8], canonical: Bool)
            -> Batch.Twin
        {
            batch.valid(
                name,
                comment,
                ["metadata": .hex(layout(flags, stream).octets)],
                ["streamID": .decimal(id), "receiveIntent": .integer(Int(flags & 1)), "canonical": .bool(canonical)]
            )
        }
        let undefined: [String: JSONValue] = ["streamID": .null, "receiveIntent": .null, "canonical": false]
        for id in [0, 1, 2, 127, 128, 16383, 16384, 2_000_001, 2_097_151, 2_097_152, 0xff_ffff] as [UInt64] {
            for intent in [0, 1] as [UInt8] {
                let twin = add(
                    "stream-\(id)-\(intent)",
                    "stream \(id), receive intent \(intent)",
                    4 | intent,
                    id,
                    base128(id),
                    canonical: true
                )
                guard intent == 0 else { continue }
                try batch.edited(
                    twin,
                    "no-id",
                    .splice("/metadata", at: 2, count: 1, [0]),
                    .value,
                    because: "the flag that there is a stream ID is clear, which should be rejected",
                    requirements: ["RFC7425-5.1.1-07"],
                    accepting: ["streamID": .null, "receiveIntent": 0, "canonical": false]
                )
                for cut in [0, 1] {
                    try batch.edited(
                        twin,
                        "cut-\(cut)",
                        .cut("/metadata", to: cut),
                        .truncated,
                        because: "is too short for the signature, so that it has another one, which should be rejected",
                        requirements: ["RFC7425-5.1.1-08"],
                        accepting: undefined
                    )
                }
                try batch.truncations(
                    of: twin,
                    "/metadata",
                    layout(4, base128(id)),
                    skipping: 1,
                    requirements: ["RFC7425-3-03"]
                )
            }
        }
        _ = add("stream-long", "a stream ID in a longer form", 4, 5, base128(5, digits: 3), canonical: false)
        _ = add("followed", "what stands behind the stream ID is ignored", 4, 5, base128(5) + [1, 2], canonical: false)
        for bit in [1, 3, 4, 5, 6, 7] as [UInt8] {
            _ = add(
                "reserved-\(bit)",
                "a reserved flag is set, and ignored",
                4 | 1 << bit,
                5,
                base128(5),
                canonical: false
            )
        }
        let twin = add("plain", "stream 5", 4, 5, base128(5), canonical: true)
        for (name, signature) in [
            ("gc", [0x47, 0x43]), ("lower", [0x74, 0x63]), ("first", [0x54, 0x54]), ("swapped", [0x43, 0x54]),
        ] as [(String, [UInt8])] {
            try batch.edited(
                twin,
                "signature-\(name)",
                .splice("/metadata", at: 0, count: 2, signature),
                .value,
                because: "the signature is another one, which should be rejected",
                requirements: ["RFC7425-5.1.1-08"],
                accepting: undefined
            )
        }
        for id in [1 << 24, 1 << 32, .max] as [UInt64] {
            try batch.edited(
                twin,
                "stream-\(id)",
                .splice("/metadata", at: 3, count: 1, base128(id)),
                .value,
                because: "the stream ID exceeds 24 bits",
                requirements: ["RFC7425-5.1-01"]
            )
        }
        try batch.edited(
            twin,
            "overflow",
            .splice("/metadata", at: 3, count: 1, [0x82] + [UInt8](repeating: 0x80, count: 8) + [0]),
            .overflow,
            because: "the stream ID is 2^64",
            requirements: ["RFC7016-2.1.2-05"]
        )
        return batch
    }

    /// User control events and their parameters.
    static let userControl = Recipe(
        "flash",
        "user-control",
        "User control events, field by field",
        specification: ["RFC 7425 §5.2", "RFC 7425 §5.3.4"],
        notes: ["Type 4: a 16-bit event and 32-bit parameters."]
    ) {
        var batch = Batch("user-control", ["RFC 7425 §5.2"], [])
        for (event, name, section, row, names) in [
            (0, "stream-begin", "5.3.7", "RFC7425-5.3.7-02", ["the stream ID"]),
            (1, "stream-eof", "5.3.7", "RFC7425-5.3.7-02", ["the stream ID"]),
            (34, "flow-synchronization", "5.2", "RFC7425-5.2-01", ["the sync ID", "the count"]),
            (41, "set-keepalive", "5.3.4", "RFC7425-5.3.4-01", ["the server period", "the peer period"]),
        ] as [(UInt64, String, String, String, [String])] {
            batch.section = ["RFC 7425 §\(section)"]
            batch.requirements = [row]
            func layout(_ parameters: [UInt64], time: UInt64 = 0) -> Layout {
                zip(names, parameters).reduce(
                    Layout().field("the type", [4]).field("the timestamp", bigEndian(time, 4)).field(
                        "the event",
                        bigEndian(event, 2)
                    )
                ) { $0.field($1.0, bigEndian($1.1, 4)) }
            }
            func add(_ suffix: String, _ parameters: [UInt64], time: UInt64 = 0) -> Batch.Twin {
                batch.valid(
                    "\(name).\(suffix)",
                    "event \(event), parameters \(parameters)",
                    ["message": .hex(layout(parameters, time: time).octets)],
                    [
                        "timestamp": .integer(Int(time)), "event": .integer(Int(event)),
                        "parameters": .array(parameters.map { .integer(Int($0)) }),
                    ]
                )
            }
            let short = names.indices.map { UInt64($0 + 5) }
            for index in names.indices {
                for value in [1, 255, 256, 65535, 65536, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff] as [UInt64] {
                    var parameters = short
                    parameters[index] = value
                    _ = add("\(index)-\(value)", parameters)
                }
            }
            _ = add("time", short, time: 0x1234_5678)
            let twin = add("short", short)
            let fields = Array(layout(short).fields.dropFirst(2))
            for field in fields {
                for cut in field.range {
                    try batch.edited(
                        twin,
                        "cut-\(cut)",
                        .cut("/message", to: cut),
                        .truncated,
                        because: "ends within, or before, \(field.name)",
                        requirements: ["RFC7016-2-05"]
                    )
                }
            }
            guard event == 34 else { continue }
            try batch.edited(
                twin,
                "count-0",
                .splice("/message", at: 11, count: 4, [0, 0, 0, 0]),
                .value,
                because: "the count has to be at least 1",
                requirements: ["RFC7425-5.2-02"]
            )
        }
        return batch
    }
}
