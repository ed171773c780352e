/// Thrown where a body sees something that the case does not permit.
struct Unmet: Error {
    /// What the specification demands.
    var expected: String
    /// What was seen instead.
    var actual: String
}

/// Thrown where an exchange that a case builds on, and that other cases judge, does not work.
struct Obstructed: Error {
    /// What went wrong.
    var unmet: Unmet
}

/// Does what a case builds on but does not judge: if it fails, the case is blocked.
@discardableResult
func given<T>(_ prepare: () throws -> T) throws -> T {
    do {
        return try prepare()
    } catch let unmet as Unmet {
        throw Obstructed(unmet: unmet)
    }
}

/// Thrown where a body sees one of the case's alternatives.
struct Settled: Error {
    /// The name of one of the case's `accepts`.
    var alternative: String
}

/// Thrown where a target turns out not to have what the case is about.
struct Lacking: Error {
    /// What the target lacks.
    var reason: String
}

/// Thrown where a body has no evidence either way.
struct Inconclusive: Error {
    /// Why nothing can be said.
    var reason: String
}

/// Fails the case unless `condition` holds.
func require(_ condition: Bool, expected: String, actual: @autoclosure () -> String) throws {
    guard condition else { throw Unmet(expected: expected, actual: actual()) }
}

/// Fails the case unless two octet strings are equal; names the first octet that differs.
func requireEqual(_ actual: [UInt8], _ expected: [UInt8], _ field: String) throws {
    guard actual != expected else { return }
    let place = zip(actual, expected).enumerated().first { $0.element.0 != $0.element.1 }?.offset
    let where_ = place.map { "first differing octet at \($0)" } ?? "lengths \(actual.count) and \(expected.count)"
    throw Unmet(
        expected: "\(field) = \(hex(expected, limit: 48))",
        actual: "\(field) = \(hex(actual, limit: 48)); \(where_)"
    )
}

/// Octets as hexadecimal digits, at most `limit` octets of them.
func hex(_ octets: [UInt8], limit: Int = .max) -> String {
    let digits = octets.prefix(limit).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    return octets.isEmpty ? "(empty)" : octets.count > limit ? "\(digits)… (\(octets.count) octets)" : digits
}
