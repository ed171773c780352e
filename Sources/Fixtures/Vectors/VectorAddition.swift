/// Puts a test into a file: some octets, with what this package's codec makes of them.
///
/// What it makes may be wrong: whoever adds the test looks at it, and says how it was confirmed.
public struct VectorAddition {
    /// The octets.
    public var octets: [UInt8]
    /// The ID of the test.
    public var id: String
    /// What it is about.
    public var comment: String
    /// How it was confirmed, and where.
    public var provenance: [String: JSONValue]

    /// Makes one.
    public init(_ octets: [UInt8], id: String, comment: String, provenance: [String: JSONValue]) {
        self.octets = octets
        self.id = id
        self.comment = comment
        self.provenance = provenance
    }

    /// The text of `file` with the test at its end.
    ///
    /// An invalid test gets the valid one as its twin that takes the shortest edit.
    ///
    /// - Throws: `VectorFormatError` if the file has no valid test, if its kind takes something else than octets, or if it
    ///   has the ID or the input already.
    public func text(of file: VectorFile) throws -> [UInt8] {
        guard let kind = VectorKind.named(file.kind) else {
            throw VectorFormatError(file.path, "is not of a kind of vectors: \(file.kind)")
        }
        guard !file.path.hasSuffix(".generated.json") else {
            throw VectorFormatError(file.path, "is made by a recipe: change that, or add to the file beside it")
        }
        guard let example = file.vectors.first(where: { $0.result == .valid }) else {
            throw VectorFormatError(file.path, "has no valid test to go by")
        }
        guard case .object(let members) = example.input, members.count == 1, let (field, value) = members.first,
            case .string(let text) = value, Fixtures.octets(hexadecimal: text) != nil
        else { throw VectorFormatError(file.path, "has tests that are more than octets") }
        let input = JSONValue.object([field: .octets(octets)])
        for vector in file.vectors {
            if vector.id == id { throw VectorFormatError(file.path, "has a test \(id) already") }
            if vector.input == input { throw VectorFormatError(file.path, "has that input already: \(vector.id)") }
        }
        let probe = try VectorProbe(kind, input)
        var test: [String: JSONValue] = [
            "id": .string(id), "comment": .string(comment), "section": .array(example.sections.map(JSONValue.string)),
            "requirements": .array(example.requirements.map(JSONValue.string)), "input": input, "result": "valid",
            "provenance": .object(provenance),
        ]
        test["expected"] = probe.expected.map(JSONValue.object)
        if let error = probe.error {
            let (twin, edit) = try nearest(in: file, field)
            test["result"] = "invalid"
            test["reason"] = .string(comment)
            test["error"] = .string(error.rawValue)
            test["twin"] = .string(twin)
            test["edit"] = edit.document
        }
        guard case .array(let tests)? = file.document.value(at: "/tests"),
            let document = file.document.replacing(["tests"], with: .array(tests + [.object(test)]))
        else { throw VectorFormatError(file.path, "has no tests") }
        return VectorLint.canonicalText(of: try VectorFile(path: file.path, text: CanonicalText.of(document)))
    }

    /// The valid test that takes the shortest edit, and that edit.
    private func nearest(in file: VectorFile, _ field: String) throws(VectorFormatError) -> (String, VectorEdit) {
        var best: (id: String, edit: VectorEdit, size: Int)?
        for vector in file.vectors where vector.result == .valid {
            guard case .string(let text) = vector.input.value(at: "/\(field)"),
                let old = Fixtures.octets(hexadecimal: text)
            else { continue }
            let before = zip(old, octets).prefix { $0 == $1 }.count
            let behind = zip(old.dropFirst(before).reversed(), octets.dropFirst(before).reversed()).prefix { $0 == $1 }
                .count
            let removed = old[before..<(old.count - behind)]
            let inserted = octets[before..<(octets.count - behind)]
            let size = removed.count + inserted.count
            guard size < best?.size ?? .max else { continue }
            let edit = VectorEdit(field: "/\(field)", offset: before, old: .octets(removed), new: .octets(inserted))
            best = (vector.id, edit, size)
        }
        guard let best else { throw VectorFormatError(file.path, "has no valid test to make it of") }
        return (best.id, best.edit)
    }
}
