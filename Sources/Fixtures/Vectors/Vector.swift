/// A test vector: an input, and what a correct implementation makes of it.
public struct Vector: Hashable, Sendable {
    /// Whether an implementation has to accept the input.
    public enum Result: String, Hashable, Sendable, CaseIterable {
        /// It must accept it, with the expected outcome.
        case valid
        /// It must refuse it.
        case invalid
        /// It may do either; if it accepts, then with the expected outcome.
        case acceptable
    }

    /// The ID: unique in all files, and never used for anything else.
    public let id: String
    /// What it is about.
    public let comment: String
    /// The sections of the specification that decide, such as `RFC 7016 §2.1.2`.
    public let sections: [String]
    /// The rows of the requirements that it is about.
    public let requirements: [String]
    /// Whether an implementation has to accept the input.
    public let result: Result
    /// Why the input is not simply valid.
    public let reason: String?
    /// Of which class the error is with which the input is refused.
    public let error: VectorErrorClass?
    /// The ID of a valid vector of the same file that `edit` turns into this one.
    public let twin: String?
    /// What makes this input of the twin's.
    public let edit: VectorEdit?
    /// The input, in the shape of its kind.
    public let input: JSONValue
    /// The expected outcome, in the shape of its kind.
    public let expected: JSONValue?
    /// How the result was confirmed.
    public let provenance: JSONValue

    init(_ fields: VectorFields) throws(VectorFormatError) {
        id = try fields.string("id")
        comment = try fields.string("comment")
        sections = try fields.strings("section")
        requirements = fields["requirements"] == nil ? [] : try fields.strings("requirements")
        guard let result = Result(rawValue: try fields.string("result")) else {
            throw VectorFormatError("\(fields.place)/result", "is neither valid, invalid nor acceptable")
        }
        self.result = result
        reason = fields["reason"] == nil ? nil : try fields.string("reason")
        error = try fields["error"].map { value throws(VectorFormatError) in
            guard case .string(let name) = value, let error = VectorErrorClass(rawValue: name) else {
                throw VectorFormatError("\(fields.place)/error", "is no class of errors")
            }
            return error
        }
        twin = fields["twin"] == nil ? nil : try fields.string("twin")
        edit = fields["edit"] == nil ? nil : try VectorEdit(try fields.fields("edit"))
        guard let input = fields["input"] else { throw VectorFormatError("\(fields.place)/input", "is missing") }
        self.input = input
        expected = fields["expected"]
        guard let provenance = fields["provenance"] else {
            throw VectorFormatError("\(fields.place)/provenance", "is missing")
        }
        self.provenance = provenance
    }

    func inputFields() throws(VectorFormatError) -> VectorFields {
        try VectorFields(input, "\(id): /input")
    }

    func expectedFields() throws(VectorFormatError) -> VectorFields {
        try VectorFields(expected, "\(id): /expected")
    }
}
