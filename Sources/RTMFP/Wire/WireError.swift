/// Why bytes could not be decoded, and where.
///
/// Two errors are equal when reason, offset and path are: tests compare them as values.
public struct WireError: Error, Hashable, Sendable {
    /// What was wrong with the bytes.
    public enum Reason: Hashable, Sendable {
        /// The field needs `needed` bytes and only `available` are left in its enclosing field.
        case truncated(needed: UInt64, available: Int)
        /// A variable-length integer exceeds 2^64 - 1 (RFC 7016 §2.1.2).
        case integerTooLarge
        /// The field's value is not one that the specification permits; the text says which rule it breaks.
        case illegal(String)
        /// The value is of another type than what belongs there, as the text says.
        case otherType(String)
    }

    /// What was wrong with the bytes.
    public var reason: Reason
    /// Where: octets from the first octet of the outermost input.
    public var offset: Int
    /// The names of the enclosing fields, outermost first, and of the field itself.
    public var path: [String]

    /// Makes an error about one field.
    public init(_ reason: Reason, offset: Int, path: [String]) {
        self.reason = reason
        self.offset = offset
        self.path = path
    }

    /// The same error, seen from the structure `name` that encloses its field.
    public func within(_ name: StaticString) -> WireError {
        WireError(reason, offset: offset, path: [name.description] + path)
    }
}

extension WireError: CustomStringConvertible {
    /// One sentence: field path, offset and reason.
    public var description: String {
        let place = "\(path.joined(separator: ".")) at offset \(offset)"
        switch reason {
        case .truncated(let needed, let available):
            return "\(place): needs \(needed) bytes, \(available) left"
        case .integerTooLarge:
            return "\(place): variable-length integer exceeds 64 bits"
        case .illegal(let rule), .otherType(let rule):
            return "\(place): \(rule)"
        }
    }
}
