import Fixtures

/// A file of vectors in which octets have changed some values: two tell the file, and three each edit, namely which value
/// and what becomes of it. What comes out is JSON, whatever it means.
struct VectorEdits {
    /// The file as it was.
    let original: VectorFile
    /// The text as it has become.
    let text: [UInt8]

    /// - Returns: nil if there are too few octets.
    init?(_ octets: [UInt8]) {
        guard octets.count >= 2, !VectorSeeds.files.isEmpty else { return nil }
        original = VectorSeeds.files[VectorEdits.number(octets[...]) % VectorSeeds.files.count]
        var document = original.document
        var rest = octets.dropFirst(2)
        while rest.count >= 3 {
            let count = document.count
            let place = VectorEdits.number(rest) % count
            let action = rest[rest.startIndex + 2]
            let other = document.value(at: Int(action) * 7 % count) ?? .null
            document = document.changing(place) { VectorEdits.changed($0, action, other) }
            rest = rest.dropFirst(3)
        }
        text = Array(document.description.utf8)
    }

    private static func number(_ octets: ArraySlice<UInt8>) -> Int {
        octets.prefix(2).reduce(0) { $0 << 8 | Int($1) }
    }

    /// What stands in the place of a value; `other` is one from elsewhere in the document.
    private static func changed(_ value: JSONValue, _ action: UInt8, _ other: JSONValue) -> JSONValue {
        let replacements: [JSONValue] = [
            .null, .bool(true), .integer(0), .integer(1), .integer(-1), .integer(Int.max), .integer(Int.min),
            .integer(1 << 53), .integer(65_536), .number(1.5), .number(1e300), .number(.leastNonzeroMagnitude),
            .string(""),
            .string("0"), .string("00"), .string("0x"), .string("18446744073709551616"),
            .string("\u{0}\u{301}é\u{1f600}"),
            .array([]), .object([:]), .array([.null]), .object(["": .null]), .string("valid"), .string("invalid"),
        ]
        guard Int(action) >= replacements.count else { return replacements[Int(action)] }
        switch (value, action % 6) {
        case (.array(let elements), 0) where !elements.isEmpty: return .array(Array(elements.dropLast()))
        case (.array(let elements), 1): return .array(elements + elements.suffix(1))
        case (.array(let elements), 2): return .array(elements.reversed())
        case (.object(let members), 0):
            return .object(members.filter { $0.key != members.keys.min() })
        case (.object(let members), 1): return .object(members.filter { $0.key != members.keys.max() })
        case (.object(let members), 2): return .object(members.merging(["unknown": other]) { $1 })
        case (.string(let text), 0): return .string(String(text.dropLast()))
        case (.string(let text), 1): return .string(text + text.suffix(1))
        case (.string(let text), 2): return .string(text.uppercased())
        case (.string(let text), 3): return .string(String(text.reversed()))
        case (.integer(let number), 0): return .integer(number &+ 1)
        case (.integer(let number), 1): return .integer(0 &- number)
        case (.integer(let number), 2): return .number(Double(number) + 0.5)
        default: return other
        }
    }
}

extension JSONValue {
    /// The values in it, itself among them.
    fileprivate var count: Int {
        switch self {
        case .array(let elements): elements.reduce(1) { $0 + $1.count }
        case .object(let members): members.values.reduce(1) { $0 + $1.count }
        default: 1
        }
    }

    /// The value of that number, members in alphabetical order.
    fileprivate func value(at place: Int) -> JSONValue? {
        var found: JSONValue?
        _ = changing(place) { value in
            found = value
            return value
        }
        return found
    }

    /// This document with another value in that place.
    fileprivate func changing(_ place: Int, _ change: (JSONValue) -> JSONValue) -> JSONValue {
        var left = place
        return changing(&left, change)
    }

    /// - Parameter left: how many values there are up to that one; negative when it has been found.
    private func changing(_ left: inout Int, _ change: (JSONValue) -> JSONValue) -> JSONValue {
        left -= 1
        guard left >= 0 else { return change(self) }
        switch self {
        case .array(var elements):
            for index in elements.indices where left >= 0 { elements[index] = elements[index].changing(&left, change) }
            return .array(elements)
        case .object(var members):
            for name in members.keys.sorted() where left >= 0 {
                members[name] = members[name]?.changing(&left, change)
            }
            return .object(members)
        default: return self
        }
    }
}
