import HLSP2P

/// What a tracker says in its answers.
extension HTTPAnswer {
    /// Fails unless the status is one of those.
    @discardableResult
    func requireStatus(_ expected: Int...) throws -> HTTPAnswer {
        try require(
            expected.contains(status),
            expected: "status \(expected.map(String.init).joined(separator: " or "))",
            actual: summary
        )
        return self
    }

    /// The content as JSON.
    ///
    /// - Throws: `Unmet` unless the status is 200 and the content one JSON text.
    func json() throws -> JSONText {
        try requireStatus(200)
        do {
            return try JSONText(parsing: body)
        } catch {
            throw Unmet(expected: "JSON", actual: "\(error): \(summary)")
        }
    }

    /// The peers in an answer to `/get_peers`.
    ///
    /// - Throws: `Unmet` unless it is an array of strings.
    func peers() throws -> [String] {
        let json = try json()
        guard case .array(let entries) = json else { throw Unmet(expected: "a JSON array", actual: summary) }
        return try entries.map { entry in
            guard case .string(let text) = entry else { throw Unmet(expected: "an array of strings", actual: summary) }
            return text
        }
    }

    /// The number in an answer to `/get_total_count`.
    ///
    /// - Throws: `Unmet` unless it is a bare number, whole and not negative.
    func count() throws -> Int {
        guard case .number(let digits) = try json(), let number = Int(digits), number >= 0 else {
            throw Unmet(expected: "a bare JSON number", actual: summary)
        }
        return number
    }
}
