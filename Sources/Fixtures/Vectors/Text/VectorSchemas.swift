internal import CVectors
internal import JSONSchema

/// The schemas of the kinds, as this program was built with them.
enum VectorSchemas {
    /// What is wrong with a file, held against the schema of its kind; nothing if there is no such schema.
    static func violations(of file: VectorFile) -> [VectorFormatError] {
        guard let schema = byKind[file.kind] else { return [VectorFormatError("/kind", "has no schema: \(file.kind)")] }
        return schema.violations(of: JSON(file.document)).prefix(20).map { VectorFormatError("", $0) }
    }

    /// The texts of all schemas by file name.
    static let texts: [String: String] = Dictionary(
        Vectors.contents.filter { $0.path.hasPrefix(folder) && $0.path.hasSuffix(".schema.json") }.map {
            (String($0.path.dropFirst(folder.count)), String(decoding: $0.text, as: UTF8.self))
        },
        uniquingKeysWith: { first, _ in first }
    )

    private static let folder = "schemas/"

    private static let byKind: [String: JSONSchema] = {
        let documents = texts.compactMapValues { try? JSON(text: $0) }
        var schemas: [String: JSONSchema] = [:]
        for kind in VectorKind.all {
            schemas[kind.name] = try? JSONSchema(name: "\(kind.name).schema.json", among: documents)
        }
        return schemas
    }()
}

extension JSON {
    fileprivate init(_ value: JSONValue) {
        switch value {
        case .null: self = .null
        case .bool(let value): self = .bool(value)
        case .integer(let value): self = .number(Double(value))
        case .number(let value): self = .number(value)
        case .string(let value): self = .string(value)
        case .array(let elements): self = .array(elements.map(JSON.init))
        case .object(let members): self = .object(members.mapValues(JSON.init))
        }
    }
}
