/// A batch of values of AMF.
struct AMFBatch {
    var batch: Batch

    init(_ prefix: String, _ requirements: [String]) {
        batch = Batch(prefix, [], requirements)
    }

    /// Adds values one after the other.
    @discardableResult
    mutating func add(
        _ name: String,
        _ comment: String,
        _ spellings: [AMFSpelling],
        canonical: Bool = true
    ) -> Batch.Twin {
        batch.valid(
            name,
            comment,
            ["octets": .hex(spellings.flatMap(\.octets))],
            ["values": .array(spellings.map(\.value)), "canonical": .bool(canonical)]
        )
    }

    /// Adds a value, and it cut off within.
    @discardableResult
    mutating func addWithCuts(
        _ name: String,
        _ comment: String,
        _ spelling: AMFSpelling,
        canonical: Bool = true
    ) throws -> Batch.Twin {
        let twin = add(name, comment, [spelling], canonical: canonical)
        try addCuts(of: twin, spelling.octets)
        return twin
    }

    /// Adds a value cut off within; of a long one only at some octets.
    mutating func addCuts(of twin: Batch.Twin, _ octets: [UInt8]) throws {
        for length in 1..<octets.count where length < 24 || length >= octets.count - 2 {
            try batch.edited(
                twin,
                "cut-\(length)",
                .cut("/octets", to: length),
                .truncated,
                because: "ends after \(length) octets"
            )
        }
    }

    /// Adds a value with other octets in place of some.
    mutating func addWrong(
        _ twin: Batch.Twin,
        _ name: String,
        at offset: Int,
        count: Int = 1,
        _ octets: [UInt8],
        _ error: VectorErrorClass = .value,
        because reason: String
    ) throws {
        try batch.edited(twin, name, .splice("/octets", at: offset, count: count, octets), error, because: reason)
    }
}
