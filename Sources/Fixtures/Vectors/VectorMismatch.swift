/// How an outcome differs from the one that a vector expects.
public struct VectorMismatch: Error, Hashable, Sendable {
    /// Which part of the outcome.
    public let subject: String
    /// What the vector expects: octets in hexadecimal, or words.
    public let expected: String
    /// What came out.
    public let actual: String
    /// The first octet that differs; nil if not both are octets.
    public let offset: Int?

    init(_ subject: String, expected: String, actual: String) {
        self.subject = subject
        self.expected = expected
        self.actual = actual
        offset = VectorMismatch.firstDifference(expected, actual)
    }

    private static func firstDifference(_ expected: String, _ actual: String) -> Int? {
        guard let expected = octets(hexadecimal: expected), let actual = octets(hexadecimal: actual),
            expected != actual
        else { return nil }
        return zip(expected, actual).prefix { $0 == $1 }.count
    }
}

extension VectorMismatch: CustomStringConvertible {
    /// One sentence.
    public var description: String {
        let place = offset.map { ", first difference at octet \($0)" } ?? ""
        return "\(subject): expected \(expected), got \(actual)\(place)"
    }
}

/// Throws unless `actual` is `expected`.
func require(_ subject: String, _ expected: [UInt8], _ actual: [UInt8]) throws(VectorMismatch) {
    guard expected == actual else {
        throw VectorMismatch(subject, expected: hexadecimal(expected), actual: hexadecimal(actual))
    }
}

/// Throws unless `actual` is `expected`.
func require<Value: Equatable>(_ subject: String, _ expected: Value, _ actual: Value) throws(VectorMismatch) {
    guard expected == actual else {
        throw VectorMismatch(subject, expected: "\(expected)", actual: "\(actual)")
    }
}
