/// A name and a value: a member of an object, or of an array that has members.
///
/// Names may repeat on the wire; who looks one up gets the first.
public struct AMFMember<Value: Hashable & Sendable>: Hashable, Sendable {
    /// The name.
    public var name: String
    /// The value.
    public var value: Value

    /// Makes a member.
    public init(_ name: String, _ value: Value) {
        self.name = name
        self.value = value
    }
}

extension [AMFMember<AMF0Value>] {
    /// The value of the first member called `name`.
    public subscript(name: String) -> AMF0Value? { first { $0.name == name }?.value }
}

extension [AMFMember<AMF3Value>] {
    /// The value of the first member called `name`.
    public subscript(name: String) -> AMF3Value? { first { $0.name == name }?.value }
}
