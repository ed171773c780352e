/// One change to an input: some octets of a field, or a field as a whole.
public struct VectorEdit: Hashable, Sendable {
    /// JSON Pointer of the field below the input.
    public let field: String
    /// Offset of the octets that are replaced; nil if the field is replaced as a whole.
    public let offset: Int?
    /// What is replaced: octets in hexadecimal, or a field's value.
    public let old: JSONValue
    /// What replaces it.
    public let new: JSONValue

    init(field: String, offset: Int?, old: JSONValue, new: JSONValue) {
        self.field = field
        self.offset = offset
        self.old = old
        self.new = new
    }

    init(_ fields: VectorFields) throws(VectorFormatError) {
        field = try fields.string("field")
        offset = fields["offset"] == nil ? nil : try fields.integer("offset")
        guard let old = fields["old"], let new = fields["new"] else {
            throw VectorFormatError(fields.place, "lacks old or new")
        }
        self.old = old
        self.new = new
    }

    /// `input` with this change; throws if it does not hold what is replaced, or if nothing changes.
    public func applied(to input: JSONValue) throws(VectorFormatError) -> JSONValue {
        guard old != new else { throw VectorFormatError(field, "is not changed by the edit") }
        guard let value = input.value(at: field) else { throw VectorFormatError(field, "is missing in the twin") }
        let changed = offset == nil ? try replaced(value) : try spliced(value)
        guard let result = input.replacing(field.split(separator: "/"), with: changed) else {
            throw VectorFormatError(field, "is missing in the twin")
        }
        return result
    }

    private func replaced(_ value: JSONValue) throws(VectorFormatError) -> JSONValue {
        guard value == old else { throw VectorFormatError(field, "is not the edit's old value in the twin") }
        return new
    }

    private func spliced(_ value: JSONValue) throws(VectorFormatError) -> JSONValue {
        guard let offset, case .string(let text) = value, case .string(let oldText) = old,
            case .string(let newText) = new, var octets = octets(hexadecimal: text),
            let old = Fixtures.octets(hexadecimal: oldText), let new = Fixtures.octets(hexadecimal: newText)
        else { throw VectorFormatError(field, "and its edit are not both octets") }
        guard offset >= 0, offset <= octets.count, octets[offset...].starts(with: old) else {
            throw VectorFormatError(field, "does not hold the edit's old octets in the twin")
        }
        octets.replaceSubrange(offset..<(offset + old.count), with: new)
        return .octets(octets)
    }
}
