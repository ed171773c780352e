/// The tests of chunks of one type, whose payload is a row of fields.
struct ChunkRecipe {
    /// How a field is laid out.
    enum Form {
        /// Four octets: a session ID.
        case sessionID
        /// An integer in the variable-length form.
        case integer
        /// A length in that form, and so many octets.
        case counted
        /// All that is left.
        case rest
    }

    /// A field and its name in the vectors' notation.
    struct Field {
        let name: String
        let form: Form

        init(_ name: String, _ form: Form) {
            self.name = name
            self.form = form
        }
    }

    let kind: String
    let title: String
    let section: String
    let requirement: String
    let fields: [Field]
    var notes = ["The payload of a chunk of that type, without type and length."]

    /// A test with every field at every limit of its form while the others are short, and with fields cut off.
    var recipe: Recipe {
        let chunk = self
        return Recipe("rtmfp", kind, title, specification: ["RFC 7016 §\(section)"], notes: notes) {
            var batch = Batch(chunk.kind, ["RFC 7016 §\(chunk.section)"], [chunk.requirement])
            try chunk.addLimits(to: &batch)
            try chunk.addTruncations(to: &batch)
            return batch
        }
    }

    private func addLimits(to batch: inout Batch) throws {
        for (index, field) in fields.enumerated() {
            switch field.form {
            case .sessionID:
                for id in [1, 0x0102_0304, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff] as [UInt64] {
                    add("\(field.name)-\(id)", "\(field.name) \(id)", index, .id(id), to: &batch)
                }
            case .integer:
                for value in ChunkRecipe.integers {
                    add("\(field.name)-\(value)", "\(field.name) \(value)", index, .integer(value), to: &batch)
                }
                batch.requirements = [requirement, "RFC7016-2.1.2-03"]
                add("\(field.name)-long", "\(field.name) in a longer form", index, .integer(5, digits: 4), to: &batch)
            case .counted:
                for count in [0, 1, 2, 126, 127, 128, 129, 255, 256, 600] {
                    add("\(field.name)-\(count)", "\(count) octets of \(field.name)", index, .octets(count), to: &batch)
                }
                batch.requirements = [requirement, "RFC7016-2.1.2-03"]
                add(
                    "\(field.name)-long",
                    "the length of \(field.name) in a longer form",
                    index,
                    .octets(5, digits: 3),
                    to: &batch
                )
            case .rest:
                for count in [0, 1, 7, 8, 16, 64, 128, 1000] {
                    batch.requirements = [requirement, "RFC7016-2.1.1-02"]
                    add("\(field.name)-\(count)", "\(count) octets of \(field.name)", index, .octets(count), to: &batch)
                }
            }
            batch.requirements = [requirement]
        }
    }

    private func addTruncations(to batch: inout Batch) throws {
        guard let last = fields.last else { return }
        let contents = Array(repeating: Content.octets(3), count: fields.count)
        let (layout, expected) = layout(contents.enumerated().map { ChunkRecipe.short(fields[$0.offset], $0.offset) })
        let twin = batch.valid("short", "all fields short", ["payload": .hex(layout.octets)], expected)
        let mandatory = last.form == .rest ? layout.fields.dropLast() : layout.fields[...]
        try batch.truncations(
            of: twin,
            "/payload",
            layout,
            fields: mandatory.count,
            requirements: [requirement, "RFC7016-2-05"]
        )
        for field in fields where field.form == .counted {
            let offset = layout.offset(of: "the length of \(field.name)")
            for (name, length) in [
                ("all", UInt64(layout.octets.count - offset)), ("2-32", 1 << 32), ("greatest", .max),
            ] {
                try batch.edited(
                    twin,
                    "\(field.name)-overrun-\(name)",
                    .splice("/payload", at: offset, count: 1, base128(length)),
                    .truncated,
                    because: "\(field.name) is said to have \(length) octets, more than there are",
                    requirements: [requirement, "RFC7016-2-05"]
                )
            }
            try batch.edited(
                twin,
                "\(field.name)-overflow",
                .splice("/payload", at: offset, count: 1, [0x82] + [UInt8](repeating: 0x80, count: 8) + [0]),
                .overflow,
                because: "the length of \(field.name) is 2^64",
                requirements: [requirement, "RFC7016-2.1.2-05"]
            )
        }
        for field in fields where field.form == .integer {
            try batch.edited(
                twin,
                "\(field.name)-overflow",
                .splice(
                    "/payload",
                    at: layout.offset(of: field.name),
                    count: 1,
                    [0x82] + [UInt8](repeating: 0x80, count: 8) + [0]
                ),
                .overflow,
                because: "\(field.name) is 2^64",
                requirements: [requirement, "RFC7016-2.1.2-05"]
            )
        }
    }

    /// What stands in a field.
    enum Content {
        case id(UInt64)
        case integer(UInt64, digits: Int = 1)
        case octets(Int, digits: Int = 1)
    }

    static let integers: [UInt64] = [0, 1, 127, 128, 16383, 16384, 1 << 32, 1 << 53, .max]

    private static func short(_ field: Field, _ index: Int) -> Content {
        switch field.form {
        case .sessionID: .id(0x0a0b_0c0d)
        case .integer: .integer(UInt64(index + 3))
        case .counted: .octets(index + 3)
        case .rest: .octets(5)
        }
    }

    private func add(_ name: String, _ comment: String, _ index: Int, _ content: Content, to batch: inout Batch) {
        var contents = fields.enumerated().map { ChunkRecipe.short($0.element, $0.offset) }
        contents[index] = content
        let (layout, expected) = layout(contents)
        batch.valid(name, comment, ["payload": .hex(layout.octets)], expected)
    }

    /// The payload, and what comes out of it.
    private func layout(_ contents: [Content]) -> (Layout, [String: JSONValue]) {
        var layout = Layout()
        var expected: [String: JSONValue] = ["canonical": true]
        for (index, (field, content)) in zip(fields, contents).enumerated() {
            switch content {
            case .id(let id):
                layout = layout.field(field.name, bigEndian(id, 4))
                expected[field.name] = .hex(bigEndian(id, 4))
            case .integer(let value, let digits):
                layout = layout.field(field.name, base128(value, digits: digits))
                expected[field.name] = .decimal(value)
                if digits > 1 { expected["canonical"] = false }
            case .octets(let count, let digits):
                let octets = filler(count, from: UInt8(0x10 * (index + 1)))
                if field.form == .counted {
                    layout = layout.field("the length of \(field.name)", base128(UInt64(count), digits: digits))
                }
                layout = layout.field(field.name, octets)
                expected[field.name] = .hex(octets)
                if digits > 1 { expected["canonical"] = false }
            }
        }
        return (layout, expected)
    }
}
