public import Foundation

/// A JSON value.
public enum JSON: Sendable, Hashable, Decodable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([JSON])
    case object([String: JSON])

    /// Reads JSON text.
    public init(text: String) throws {
        self = try JSONDecoder().decode(JSON.self, from: Data(text.utf8))
    }

    /// Reads a file of JSON text.
    public init(contentsOf url: URL) throws {
        self = try JSONDecoder().decode(JSON.self, from: Data(contentsOf: url))
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([JSON].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSON].self))
        }
    }

    /// A member of an object, or an element of an array; nil writes none, and removes one.
    public subscript(_ key: String) -> JSON? {
        get {
            switch self {
            case .object(let members): members[key]
            case .array(let elements): Int(key).flatMap { elements.indices.contains($0) ? elements[$0] : nil }
            default: nil
            }
        }
        set {
            switch self {
            case .object(var members):
                members[key] = newValue
                self = .object(members)
            case .array(var elements):
                guard let index = Int(key), elements.indices.contains(index) else { return }
                elements.replaceSubrange(index...index, with: newValue.map { [$0] } ?? [])
                self = .array(elements)
            default: break
            }
        }
    }

    /// What `path` leads to, by member names and positions; nil writes none, and removes one.
    public subscript(path path: [String]) -> JSON? {
        get { path.reduce(Optional(self)) { $0?[$1] } }
        set {
            guard let first = path.first else { return }
            guard path.count > 1 else { return self[first] = newValue }
            guard var child = self[first] else { return }
            child[path: Array(path.dropFirst())] = newValue
            self[first] = child
        }
    }

    /// The text, if it is a string.
    public var string: String? {
        guard case .string(let value) = self else { return nil }
        return value
    }

    /// The elements, if it is an array.
    public var array: [JSON]? {
        guard case .array(let value) = self else { return nil }
        return value
    }

    /// The members, if it is an object.
    public var object: [String: JSON]? {
        guard case .object(let value) = self else { return nil }
        return value
    }

    /// The number, if it is one.
    public var number: Double? {
        guard case .number(let value) = self else { return nil }
        return value
    }
}
