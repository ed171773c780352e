/// A value of the Action Message Format 0 (RFC 7425 §8.1, AMF0 §2).
public indirect enum AMF0Value: Hashable, Sendable {
    case number(Double)
    case boolean(Bool)
    /// Encoded as a long string if it exceeds 65535 octets.
    case string(String)
    case object([AMFMember<AMF0Value>])
    case null
    case undefined
    /// The value that came as the given one, from 0, of all objects and arrays of the message.
    case reference(UInt16)
    case ecmaArray([AMFMember<AMF0Value>])
    case strictArray([AMF0Value])
    /// Milliseconds since the beginning of 1970, UTC; the time zone is reserved and should be 0.
    case date(milliseconds: Double, timeZone: Int16 = 0)
    case unsupported
    case xmlDocument(String)
    /// An object of a class that has a name.
    case typedObject(className: String, [AMFMember<AMF0Value>])
    /// A value in AMF3.
    case avmplus(AMF3Value)
}

/// What a value is, whichever of the two formats it is in.
extension AMF0Value {
    /// A string.
    public var string: String? {
        switch self {
        case .string(let string), .avmplus(.string(let string)): string
        default: nil
        }
    }

    /// A number.
    public var number: Double? {
        switch self {
        case .number(let number), .avmplus(.double(let number)): number
        case .avmplus(.integer(let integer)): Double(integer)
        default: nil
        }
    }

    /// A boolean.
    public var boolean: Bool? {
        switch self {
        case .boolean(let flag), .avmplus(.boolean(let flag)): flag
        default: nil
        }
    }

    /// Whether it is null or undefined.
    public var isNull: Bool {
        switch self {
        case .null, .undefined, .avmplus(.null), .avmplus(.undefined): true
        default: false
        }
    }

    /// The elements of an array.
    public var elements: [AMF0Value]? {
        switch self {
        case .strictArray(let elements): elements
        case .avmplus(.array(let array)): array.dense.map(AMF0Value.avmplus)
        case .avmplus(.objectVector(let vector)): vector.elements.map(AMF0Value.avmplus)
        default: nil
        }
    }

    /// The member called `name` of an object, or of an array with members.
    public subscript(name: String) -> AMF0Value? {
        switch self {
        case .object(let members), .ecmaArray(let members), .typedObject(_, let members): members[name]
        case .avmplus(let value): value[name].map(AMF0Value.avmplus)
        default: nil
        }
    }
}
