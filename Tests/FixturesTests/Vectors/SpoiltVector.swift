import Fixtures
import Testing

extension VectorFile {
    /// Whether the vector fails, or the file is refused, if some of its members are others.
    func fails(_ id: String, with members: [String: JSONValue]) throws -> Bool {
        let tests = try #require(document["tests"]?.elements)
        let test = try #require(tests.first { $0["id"]?.text == id })
        let spoilt = members.reduce(test) { $0.setting($1.key, $1.value) }
        let file = try VectorFile(
            path: path,
            text: Array(document.setting("tests", .array([spoilt])).description.utf8)
        )
        guard let verification = try? VectorVerification(of: file) else { return true }
        return !verification.failures.isEmpty
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
