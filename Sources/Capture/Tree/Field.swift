/// A named part of a packet, and what it says or of what parts it consists.
public struct Field: Hashable, Sendable {
    /// What a field says.
    public indirect enum Value: Hashable, Sendable {
        case text(String)
        case number(UInt64)
        /// A point in time: nanoseconds since 1970-01-01T00:00:00Z.
        case time(Int64)
        case flag(Bool)
        case octets([UInt8])
        /// What an RTMP message says.
        case values([MessageValue])
        /// Parts of different names.
        case parts([Field])
        /// Any number of parts of the same kind; their own names say which.
        case list([Field])
    }

    /// The name that the specification gives it.
    public var name: String
    /// What it says.
    public var value: Value
    /// Where it begins: octets from the first octet of the decrypted packet; nil for what has no place of its own.
    public var offset: Int?
    /// How many octets it takes; nil where `offset` is.
    public var length: Int?

    /// Makes a field.
    public init(_ name: String, _ value: Value, offset: Int? = nil, length: Int? = nil) {
        self.name = name
        self.value = value
        self.offset = offset
        self.length = length
    }

    /// The parts that it consists of; none if it says something itself.
    public var children: [Field] {
        switch value {
        case .parts(let parts), .list(let parts): parts
        default: []
        }
    }

    /// The first part of this name.
    public subscript(name: String) -> Field? {
        children.first { $0.name == name }
    }
}
