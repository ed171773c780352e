import JSONSchema

extension JSON {
    /// Reads a line of JSON.
    init(_ line: [UInt8]) throws {
        try self.init(text: String(decoding: line, as: UTF8.self))
    }

    /// The members; none if it is no object.
    var members: [String: JSON] { object ?? [:] }

    /// The elements; none if it is no array.
    var elements: [JSON] { array ?? [] }

    var isTrue: Bool { self == .bool(true) }
}
