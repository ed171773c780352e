extension Recipe {
    /// Session sequence numbers in and out of order.
    static let replayWindow = Recipe(
        "rtmfp",
        "replay-window",
        "Session sequence numbers in and out of order",
        specification: ["RFC 7425 §4.7.3.3"],
        notes: [
            "Whether a receiver accepts each of the numbers that arrive one after the other. None comes more than 32 late."
        ]
    ) {
        var batch = Batch("replay-window", ["RFC 7425 §4.7.3.3"], ["RFC7425-4.7.3.3-01", "RFC7425-4.7.3.3-02"])
        func add(_ name: String, _ comment: String, _ arrivals: [UInt64]) {
            var seen: Set<UInt64> = []
            let accepted = arrivals.map { JSONValue.bool(seen.insert($0).inserted) }
            batch.valid(
                name,
                comment,
                ["arrivals": .array(arrivals.map(JSONValue.decimal))],
                ["accepted": .array(accepted)]
            )
        }
        for late in [1, 2, 7, 8, 15, 16, 31, 32] as [UInt64] {
            add(
                "late-\(late)",
                "a number comes \(late) late, and then once more",
                [100, 100 + late, 100 + late - 1, 101].filter { $0 >= 100 } + [101]
            )
            add("twice-\(late)", "a number comes again after \(late) others", (0...late).map { 50 + $0 } + [50])
            add(
                "backwards-\(late)",
                "\(late) numbers backwards, and all again",
                (0...late).reversed() + (0...late).reversed()
            )
        }
        for start in [0, 1, 127, 128, 1 << 32, 1 << 63, .max - 2] as [UInt64] {
            add(
                "from-\(start)",
                "three numbers from \(start), then again",
                [start, start + 1, start + 2, start + 1, start + 2]
            )
        }
        for jump in [33, 127, 128, 129, 1 << 32] as [UInt64] {
            add("jump-\(jump)", "a jump by \(jump)", [1, 1 + jump, 1 + jump, 2 + jump])
        }
        return batch
    }

    /// Echoes of timestamps as time goes by.
    static let timestampEcho = Recipe(
        "rtmfp",
        "timestamp-echo",
        "Echoes of timestamps",
        specification: ["RFC 7016 §3.5.2.2"],
        notes: ["The timestamp, and as many ticks of 4 ms as have gone by, modulo 65536; none after more than 128 s."]
    ) {
        var batch = Batch("timestamp-echo", ["RFC 7016 §3.5.2.2"], ["RFC7016-3.5.2.2-06"])
        for timestamp in [0, 1, 0x7fff, 0x8000, 0xffff] {
            for elapsed in [0, 1, 3, 4, 5, 7, 8, 1000, 127_996, 127_999, 128_000, 128_001, 200_000] {
                batch.requirements = [elapsed > 128_000 ? "RFC7016-3.5.2.2-07" : "RFC7016-3.5.2.2-06"]
                batch.valid(
                    "\(timestamp).\(elapsed)",
                    "timestamp \(timestamp), \(elapsed) ms ago",
                    ["timestamp": .integer(timestamp), "elapsedMilliseconds": .integer(elapsed)],
                    ["echo": elapsed > 128_000 ? .null : .integer((timestamp + elapsed / 4) % 65536)]
                )
            }
        }
        return batch
    }

    /// Next User Data after User Data, with and without other chunks between.
    static let userDataSequence = Recipe(
        "rtmfp",
        "user-data-sequence",
        "User Data and what follows it in a packet",
        specification: ["RFC 7016 §2.3.12"],
        notes: [
            "`chunks` are the octets of consecutive chunks, with types and lengths. Each data chunk gives one entry of `fragments`."
        ]
    ) {
        var batch = Batch("user-data-sequence", ["RFC 7016 §2.3.12"], ["RFC7016-2.3.12-01", "RFC7016-2.3.12-05"])
        func chunk(_ type: UInt8, _ payload: [UInt8]) -> [UInt8] {
            [type] + bigEndian(UInt64(payload.count), 2) + payload
        }
        func fragment(_ sequence: UInt64, _ forward: UInt64, _ data: [UInt8]) -> JSONValue {
            .object([
                "flowID": "3", "sequenceNumber": .decimal(sequence), "forwardSequenceNumber": .decimal(forward),
                "fragmentControl": "whole", "abandon": false, "final": false, "userData": .hex(data),
            ])
        }
        for start in [1, 127, 128, 1 << 32, .max - 8] as [UInt64] {
            for count in [1, 2, 8] as [UInt64] {
                let first = chunk(0x10, [0x00, 0x03] + base128(start) + base128(1) + [0x2e])
                for (name, between) in [("next", []), ("apart", chunk(0x01, [])), ("padded", chunk(0xff, [1]))]
                    as [(String, [UInt8])]
                {
                    let next = (1...count).flatMap { between + chunk(0x11, [0x00, UInt8($0)]) }
                    let twin = batch.valid(
                        "\(start).\(name)-\(count)",
                        "sequence number \(start), and \(count) more\(between.isEmpty ? "" : ", other chunks between")",
                        ["chunks": .hex(first + next)],
                        [
                            "fragments": .array(
                                [fragment(start, start - 1, [0x2e])]
                                    + (1...count).map { fragment(start + $0, start - 1, [UInt8($0)]) }
                            )
                        ]
                    )
                    guard count == 2 else { continue }
                    try batch.edited(
                        twin,
                        "orphan",
                        .splice("/chunks", at: 0, count: first.count, []),
                        .order,
                        because: "there is no data chunk before it",
                        requirements: ["RFC7016-2.3.12-02", "RFC7016-2.3.12-03"]
                    )
                }
            }
        }
        return batch
    }
}
