internal import Flash
internal import HLSP2P

/// What of commands and of HTTP responses matters to who has asked: members of the vectors' notation.
extension Command {
    /// Name and transaction ID; of what follows, a status, a number and a list of participants.
    var meaning: [String: JSONValue] {
        var meaning: [String: JSONValue] = ["command": .string(name), "transaction": .double(transactionID)]
        // Some leave out the command object, so that what is told stands in its place.
        let told = arguments.isEmpty && !object.isNull ? [object] : arguments
        guard let first = told.first else { return meaning }
        for name in ["level", "code"] { first[name]?.string.map { meaning[name] = .string($0) } }
        first["objectEncoding"]?.number.map { meaning["objectEncoding"] = .double($0) }
        first.number.map { meaning["number"] = .double($0) }
        // What is no participant is none: no ID is empty.
        first.elements.map { meaning["participants"] = .array($0.map { .string($0["farID"]?.string ?? "") }) }
        return meaning
    }

    /// The transaction ID of a command; nil if it is none.
    static func call(_ octets: [UInt8]) -> Double? {
        (try? Message(decoding: octets)).flatMap { try? Command(decoding: $0) }?.transactionID
    }
}

extension ServerStep.Response {
    /// The status, whether pages of all origins may read it, and what is in it: a list of peers, or a number.
    var meaning: [String: JSONValue] {
        var meaning: [String: JSONValue] = ["request": .integer(request), "status": .integer(status)]
        if let field = fields.first(where: { $0.isNamed("Access-Control-Allow-Origin") }) {
            meaning["origin"] = .string(field.value)
        }
        switch try? JSONValue(parsing: Array(body.utf8)) {
        case .array(let peers)?: meaning["peers"] = .array(peers)
        case .integer(let number)?: meaning["number"] = .integer(number)
        default: break
        }
        return meaning
    }
}
