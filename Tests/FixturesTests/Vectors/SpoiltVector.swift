import Fixtures
import Testing

extension VectorFile {
    /// Whether the vector fails, or the file is refused, if some of its members are others.
    func fails(_ id: String, with members: [String: JSONValue]) throws -> Bool {
        let file = try spoilt(id, with: members)
        guard let verification = try? VectorVerification(of: file) else { return true }
        return !verification.failures.isEmpty
    }

    /// How the vector fails if some of its members are others; nil if it does not.
    func failure(_ id: String, with members: [String: JSONValue]) throws -> String? {
        try VectorVerification(of: spoilt(id, with: members)).failures.first.map { "\($0.mismatch)" }
    }

    private func spoilt(_ id: String, with members: [String: JSONValue]) throws -> VectorFile {
        let tests = try #require(document["tests"]?.elements)
        let test = try #require(tests.first { $0["id"]?.text == id })
        let spoilt = members.reduce(test) { $0.setting($1.key, $1.value) }
        return try VectorFile(
            path: path,
            text: Array(document.setting("tests", .array([spoilt])).description.utf8)
        )
    }
}

extension JSONValue {
    subscript(_ name: String) -> JSONValue? {
        if case .object(let members) = self { members[name] } else { nil }
    }

    var elements: [JSONValue]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    var text: String? {
        if case .string(let text) = self { text } else { nil }
    }

    func setting(_ name: String, _ value: JSONValue) -> JSONValue {
        guard case .object(let members) = self else { return self }
        return .object(members.merging([name: value]) { $1 })
    }
}
