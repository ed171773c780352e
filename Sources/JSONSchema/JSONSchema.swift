public import Foundation

/// A JSON Schema (draft 2020-12), as far as the schemas of this package go.
///
/// A schema with a keyword that this validator does not know is refused: to pass over it would let everything pass.
public struct JSONSchema: Sendable {
    /// Why a schema cannot be used.
    public struct Unusable: Error, CustomStringConvertible {
        /// One sentence.
        public let description: String
    }

    private let name: String
    /// The schema and all that it refers to, by file name.
    private let documents: [String: JSON]

    /// Reads the schema in the file `name` of `folder`, and the files of that folder to which it refers.
    public init(folder: URL, name: String) throws {
        try self.init(name: name) { try JSON(contentsOf: folder.appendingPathComponent($0)) }
    }

    /// Takes the schema `name` of `files`, and those to which it refers.
    public init(name: String, among files: [String: JSON]) throws {
        try self.init(name: name) { name in
            guard let file = files[name] else { throw Unusable(description: "\(name) is missing") }
            return file
        }
    }

    private init(name: String, _ load: (String) throws -> JSON) throws {
        self.name = name
        var documents: [String: JSON] = [:]
        var missing = [name]
        while let next = missing.popLast() {
            guard documents[next] == nil else { continue }
            let document = try load(next)
            documents[next] = document
            missing += try Self.files(in: document, at: next)
        }
        self.documents = documents
    }

    /// Takes a schema that refers to no file.
    public init(_ schema: JSON) throws {
        name = ""
        documents = ["": schema]
        _ = try Self.files(in: schema, at: "")
    }

    /// What is wrong with `instance`: a sentence each, with the place; nothing if it is valid.
    public func violations(of instance: JSON) -> [String] {
        guard let schema = documents[name] else { return ["no schema"] }
        var validation = Validation(documents: documents)
        validation.check(instance, against: schema, in: name, at: "$")
        return validation.violations
    }

    static let annotations: Set = ["$schema", "$id", "$comment", "title", "description", "examples", "default"]
    static let plain: Set = [
        "type", "enum", "const", "required", "minProperties", "minItems", "maxItems", "uniqueItems", "minimum",
        "maximum", "minLength", "maxLength", "pattern", "$ref",
    ]

    /// The files to which `schema` refers.
    ///
    /// - Throws: `Unusable` if it has a keyword that is not known.
    private static func files(in schema: JSON, at place: String) throws -> [String] {
        if case .bool = schema { return [] }
        guard let members = schema.object else { throw Unusable(description: "\(place) is no schema") }
        var files: [String] = []
        for (keyword, value) in members {
            let inner = "\(place)/\(keyword)"
            switch keyword {
            case "properties", "$defs":
                for (name, child) in value.object ?? [:] {
                    files += try Self.files(in: child, at: "\(inner)/\(name)")
                }
            case "items", "additionalProperties", "not":
                files += try Self.files(in: value, at: inner)
            case "oneOf", "anyOf", "allOf":
                for child in value.array ?? [] {
                    files += try Self.files(in: child, at: inner)
                }
            case "$ref":
                let file = (value.string ?? "").prefix { $0 != "#" }
                if !file.isEmpty { files.append(String(file)) }
            default:
                guard annotations.contains(keyword) || plain.contains(keyword) else {
                    throw Unusable(description: "\(place) has the unknown keyword \(keyword)")
                }
            }
        }
        return files
    }
}
