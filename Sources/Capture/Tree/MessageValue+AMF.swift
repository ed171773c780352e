import Flash

/// What JSON has no kind for is an object with a member that says what it is: `{"date":0}`, `{"reference":3}`.
extension MessageValue {
    /// A value in AMF0.
    init(_ value: AMF0Value) {
        switch value {
        case .number(let number): self = .number(number)
        case .boolean(let flag): self = .flag(flag)
        case .string(let text): self = .text(text)
        case .object(let members), .ecmaArray(let members): self = .object(members.distinct { MessageValue($0) })
        case .null: self = .null
        case .undefined: self = .special("undefined", .flag(true))
        case .reference(let index): self = .special("reference", .number(Double(index)))
        case .strictArray(let elements): self = .list(elements.map { MessageValue($0) })
        case .date(let milliseconds, _): self = .special("date", .number(milliseconds))
        case .unsupported: self = .special("unsupported", .flag(true))
        case .xmlDocument(let text): self = .special("xml", .text(text))
        case .typedObject(let name, let members):
            self = .typed(name, members.distinct { MessageValue($0) })
        case .avmplus(let value): self.init(value)
        }
    }

    /// A value in AMF3.
    init(_ value: AMF3Value) {
        switch value {
        case .undefined: self = .special("undefined", .flag(true))
        case .null: self = .null
        case .boolean(let flag): self = .flag(flag)
        case .integer(let integer): self = .number(Double(integer))
        case .double(let number): self = .number(number)
        case .string(let text): self = .text(text)
        case .xmlDocument(let text), .xml(let text): self = .special("xml", .text(text))
        case .date(let milliseconds): self = .special("date", .number(milliseconds))
        case .array(let array):
            let dense = MessageValue.list(array.dense.map { MessageValue($0) })
            let members = array.associative.distinct { MessageValue($0) }
            self = members.isEmpty ? dense : .object([Member("elements", dense), Member("members", .object(members))])
        case .object(let object):
            let members = (object.sealed + (object.dynamic ?? [])).distinct { MessageValue($0) }
            self = object.className.isEmpty ? .object(members) : .typed(object.className, members)
        case .externalizable(let name, let octets):
            self = .object([Member("class", .text(name)), Member("octets", .octets(octets))])
        case .byteArray(let octets): self = .special("octets", .octets(octets))
        case .intVector(let elements, _): self = .list(elements.map { .number(Double($0)) })
        case .uintVector(let elements, _): self = .list(elements.map { .number(Double($0)) })
        case .doubleVector(let elements, _): self = .list(elements.map { .number($0) })
        case .objectVector(let vector): self = .list(vector.elements.map { MessageValue($0) })
        case .dictionary(let dictionary):
            let entries = dictionary.entries.map { MessageValue.list([MessageValue($0.key), MessageValue($0.value)]) }
            self = .special("dictionary", .list(entries))
        case .reference(let index): self = .special("reference", .number(Double(index)))
        }
    }

    private static func special(_ name: String, _ value: MessageValue) -> MessageValue {
        .object([Member(name, value)])
    }

    private static func typed(_ name: String, _ members: [Member]) -> MessageValue {
        .object([Member("class", .text(name)), Member("members", .object(members))])
    }
}

extension Array {
    /// The members with other values; of those with one name, the last counts.
    fileprivate func distinct<Value>(_ value: (Value) -> MessageValue) -> [MessageValue.Member]
    where Element == AMFMember<Value> {
        var places: [String: Int] = [:]
        var distinct: [MessageValue.Member] = []
        for member in self {
            let converted = MessageValue.Member(member.name, value(member.value))
            if let place = places[member.name] {
                distinct[place] = converted
            } else {
                places[member.name] = distinct.count
                distinct.append(converted)
            }
        }
        return distinct
    }
}
