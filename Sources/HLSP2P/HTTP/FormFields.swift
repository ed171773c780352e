/// Names and values in the form `application/x-www-form-urlencoded`, of a query or of a request's content.
///
/// Octets that are not well escaped stand for themselves, as in the URL Standard, §5.1.
public struct FormFields: Sendable, Hashable {
    /// The names and values in order, decoded. They need not be UTF-8.
    public let pairs: [(name: [UInt8], value: [UInt8])]

    /// Parses octets.
    public init(_ octets: some Sequence<UInt8>) {
        pairs = Array(octets).split(separator: UInt8(ascii: "&")).map { pair in
            let name = pair.prefix { $0 != UInt8(ascii: "=") }
            return (FormFields.decode(name), FormFields.decode(pair.dropFirst(name.count + 1)))
        }
    }

    /// The strings of a JSON object, as if they had come as a form; what else it holds is left out.
    ///
    /// - Throws: if the octets are no JSON text. A text that is no object holds no fields.
    init(json octets: [UInt8]) throws {
        guard case .object(let members) = try JSONText(parsing: octets) else {
            pairs = []
            return
        }
        pairs = members.compactMap { member in
            guard case .string(let text) = member.value else { return nil }
            return (Array(member.name.utf8), Array(text.utf8))
        }
    }

    /// The first value of that name; nil if there is none.
    public subscript(name: String) -> [UInt8]? {
        pairs.first { $0.name.elementsEqual(name.utf8) }?.value
    }

    /// The first value of that name as text; nil if there is none, or if it is not UTF-8.
    public func text(_ name: String) -> String? {
        self[name].flatMap { String(validating: $0, as: UTF8.self) }
    }

    public static func == (left: FormFields, right: FormFields) -> Bool {
        left.pairs.elementsEqual(right.pairs) { $0 == $1 }
    }

    public func hash(into hasher: inout Hasher) {
        for pair in pairs {
            hasher.combine(pair.name)
            hasher.combine(pair.value)
        }
    }

    private static func decode(_ escaped: ArraySlice<UInt8>) -> [UInt8] {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(escaped.count)
        var rest = escaped
        while let octet = rest.popFirst() {
            switch octet {
            case UInt8(ascii: "+"):
                decoded.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                let digits = rest.prefix(2).compactMap(FormFields.digit)
                if digits.count == 2 {
                    decoded.append(digits[0] << 4 | digits[1])
                    rest = rest.dropFirst(2)
                } else {
                    decoded.append(octet)
                }
            default:
                decoded.append(octet)
            }
        }
        return decoded
    }

    private static func digit(_ character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): character - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
