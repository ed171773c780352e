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
    /// - Parameter streams: those that its client was given.
    /// - Throws: `VectorRefusal` if the server has not done what it should have done.
    func steps(
        among meanings: [(end: String, isOut: Bool, says: JSONValue)],
        _ streams: [ServerTranscriptReading.Stream]
    ) throws -> [Int] {
        let found = meanings.indices.filter { number in
            number > after && meanings[number].isOut && meanings[number].end == end
                && ServerDemand.matches(meanings[number].says, kind, streams)
        }
        guard found.count >= least else { throw refusal(.missing, "found \(found.count)") }
        guard found.count <= most ?? found.count else {
            throw refusal(.order, "found \(found.count) (steps \(ServerDemand.list(found)))")
        }
        let wrong = found.filter { !ServerDemand.matches(meanings[$0].says, content, streams) }
        guard wrong.isEmpty else { throw refusal(.value, "step \(ServerDemand.list(wrong)) says something else") }
        return found
    }

    private func refusal(_ errorClass: VectorErrorClass, _ finding: String) -> VectorRefusal {
        VectorRefusal(errorClass, "\(finding), but \(self)")
    }

    private static func list(_ numbers: [Int]) -> String {
        numbers.prefix(5).map(String.init).joined(separator: ", ") + (numbers.count > 5 ? ", …" : "")
    }

    private static func matches(
        _ says: JSONValue,
        _ wanted: [String: JSONValue],
        _ streams: [ServerTranscriptReading.Stream]
    ) -> Bool {
        guard case .object(let members) = says else { return false }
        return wanted.allSatisfy { name, value in
            guard let member = members[name] else { return false }
            return matches(member, value, streams)
        }
    }

    /// Whether a member is as wanted: the same, or within bounds.
    private static func matches(
        _ member: JSONValue,
        _ wanted: JSONValue,
        _ streams: [ServerTranscriptReading.Stream]
    ) -> Bool {
        guard case .object(let bounds) = wanted else { return member == wanted }
        return bounds.allSatisfy { name, bound in
            switch (name, member, bound) {
            case ("oneOf", _, .array(let values)): values.contains(member)
            case ("least", .integer(let number), .integer(let least)): number >= least
            case ("given", .integer(let number), .integer(let call)):
                streams.contains { $0.call == Double(call) && Int($0.number) == number }
            case ("least", .array(let numbers), .integer), ("given", .array(let numbers), .integer):
                numbers.allSatisfy { matches($0, .object([name: bound]), streams) }
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
        guard least <= most ?? least else {
            throw VectorFormatError(fields.place, "demands more than there may be")
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

extension ServerDemand: CustomStringConvertible {
    /// What has to be done, towards whom and how often, for people.
    var description: String {
        let often =
            switch most {
            case 0: "never"
            case least: least == 1 ? "once" : "\(least) times"
            case let most?: "\(least) to \(most) times"
            case nil: "at least \(least) times"
            }
        let wanted = "\(JSONValue.object(kind))" + (content.isEmpty ? "" : " with \(JSONValue.object(content))")
        return "after step \(after) \(section) demands towards \(end), \(often), \(wanted)"
    }
}
