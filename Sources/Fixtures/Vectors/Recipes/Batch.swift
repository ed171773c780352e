/// The tests of a recipe, as they are being made.
///
/// A test that is not valid is made of a valid one by one edit, so that `twin`, `edit` and `input` cannot disagree.
struct Batch {
    /// A test that was added, to make others of.
    struct Twin {
        let id: String
        let input: JSONValue
        let section: [String]
        let requirements: [String]
    }

    /// One change to an input.
    enum Edit {
        /// The octets from `offset` to `end` of a field are replaced.
        case splice(_ field: String, at: Int, count: Int, [UInt8])
        /// A field ends after so many octets.
        case cut(_ field: String, to: Int)
        /// A field has another value.
        case replace(_ field: String, JSONValue)
    }

    private(set) var tests: [JSONValue] = []
    private let prefix: String
    /// Where the tests that are added next are decided.
    var section: [String]
    /// The requirements that they are about.
    var requirements: [String]
    /// How they are confirmed.
    var provenance: JSONValue = .object(["confirmation": .string("recipe")])

    /// - Parameter prefix: what the IDs begin with, a dot after it.
    init(_ prefix: String, _ section: [String], _ requirements: [String]) {
        self.prefix = prefix
        self.section = section
        self.requirements = requirements
    }

    /// Adds a valid test.
    @discardableResult
    mutating func valid(
        _ name: String,
        _ comment: String,
        _ input: [String: JSONValue],
        _ expected: [String: JSONValue]? = nil
    ) -> Twin {
        let twin = Twin(id: "\(prefix).\(name)", input: .object(input), section: section, requirements: requirements)
        add(twin, comment, "valid", [:], .object(input), expected)
        return twin
    }

    /// Adds an acceptable test that is no edit of another.
    mutating func acceptable(
        _ name: String,
        _ comment: String,
        _ input: [String: JSONValue],
        _ expected: [String: JSONValue]?,
        because reason: String
    ) {
        let twin = Twin(id: "\(prefix).\(name)", input: .object(input), section: section, requirements: requirements)
        add(twin, comment, "acceptable", ["reason": .string(reason)], .object(input), expected)
    }

    /// Adds an invalid test, or an acceptable one if there is an outcome: `twin` with one edit.
    ///
    /// - Parameter expected: what comes out for who accepts it; empty if the kind has no outcome.
    @discardableResult
    mutating func edited(
        _ twin: Twin,
        _ name: String,
        _ edit: Edit,
        _ error: VectorErrorClass,
        because reason: String,
        requirements: [String]? = nil,
        accepting expected: [String: JSONValue]? = nil
    ) throws -> JSONValue {
        let edit = try VectorEdit(edit, of: twin.input)
        let input = try edit.applied(to: twin.input)
        let made = Twin(
            id: "\(twin.id).\(name)",
            input: input,
            section: twin.section,
            requirements: requirements ?? twin.requirements
        )
        let judgement: [String: JSONValue] = [
            "reason": .string(reason), "error": .string(error.rawValue), "twin": .string(twin.id),
            "edit": edit.document,
        ]
        add(made, reason, expected == nil ? "invalid" : "acceptable", judgement, input, expected)
        return input
    }

    /// Adds an invalid test for every octet at which the first `fields` fields of `layout`, which stands in `field`, can
    /// be cut off, but for those that are `skipped`; of long fields only some.
    mutating func truncations(
        of twin: Twin,
        _ field: String,
        _ layout: Layout,
        fields: Int? = nil,
        skipping skipped: Int = 0,
        _ error: VectorErrorClass = .truncated,
        requirements: [String]? = nil
    ) throws {
        for part in layout.fields.prefix(fields ?? layout.fields.count).dropFirst(skipped) {
            let count = part.range.count
            for length in count <= 9 ? Array(0..<count) : [0, 1, count / 2, count - 1] {
                try edited(
                    twin,
                    "cut-\(part.range.lowerBound + length)",
                    .cut(field, to: part.range.lowerBound + length),
                    error,
                    because: length == 0
                        ? "ends before \(part.name)" : "ends \(length) of \(count) octets into \(part.name)",
                    requirements: requirements
                )
            }
        }
    }

    private mutating func add(
        _ test: Twin,
        _ comment: String,
        _ result: String,
        _ judgement: [String: JSONValue],
        _ input: JSONValue,
        _ expected: [String: JSONValue]?
    ) {
        var members = judgement
        members["id"] = .string(test.id)
        members["comment"] = .string(comment)
        members["section"] = .array(test.section.map(JSONValue.string))
        members["requirements"] = .array(test.requirements.map(JSONValue.string))
        members["result"] = .string(result)
        members["input"] = input
        members["expected"] = expected.flatMap { $0.isEmpty ? nil : .object($0) }
        members["provenance"] = provenance
        tests.append(.object(members))
    }
}

extension VectorEdit {
    /// The edit with what it replaces, as `input` holds it.
    init(_ edit: Batch.Edit, of input: JSONValue) throws(VectorFormatError) {
        switch edit {
        case .replace(let field, let new):
            guard let old = input.value(at: field) else { throw VectorFormatError(field, "is missing in the twin") }
            self.init(field: field, offset: nil, old: old, new: new)
        case .cut(let field, let length):
            let octets = try VectorEdit.octets(field, input)
            try self.init(.splice(field, at: length, count: octets.count - length, []), of: input)
        case .splice(let field, let offset, let count, let new):
            let octets = try VectorEdit.octets(field, input)
            guard offset >= 0, count >= 0, offset + count <= octets.count else {
                throw VectorFormatError(field, "is too short for the edit")
            }
            self.init(field: field, offset: offset, old: .octets(octets[offset..<(offset + count)]), new: .octets(new))
        }
    }

    private static func octets(_ field: String, _ input: JSONValue) throws(VectorFormatError) -> [UInt8] {
        guard case .string(let text) = input.value(at: field), let octets = Fixtures.octets(hexadecimal: text) else {
            throw VectorFormatError(field, "is not octets")
        }
        return octets
    }

    /// The edit as it stands in a test.
    var document: JSONValue {
        var members: [String: JSONValue] = ["field": .string(field), "old": old, "new": new]
        members["offset"] = offset.map(JSONValue.integer)
        return .object(members)
    }
}
