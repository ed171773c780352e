/// Reads the members of a JSON object; what is missing or of another kind throws with its place.
struct VectorFields {
    let members: [String: JSONValue]
    let place: String

    init(_ value: JSONValue?, _ place: String) throws(VectorFormatError) {
        guard case .object(let members) = value else { throw VectorFormatError(place, "is not an object") }
        self.members = members
        self.place = place
    }

    subscript(_ name: String) -> JSONValue? { members[name] }

    func string(_ name: String) throws(VectorFormatError) -> String {
        guard case .string(let value) = members[name] else { throw wrong(name, "a string") }
        return value
    }

    /// Octets in hexadecimal.
    func octets(_ name: String) throws(VectorFormatError) -> [UInt8] {
        guard let value = Fixtures.octets(hexadecimal: try string(name)) else { throw wrong(name, "hexadecimal") }
        return value
    }

    /// Octets in hexadecimal, or null.
    func optionalOctets(_ name: String) throws(VectorFormatError) -> [UInt8]? {
        members[name] == .null ? nil : try octets(name)
    }

    /// An integer that may exceed 2^53: a decimal string.
    func decimal(_ name: String) throws(VectorFormatError) -> UInt64 {
        guard let value = UInt64(try string(name)) else { throw wrong(name, "a decimal integer of 64 bits") }
        return value
    }

    /// Such integers.
    func decimals(_ name: String) throws(VectorFormatError) -> [UInt64] {
        try list(name) { value throws(VectorFormatError) in
            guard case .string(let text) = value, let integer = UInt64(text) else {
                throw wrong(name, "decimal integers")
            }
            return integer
        }
    }

    /// A number without a fraction, in the range of `Value`.
    func integer<Value: FixedWidthInteger>(_ name: String) throws(VectorFormatError) -> Value {
        guard case .integer(let value) = members[name], let integer = Value(exactly: value) else {
            throw wrong(name, "an integer in range")
        }
        return integer
    }

    func number(_ name: String) throws(VectorFormatError) -> Double {
        switch members[name] {
        case .integer(let value): return Double(value)
        case .number(let value): return value
        default: throw wrong(name, "a number")
        }
    }

    func bool(_ name: String) throws(VectorFormatError) -> Bool {
        guard case .bool(let value) = members[name] else { throw wrong(name, "true or false") }
        return value
    }

    func fields(_ name: String) throws(VectorFormatError) -> VectorFields {
        try VectorFields(members[name], "\(place)/\(name)")
    }

    func array(_ name: String) throws(VectorFormatError) -> [JSONValue] {
        guard case .array(let elements) = members[name] else { throw wrong(name, "an array") }
        return elements
    }

    /// The objects of an array.
    func objects(_ name: String) throws(VectorFormatError) -> [VectorFields] {
        var objects: [VectorFields] = []
        for (index, element) in try array(name).enumerated() {
            objects.append(try VectorFields(element, "\(place)/\(name)/\(index)"))
        }
        return objects
    }

    /// The elements of an array, each read by `read`.
    func list<Value>(
        _ name: String,
        _ read: (JSONValue) throws(VectorFormatError) -> Value
    ) throws(VectorFormatError) -> [Value] {
        var values: [Value] = []
        for element in try array(name) {
            values.append(try read(element))
        }
        return values
    }

    /// The strings of an array.
    func strings(_ name: String) throws(VectorFormatError) -> [String] {
        try list(name) { element throws(VectorFormatError) in
            guard case .string(let text) = element else { throw wrong(name, "an array of strings") }
            return text
        }
    }

    /// The octet strings of an array.
    func octetStrings(_ name: String) throws(VectorFormatError) -> [[UInt8]] {
        try list(name) { element throws(VectorFormatError) in
            guard case .string(let text) = element, let octets = Fixtures.octets(hexadecimal: text) else {
                throw wrong(name, "an array of hexadecimal strings")
            }
            return octets
        }
    }

    /// Runs of sequence numbers: pairs of first and last.
    func ranges(_ name: String) throws(VectorFormatError) -> [ClosedRange<UInt64>] {
        try list(name) { element throws(VectorFormatError) in
            guard case .array(let pair) = element, pair.count == 2, case .string(let first) = pair[0],
                case .string(let last) = pair[1], let lower = UInt64(first), let upper = UInt64(last), lower <= upper
            else { throw wrong(name, "an array of pairs") }
            return lower...upper
        }
    }

    private func wrong(_ name: String, _ wanted: String) -> VectorFormatError {
        VectorFormatError("\(place)/\(name)", members[name] == nil ? "is missing" : "is not \(wanted)")
    }
}
