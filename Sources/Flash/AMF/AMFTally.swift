internal import RTMFP

/// Counts the values of a message and how deep they stand, against limits.
struct AMFTally {
    let limits: AMFLimits
    /// Values so far.
    private(set) var values = 0
    private var depth = 0

    init(_ limits: AMFLimits) {
        self.limits = limits
    }

    /// Counts a value and goes into it.
    mutating func enter(at offset: Int) throws(WireError) {
        guard depth < limits.maximumDepth else {
            throw WireError(
                .illegal("stands deeper than \(limits.maximumDepth) values"),
                offset: offset,
                path: ["value"]
            )
        }
        try count(1, at: offset)
        depth += 1
    }

    /// Comes out of the value again.
    mutating func leave() {
        depth -= 1
    }

    /// Counts values.
    mutating func count(_ number: Int, at offset: Int) throws(WireError) {
        guard number <= limits.maximumValues - values else {
            throw WireError(.illegal("exceeds \(limits.maximumValues) values"), offset: offset, path: ["value"])
        }
        values += number
    }
}

/// The values that references of one kind can name, in the order in which they began.
struct AMFReferences<Value> {
    /// Nil where the value is not complete yet: whoever refers to it stands within it.
    private var entries: [(value: Value, size: Int)?] = []

    /// Takes the next place for a value that begins now.
    mutating func reserve() -> Int {
        entries.append(nil)
        return entries.count - 1
    }

    /// Puts a value that is complete, and consists of `size` values, in its place.
    mutating func complete(_ place: Int, _ value: Value, size: Int) {
        entries[place] = (value, size)
    }

    /// What a reference stands for: the value, if it is to be expanded and can be; nil if it stays a reference.
    func value(
        _ place: Int,
        tally: inout AMFTally,
        at offset: Int
    ) throws(WireError) -> Value? {
        guard place < entries.count else {
            throw WireError(
                .illegal("refers to value \(place) where only \(entries.count) came before"),
                offset: offset,
                path: ["reference"]
            )
        }
        guard tally.limits.references == .expanded, let entry = entries[place] else { return nil }
        try tally.count(entry.size, at: offset)
        return entry.value
    }
}
