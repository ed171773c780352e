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

    /// Adds a value under each of the names, one kind of which `spell` makes.
    mutating func addEach<Content>(
        _ kind: String,
        of contents: [(String, Content)],
        _ comment: (String) -> String,
        _ spell: (Content) -> AMFSpelling
    ) {
        for (name, content) in contents { add("\(kind)-\(name)", comment(name), [spell(content)]) }
    }

    /// Adds a value with markers in its place that none begins with.
    mutating func addMarkers(_ twin: Batch.Twin, _ markers: [UInt8]) throws {
        for marker in markers {
            try addWrong(twin, "marker-\(marker)", at: 0, [marker], because: "no value begins with \(marker)")
        }
    }

    /// Adds a string with octets in place of its length and its `count` octets that are no UTF-8.
    ///
    /// - Parameter length: spells how many octets there are.
    mutating func addNotUTF8(_ twin: Batch.Twin, count: Int, _ length: (Int) -> [UInt8]) throws {
        for (name, octets) in Recipe.notUTF8 {
            let field = length(octets.count) + octets
            try addWrong(twin, name, at: 1, count: count, field, because: "the string is not UTF-8")
        }
    }

    /// Adds a value that announces more than there is, right after its marker.
    ///
    /// - Parameters:
    ///   - name: of what is announced, `count` or `length`.
    ///   - unit: what there is not enough of.
    ///   - spell: spells a number in `width` octets.
    mutating func addAnnouncements(
        _ twin: Batch.Twin,
        _ name: String = "count",
        of numbers: [Int],
        _ unit: String = "elements",
        width: Int = 1,
        _ spell: (Int) -> [UInt8] = { u29($0 * 2 + 1) }
    ) throws {
        for number in numbers {
            try addWrong(
                twin,
                "\(name)-\(number)",
                at: 1,
                count: width,
                spell(number),
                .truncated,
                because: "\(number) \(unit) are announced, more than there are"
            )
        }
    }

    /// Adds a value whose reference at `offset` refers to what is not there.
    ///
    /// - Parameters:
    ///   - nothing: what there is not, such as `is no value`.
    ///   - spell: spells a reference in `width` octets.
    mutating func addReferences(
        _ twin: Batch.Twin,
        to places: [Int],
        at offset: Int,
        _ nothing: String = "is no value",
        width: Int = 1,
        _ spell: (Int) -> [UInt8] = { u29($0 * 2) }
    ) throws {
        for place in places {
            try addWrong(
                twin,
                "to-\(place)",
                at: offset,
                count: width,
                spell(place),
                because: "there \(nothing) \(place)"
            )
        }
    }

    /// Adds values that hold each other, so many deep.
    mutating func addNested(_ make: ([AMFSpelling]) -> AMFSpelling) {
        for depth in [2, 8, 32] { add("depth-\(depth)", "arrays \(depth) deep", [AMFBatch.nested(depth, make)]) }
    }

    /// A value within another, so many deep.
    static func nested(_ depth: Int, _ make: ([AMFSpelling]) -> AMFSpelling) -> AMFSpelling {
        (1..<depth).reduce(make([])) { value, _ in make([value]) }
    }
}
