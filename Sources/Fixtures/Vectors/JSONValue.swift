internal import Foundation

/// A JSON document.
public enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    /// A number without a fraction that fits 64 bits.
    case integer(Int)
    /// Any other number.
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    /// Parses a document.
    ///
    /// - Throws: `VectorFormatError` if `text` is not JSON.
    public init(parsing text: [UInt8]) throws(VectorFormatError) {
        do {
            self = try JSONDecoder().decode(JSONValue.self, from: Data(text))
        } catch {
            throw VectorFormatError("", "is not JSON")
        }
    }

    /// The value that a JSON Pointer (RFC 6901) without escapes names; nil if there is none.
    func value(at pointer: String) -> JSONValue? {
        pointer.split(separator: "/").reduce(self) { value, part in
            switch value {
            case .object(let members): members[String(part)]
            case .array(let elements): Int(part).flatMap { elements.indices.contains($0) ? elements[$0] : nil }
            default: nil
            }
        }
    }

    /// This document with `new` in the place that `pointer` names; nil if there is no such place.
    func replacing(_ pointer: some Collection<Substring>, with new: JSONValue) -> JSONValue? {
        guard let part = pointer.first else { return new }
        let rest = pointer.dropFirst()
        switch self {
        case .object(var members):
            guard let inner = members[String(part)]?.replacing(rest, with: new) else { return nil }
            members[String(part)] = inner
            return .object(members)
        case .array(var elements):
            guard let index = Int(part), elements.indices.contains(index),
                let inner = elements[index].replacing(rest, with: new)
            else { return nil }
            elements[index] = inner
            return .array(elements)
        default:
            return nil
        }
    }

    /// Octets in lower-case hexadecimal.
    static func octets(_ octets: some Sequence<UInt8>) -> JSONValue { .string(hexadecimal(octets)) }

    /// An integer that may exceed 2^53: a decimal string.
    static func decimal(_ value: UInt64) -> JSONValue { .string(String(value)) }

    /// A session ID: its four octets.
    static func sessionID(_ value: UInt32) -> JSONValue {
        octets([24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) })
    }

    /// `value`, or null.
    static func optional<Value>(_ value: Value?, _ make: (Value) -> JSONValue) -> JSONValue {
        value.map(make) ?? .null
    }
}

extension JSONValue: Decodable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Int.self) {
            self = .integer(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([JSONValue].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }
}

extension JSONValue: CustomStringConvertible {
    /// The value as JSON on one line, members in alphabetical order.
    public var description: String {
        switch self {
        case .null: "null"
        case .bool(let value): String(value)
        case .integer(let value): String(value)
        case .number(let value): String(value)
        case .string(let value): "\"\(escaped(value))\""
        case .array(let elements): "[\(elements.map(\.description).joined(separator: ", "))]"
        case .object(let members):
            "{\(members.sorted { $0.key < $1.key }.map { "\"\(escaped($0))\": \($1)" }.joined(separator: ", "))}"
        }
    }
}

/// `text` as it stands between the quotation marks of a JSON string.
private func escaped(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { result, scalar in
        switch scalar {
        case "\"", "\\": result += "\\\(scalar)"
        case "\n": result += "\\n"
        case "\r": result += "\\r"
        case "\t": result += "\\t"
        case "\u{0}"..."\u{1f}": result += "\\u00" + hexadecimal([UInt8(scalar.value)])
        default: result.unicodeScalars.append(scalar)
        }
    }
}

/// Octets in lower-case hexadecimal.
func hexadecimal(_ octets: some Sequence<UInt8>) -> String {
    octets.reduce(into: "") { text, octet in
        if octet < 16 { text += "0" }
        text += String(octet, radix: 16)
    }
}

/// The octets that `text` writes in lower-case hexadecimal; nil if it does not.
func octets(hexadecimal text: String) -> [UInt8]? {
    var octets: [UInt8] = []
    octets.reserveCapacity(text.utf8.count / 2)
    var high: UInt8?
    for character in text.utf8 {
        let digit: UInt8
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = character - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = character - UInt8(ascii: "a") + 10
        default: return nil
        }
        if let first = high {
            octets.append(first << 4 | digit)
            high = nil
        } else {
            high = digit
        }
    }
    return high == nil ? octets : nil
}
