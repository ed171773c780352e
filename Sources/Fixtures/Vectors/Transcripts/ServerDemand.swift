/// What a server has to do, or must not do, after a step: so much of it as the specification settles.
///
/// It is about all that the server does towards a client after a step and that is of one sort (`kind`). Between
/// several demands there is no order, and what none of them is about may be there or not.
struct ServerDemand: Equatable {
    /// The number of the step after which it is to be done.
    var after: Int
    /// Towards whom.
    var end: String
    /// Of which sort that is: what the members of its meaning have to be.
    var kind: [String: JSONValue]
    /// What all of that sort has to say besides.
    var content: [String: JSONValue] = [:]
    /// How often it is done, at least and at most; nil for as often as the server likes.
    var least = 1
    var most: Int?
    /// The section that demands it.
    var section: String

    /// The numbers of the steps that it is about, given what all steps mean.
    ///
    /// - Throws: `VectorRefusal` if the server has not done what it should have done.
    func steps(among meanings: [(end: String, isOut: Bool, says: JSONValue)]) throws -> [Int] {
        let found = meanings.indices.filter { number in
            number > after && meanings[number].isOut && meanings[number].end == end
                && ServerDemand.matches(meanings[number].says, kind)
        }
        guard found.count >= least else { throw VectorRefusal(.missing, "\(document)") }
        guard found.count <= most ?? found.count else { throw VectorRefusal(.order, "\(document)") }
        guard found.allSatisfy({ ServerDemand.matches(meanings[$0].says, content) }) else {
            throw VectorRefusal(.value, "\(document)")
        }
        return found
    }

    private static func matches(_ says: JSONValue, _ wanted: [String: JSONValue]) -> Bool {
        guard case .object(let members) = says else { return false }
        return wanted.allSatisfy { name, value in
            guard let member = members[name] else { return false }
            return matches(member, value)
        }
    }

    /// Whether a member is as wanted: the same, or within bounds.
    private static func matches(_ member: JSONValue, _ wanted: JSONValue) -> Bool {
        guard case .object(let bounds) = wanted else { return member == wanted }
        return bounds.allSatisfy { name, bound in
            switch (name, member, bound) {
            case ("oneOf", _, .array(let values)): values.contains(member)
            case ("least", .integer(let number), .integer(let least)): number >= least
            case ("least", .array(let numbers), .integer): numbers.allSatisfy { matches($0, .object([name: bound])) }
            case ("includes", .array(let elements), .array(let values)): values.allSatisfy(elements.contains)
            case ("among", .array(let elements), .array(let values)): elements.allSatisfy(values.contains)
            case ("count", .array(let elements), .integer(let count)):
                elements.count == count && Set(elements).count == count
            default: false
            }
        }
    }
}

extension ServerDemand {
    init(_ fields: VectorFields) throws(VectorFormatError) {
        after = try fields.integer("after")
        end = try fields.string("end")
        kind = try fields.fields("is").members
        content = try fields.fields("with").members
        least = try fields.integer("least")
        most = fields["most"] == .null ? nil : try fields.integer("most")
        section = try fields.string("section")
        guard least > 0 || most == 0 || !content.isEmpty else {
            throw VectorFormatError(fields.place, "demands nothing")
        }
    }

    /// The demand in the vectors' notation.
    var document: JSONValue {
        .object([
            "after": .integer(after), "end": .string(end),
            "is": .object(kind), "with": .object(content), "least": .integer(least),
            "most": .optional(most, JSONValue.integer), "section": .string(section),
        ])
    }
}
