/// Octets, field by field, as a specification lays them out.
struct Layout {
    /// A field that was added.
    struct Field {
        let name: String
        let range: Range<Int>
    }

    private(set) var octets: [UInt8] = []
    private(set) var fields: [Field] = []

    /// Appends octets as they are.
    func field(_ name: String, _ octets: [UInt8]) -> Layout {
        var layout = self
        layout.fields.append(Field(name: name, range: layout.octets.count..<(layout.octets.count + octets.count)))
        layout.octets += octets
        return layout
    }

    /// Appends an integer in the variable-length form.
    func vlu(_ name: String, _ value: UInt64) -> Layout { field(name, base128(value)) }

    /// Appends a length in that form, and so many octets.
    func counted(_ name: String, _ octets: [UInt8]) -> Layout {
        vlu("the length of \(name)", UInt64(octets.count)).field(name, octets)
    }

    /// Where the field begins.
    func offset(of name: String) -> Int {
        fields.first { $0.name == name }?.range.lowerBound ?? 0
    }
}

/// The variable-length form of RFC 7016 §2.1.2: digits to the base of 128, the most significant first, all but the last
/// with the high bit.
///
/// - Parameter digits: how many at least; those in front are 0.
func base128(_ value: UInt64, digits: Int = 1) -> [UInt8] {
    var octets = [UInt8(value % 128)]
    var rest = value / 128
    while rest > 0 || octets.count < digits {
        octets.insert(UInt8(128 + rest % 128), at: 0)
        rest /= 128
    }
    return octets
}

/// An integer of `count` octets, the most significant first.
func bigEndian(_ value: UInt64, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * UInt64(count - 1 - $0))) }
}

/// An Option of RFC 7016 §2.1.3.
func optionOctets(_ type: UInt64, _ value: [UInt8]) -> [UInt8] {
    let inside = base128(type) + value
    return base128(UInt64(inside.count)) + inside
}

/// `count` octets of no meaning, none like its neighbours.
func filler(_ count: Int, from first: UInt8 = 0xa0) -> [UInt8] {
    (0..<count).map { first &+ UInt8(truncatingIfNeeded: 7 &* $0) }
}

extension JSONValue {
    /// A field that holds octets.
    static func hex(_ octets: [UInt8]) -> JSONValue { .octets(octets) }

    /// An Option in the vectors' notation.
    static func option(_ type: UInt64, _ value: [UInt8]) -> JSONValue {
        .object(["type": .decimal(type), "value": .octets(value)])
    }
}

extension JSONValue: ExpressibleByBooleanLiteral {
    public init(booleanLiteral value: Bool) { self = .bool(value) }
}

extension JSONValue: ExpressibleByStringLiteral {
    public init(stringLiteral value: String) { self = .string(value) }
}

extension JSONValue: ExpressibleByIntegerLiteral {
    public init(integerLiteral value: Int) { self = .integer(value) }
}
