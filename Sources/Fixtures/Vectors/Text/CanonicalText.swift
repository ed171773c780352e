/// The one form in which files of vectors are written: two of them differ only where their contents do.
///
/// Members of files and tests stand in a fixed order, all others in alphabetical order. What fits on a line of 120
/// characters stands on one.
enum CanonicalText {
    private static let width = 120
    private static let indentation = 2

    /// The text of a file.
    static func of(_ document: JSONValue) -> [UInt8] {
        var text = ""
        write(document, .file, at: 0, &text)
        return Array((text + "\n").utf8)
    }

    /// Which members a value has, and so how they are ordered.
    private enum Shape {
        case file, tests, test, other

        var order: [String] {
            switch self {
            case .file: ["$schema", "kind", "title", "specification", "notes", "numberOfTests", "tests"]
            case .test:
                [
                    "id", "comment", "section", "requirements", "result", "reason", "error", "twin", "edit", "input",
                    "expected", "provenance",
                ]
            case .tests, .other: []
            }
        }

        /// Whether it is broken into lines even if it fits on one.
        var isBroken: Bool { self != .other }

        func shape(of member: String) -> Shape { self == .file && member == "tests" ? .tests : .other }

        var ofElements: Shape { self == .tests ? .test : .other }
    }

    /// Appends `value`, whose first character stands in column `column` of a line that is indented by `indent`.
    private static func write(_ value: JSONValue, _ shape: Shape, at indent: Int, column: Int = 0, _ text: inout String)
    {
        if !shape.isBroken {
            let line = value.description
            // A comma may follow.
            if column + line.unicodeScalars.count < width || !value.hasParts {
                text += line
                return
            }
        }
        let inner = indent + indentation
        let margin = String(repeating: " ", count: inner)
        switch value {
        case .object(let members):
            let names =
                shape.order.filter { members[$0] != nil } + members.keys.filter { !shape.order.contains($0) }.sorted()
            let parts = names.map { name in
                let key = "\(margin)\(JSONValue.string(name)): "
                var part = key
                write(members[name] ?? .null, shape.shape(of: name), at: inner, column: key.unicodeScalars.count, &part)
                return part
            }
            text += "{\n\(parts.joined(separator: ",\n"))\n\(String(repeating: " ", count: indent))}"
        case .array(let elements):
            let parts = elements.map { element in
                var part = margin
                write(element, shape.ofElements, at: inner, column: inner, &part)
                return part
            }
            text += "[\n\(parts.joined(separator: ",\n"))\n\(String(repeating: " ", count: indent))]"
        default:
            text += value.description
        }
    }
}

extension JSONValue {
    /// Whether there is something in it that could stand on a line of its own.
    fileprivate var hasParts: Bool {
        switch self {
        case .array(let elements): !elements.isEmpty
        case .object(let members): !members.isEmpty
        default: false
        }
    }
}
