/// One instance being held against a schema.
struct Validation {
    let documents: [String: JSON]
    private let patterns: Patterns
    private(set) var violations: [String] = []

    init(documents: [String: JSON], patterns: Patterns = Patterns()) {
        self.documents = documents
        self.patterns = patterns
    }

    mutating func check(_ instance: JSON, against schema: JSON, in document: String, at path: String) {
        if case .bool(let permitted) = schema {
            require(permitted, path, "may not be there")
            return
        }
        for (keyword, value) in (schema.object ?? [:]).sorted(by: { $0.key < $1.key }) {
            switch keyword {
            case "$ref": follow(value.string ?? "", instance, document, path)
            case "allOf":
                for child in value.array ?? [] { check(instance, against: child, in: document, at: path) }
            case "anyOf", "oneOf":
                let attempts = (value.array ?? []).map { attempt(instance, $0, document, path) }
                let count = attempts.count(where: \.isEmpty)
                let fits = keyword == "anyOf" ? count > 0 : count == 1
                let best = attempts.min { $0.count < $1.count } ?? []
                require(fits, path, "fits \(count) alternatives of \(keyword): \(best.joined(separator: "; "))")
            case "not": require(!attempt(instance, value, document, path).isEmpty, path, "fits what it must not")
            default: checkPlain(keyword, value, instance, schema, document, path)
            }
        }
    }

    private mutating func checkPlain(
        _ keyword: String,
        _ value: JSON,
        _ instance: JSON,
        _ schema: JSON,
        _ document: String,
        _ path: String
    ) {
        switch keyword {
        case "type":
            let names = value.array ?? [value]
            require(names.contains { has(instance, type: $0.string ?? "") }, path, "is not of type \(names)")
        case "enum": require(value.array?.contains(instance) ?? false, path, "is none of the permitted values")
        case "const": require(instance == value, path, "is not \(value)")
        default:
            switch instance {
            case .object(let members): checkObject(keyword, value, members, schema, document, path)
            case .array(let elements): checkArray(keyword, value, elements, document, path)
            case .string(let text): checkString(keyword, value, text, path)
            case .number(let number): checkNumber(keyword, value, number, path)
            case .null, .bool: break
            }
        }
    }

    private mutating func checkObject(
        _ keyword: String,
        _ value: JSON,
        _ members: [String: JSON],
        _ schema: JSON,
        _ document: String,
        _ path: String
    ) {
        switch keyword {
        case "required":
            for name in value.array?.compactMap(\.string) ?? [] {
                require(members[name] != nil, path, "lacks \(name)")
            }
        case "properties":
            for (name, child) in (value.object ?? [:]).sorted(by: { $0.key < $1.key }) {
                guard let member = members[name] else { continue }
                check(member, against: child, in: document, at: "\(path).\(name)")
            }
        case "minProperties": require(Double(members.count) >= limit(value), path, "has too few members")
        case "additionalProperties":
            for (name, member) in members.sorted(by: { $0.key < $1.key }) where schema["properties"]?[name] == nil {
                check(member, against: value, in: document, at: "\(path).\(name)")
            }
        default: break
        }
    }

    private mutating func checkArray(
        _ keyword: String,
        _ value: JSON,
        _ elements: [JSON],
        _ document: String,
        _ path: String
    ) {
        switch keyword {
        case "items":
            for (index, element) in elements.enumerated() {
                check(element, against: value, in: document, at: "\(path)[\(index)]")
            }
        case "minItems": require(Double(elements.count) >= limit(value), path, "has too few elements")
        case "maxItems": require(Double(elements.count) <= limit(value), path, "has too many elements")
        case "uniqueItems":
            require(value == .bool(false) || Set(elements).count == elements.count, path, "has an element twice")
        default: break
        }
    }

    private mutating func checkString(_ keyword: String, _ value: JSON, _ text: String, _ path: String) {
        switch keyword {
        case "minLength": require(Double(text.unicodeScalars.count) >= limit(value), path, "is too short")
        case "maxLength": require(Double(text.unicodeScalars.count) <= limit(value), path, "is too long")
        case "pattern":
            require(patterns.match(value.string ?? "", text), path, "does not match \(value.string ?? "a pattern")")
        default: break
        }
    }

    private mutating func checkNumber(_ keyword: String, _ value: JSON, _ number: Double, _ path: String) {
        switch keyword {
        case "minimum": require(number >= limit(value), path, "is less than \(limit(value))")
        case "maximum": require(number <= limit(value), path, "is greater than \(limit(value))")
        default: break
        }
    }

    private func limit(_ value: JSON) -> Double {
        value.number ?? .nan
    }

    private func has(_ instance: JSON, type: String) -> Bool {
        switch instance {
        case .null: type == "null"
        case .bool: type == "boolean"
        case .string: type == "string"
        case .array: type == "array"
        case .object: type == "object"
        case .number(let number): type == "number" || type == "integer" && number.rounded() == number
        }
    }

    private mutating func follow(_ reference: String, _ instance: JSON, _ document: String, _ path: String) {
        let parts = reference.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let file = parts.first.flatMap { $0.isEmpty ? nil : $0 } ?? document
        let steps = parts.count > 1 ? parts[1].split(separator: "/").map(String.init) : []
        guard let schema = documents[file]?[path: steps] else {
            violations.append("\(path): the schema refers to \(reference), which is not there")
            return
        }
        check(instance, against: schema, in: file, at: path)
    }

    private func attempt(_ instance: JSON, _ schema: JSON, _ document: String, _ path: String) -> [String] {
        var trial = Validation(documents: documents, patterns: patterns)
        trial.check(instance, against: schema, in: document, at: path)
        return trial.violations
    }

    private mutating func require(_ condition: Bool, _ path: String, _ complaint: String) {
        if !condition {
            violations.append("\(path): \(complaint)")
        }
    }
}

/// The patterns of a schema, each read once.
final class Patterns {
    private var read: [String: Regex<AnyRegexOutput>?] = [:]

    /// Whether `pattern` is one, and is found in `text`.
    func match(_ pattern: String, _ text: String) -> Bool {
        // Most strings of vectors are octets, and long; the general matcher is slow with them.
        if pattern == Patterns.octets { return isOctets(text) }
        let regex = read[pattern] ?? (try? Regex(pattern))
        read[pattern] = regex
        return regex.map { text.firstMatch(of: $0) != nil } ?? false
    }

    private static let octets = "^([0-9a-f]{2})*$"

    private func isOctets(_ text: String) -> Bool {
        text.utf8.count.isMultiple(of: 2)
            && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
}
