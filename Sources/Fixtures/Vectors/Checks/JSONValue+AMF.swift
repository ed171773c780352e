internal import Flash

/// Values of AMF in the vectors' notation: an object whose first member names the type.
extension JSONValue {
    init(_ value: AMF0Value) {
        switch value {
        case .number(let number): self = .object(["number": .double(number)])
        case .boolean(let flag): self = .object(["boolean": .bool(flag)])
        case .string(let text): self = .object(["string": .string(text)])
        case .object(let members): self = .object(["object": .members(members)])
        case .null: self = .object(["null": true])
        case .undefined: self = .object(["undefined": true])
        case .reference(let place): self = .object(["reference": .integer(Int(place))])
        case .ecmaArray(let members): self = .object(["ecmaArray": .members(members)])
        case .strictArray(let elements): self = .object(["strictArray": .array(elements.map(JSONValue.init))])
        case .date(let milliseconds, let timeZone):
            self = .object(["date": .double(milliseconds), "timeZone": .integer(Int(timeZone))])
        case .unsupported: self = .object(["unsupported": true])
        case .xmlDocument(let text): self = .object(["xmlDocument": .string(text)])
        case .typedObject(let name, let members):
            self = .object(["typedObject": .members(members), "class": .string(name)])
        case .avmplus(let value): self = .object(["amf3": JSONValue(value)])
        }
    }

    init(_ value: AMF3Value) {
        switch value {
        case .undefined: self = .object(["undefined": true])
        case .null: self = .object(["null": true])
        case .boolean(let flag): self = .object(["boolean": .bool(flag)])
        case .integer(let integer): self = .object(["integer": .integer(Int(integer))])
        case .double(let number): self = .object(["double": .double(number)])
        case .string(let text): self = .object(["string": .string(text)])
        case .xmlDocument(let text): self = .object(["xmlDocument": .string(text)])
        case .date(let milliseconds): self = .object(["date": .double(milliseconds)])
        case .array(let array):
            self = .object([
                "array": .array(array.dense.map(JSONValue.init)), "associative": .members(array.associative),
            ])
        case .object(let object):
            self = .object([
                "object": .members(object.sealed), "class": .string(object.className),
                "dynamic": object.dynamic.map(JSONValue.members) ?? .null,
            ])
        case .externalizable(let name, let octets):
            self = .object(["externalizable": .octets(octets), "class": .string(name)])
        case .xml(let text): self = .object(["xml": .string(text)])
        case .byteArray(let octets): self = .object(["byteArray": .octets(octets)])
        case .intVector(let values, let isFixed):
            self = .object(["intVector": .array(values.map { .integer(Int($0)) }), "fixed": .bool(isFixed)])
        case .uintVector(let values, let isFixed):
            self = .object(["uintVector": .array(values.map { .integer(Int($0)) }), "fixed": .bool(isFixed)])
        case .doubleVector(let values, let isFixed):
            self = .object(["doubleVector": .array(values.map(JSONValue.double)), "fixed": .bool(isFixed)])
        case .objectVector(let vector):
            self = .object([
                "objectVector": .array(vector.elements.map(JSONValue.init)), "type": .string(vector.typeName),
                "fixed": .bool(vector.isFixed),
            ])
        case .dictionary(let dictionary):
            self = .object([
                "dictionary": .array(dictionary.entries.map { .array([JSONValue($0.key), JSONValue($0.value)]) }),
                "weak": .bool(dictionary.hasWeakKeys),
            ])
        case .reference(let place): self = .object(["reference": .integer(place)])
        }
    }

    /// A double: what JSON has no number for is a string.
    static func double(_ value: Double) -> JSONValue {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Infinity" : "Infinity" }
        if value == 0, value.sign == .minus { return "-0" }
        return Int(exactly: value).map(JSONValue.integer) ?? .number(value)
    }

    private static func members(_ members: [AMFMember<AMF0Value>]) -> JSONValue {
        .array(members.map { .array([.string($0.name), JSONValue($0.value)]) })
    }

    private static func members(_ members: [AMFMember<AMF3Value>]) -> JSONValue {
        .array(members.map { .array([.string($0.name), JSONValue($0.value)]) })
    }
}
