/// A value of the Action Message Format 3 (RFC 7425 §8.1, AMF3 §3).
///
/// Strings and traits are what they stand for, however they were written: the encoder refers to earlier ones by itself.
/// References to objects are part of the value, as objects may refer to those that enclose them.
public indirect enum AMF3Value: Hashable, Sendable {
    case undefined
    case null
    case boolean(Bool)
    /// -2^28 ... 2^28 - 1; others are encoded as doubles.
    case integer(Int32)
    case double(Double)
    case string(String)
    /// The XMLDocument of ActionScript 1 and 2.
    case xmlDocument(String)
    /// Milliseconds since the beginning of 1970, UTC.
    case date(milliseconds: Double)
    case array(AMF3Array)
    case object(AMF3Object)
    /// An object of a class that writes itself in a form of its own.
    ///
    /// The form does not say where it ends: it is all that is left of the message.
    case externalizable(className: String, [UInt8])
    /// The XML of ActionScript 3.
    case xml(String)
    case byteArray([UInt8])
    case intVector([Int32], isFixed: Bool = false)
    case uintVector([UInt32], isFixed: Bool = false)
    case doubleVector([Double], isFixed: Bool = false)
    case objectVector(AMF3ObjectVector)
    case dictionary(AMF3Dictionary)
    /// The value that came as the given one, from 0, of all values of the message that can be referred to: dates,
    /// XML, arrays, objects, byte arrays, vectors and dictionaries.
    case reference(Int)
}

/// An array: elements without gaps, and members with names.
public struct AMF3Array: Hashable, Sendable {
    /// The elements, from index 0.
    public var dense: [AMF3Value]
    /// The members. One without a name is left out by the encoder: there is no form for it.
    public var associative: [AMFMember<AMF3Value>]

    /// Makes an array.
    public init(_ dense: [AMF3Value] = [], associative: [AMFMember<AMF3Value>] = []) {
        self.dense = dense
        self.associative = associative
    }
}

/// An object: its class, and its members.
public struct AMF3Object: Hashable, Sendable {
    /// The name of its class; empty for an anonymous one.
    public var className: String
    /// The members that its class declares.
    public var sealed: [AMFMember<AMF3Value>]
    /// Further members; nil if its class does not permit any. One without a name is left out by the encoder.
    public var dynamic: [AMFMember<AMF3Value>]?

    /// Makes an object; by default an anonymous one.
    public init(
        className: String = "",
        sealed: [AMFMember<AMF3Value>] = [],
        dynamic: [AMFMember<AMF3Value>]? = []
    ) {
        self.className = className
        self.sealed = sealed
        self.dynamic = dynamic
    }

    /// The first member called `name`.
    public subscript(name: String) -> AMF3Value? { sealed[name] ?? dynamic?[name] }
}

/// A vector whose elements are neither integers nor doubles.
public struct AMF3ObjectVector: Hashable, Sendable {
    /// The class of the elements; `*` or empty for any.
    public var typeName: String
    /// The elements.
    public var elements: [AMF3Value]
    /// Whether the number of elements is fixed.
    public var isFixed: Bool

    /// Makes a vector.
    public init(typeName: String, _ elements: [AMF3Value], isFixed: Bool = false) {
        self.typeName = typeName
        self.elements = elements
        self.isFixed = isFixed
    }
}

/// A dictionary, whose keys are any values.
public struct AMF3Dictionary: Hashable, Sendable {
    /// A key and its value.
    public struct Entry: Hashable, Sendable {
        /// The key.
        public var key: AMF3Value
        /// The value.
        public var value: AMF3Value

        /// Makes an entry.
        public init(_ key: AMF3Value, _ value: AMF3Value) {
            self.key = key
            self.value = value
        }
    }

    /// The entries.
    public var entries: [Entry]
    /// Whether keys are held weakly.
    public var hasWeakKeys: Bool

    /// Makes a dictionary.
    public init(_ entries: [Entry], hasWeakKeys: Bool = false) {
        self.entries = entries
        self.hasWeakKeys = hasWeakKeys
    }
}

extension AMF3Value {
    /// Whether it refers to other values of its message, and so means something else in another place.
    public var hasReferences: Bool {
        switch self {
        case .reference: true
        case .array(let array):
            array.dense.contains(where: \.hasReferences) || array.associative.contains { $0.value.hasReferences }
        case .object(let object): (object.sealed + (object.dynamic ?? [])).contains { $0.value.hasReferences }
        case .objectVector(let vector): vector.elements.contains(where: \.hasReferences)
        case .dictionary(let dictionary):
            dictionary.entries.contains { $0.key.hasReferences || $0.value.hasReferences }
        default: false
        }
    }

    /// An anonymous object with the given members.
    public static func anonymous(_ members: [AMFMember<AMF3Value>]) -> AMF3Value {
        .object(AMF3Object(dynamic: members))
    }

    /// The member called `name` of an object, or of an array with members.
    public subscript(name: String) -> AMF3Value? {
        switch self {
        case .object(let object): object[name]
        case .array(let array): array.associative[name]
        default: nil
        }
    }
}
