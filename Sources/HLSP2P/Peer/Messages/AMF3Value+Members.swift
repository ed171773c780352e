internal import Flash

/// Members of operations: what a receiver accepts for the types of peer-protocol §3.5.
extension AMF3Value {
    /// An int: an integer if 29 bits hold it, else a double.
    static func number(_ number: Int) -> AMF3Value {
        (-0x1000_0000...0x0fff_ffff).contains(number) ? .integer(Int32(number)) : .double(Double(number))
    }

    /// Bytes, or null.
    static func bytes(_ bytes: [UInt8]?) -> AMF3Value {
        bytes.map(AMF3Value.byteArray) ?? .null
    }

    /// An int, in either of the two forms.
    var integral: Int? {
        switch self {
        case .integer(let integer): Int(integer)
        case .double(let double): Int(exactly: double)
        default: nil
        }
    }

    /// A string that is not beyond all measure.
    var text: String? {
        if case .string(let string) = self, string.utf8.count <= AMF3Value.longestText { string } else { nil }
    }

    /// Milliseconds since the beginning of 1970, if it is a date that can be one.
    var date: Double? {
        if case .date(let milliseconds) = self, milliseconds.isFinite { milliseconds } else { nil }
    }

    /// Bytes.
    var bytes: [UInt8]? {
        if case .byteArray(let bytes) = self { bytes } else { nil }
    }

    /// What is sent back where an answer repeats it: the value if it is a simple one, else null.
    var echo: AMF3Value {
        switch self {
        case .string(let string): string.utf8.count <= AMF3Value.longestText ? self : .null
        case .integer, .double, .boolean, .date: self
        default: .null
        }
    }

    private static let longestText = 8_192
}
