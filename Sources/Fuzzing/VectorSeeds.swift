import Fixtures

/// Files of vectors to begin with: of each that the program holds a test or two, the shortest.
enum VectorSeeds {
    /// Octets of a file at most, so that it is worth changing.
    private static let maximumLength = 12_000

    /// The files.
    static let files: [VectorFile] = {
        let all = Vectors.embedded.compactMap { try? $0.content.get() }
        return all.compactMap { short(of: $0) }
    }()

    /// The files, and a few after each other.
    @Sendable static func texts() -> [[UInt8]] {
        let texts = files.map(\.text).filter { $0.count < maximumLength / 2 }
        let pairs = zip(texts, texts.dropFirst()).prefix(8).map { $0 + [0] + $1 }
        return texts + pairs
    }

    /// Edits of each file: none, and some.
    @Sendable static func edits() -> [[UInt8]] {
        files.indices.flatMap { number in
            let file = [UInt8(truncatingIfNeeded: number >> 8), UInt8(truncatingIfNeeded: number)]
            return [
                file, file + [0, UInt8(truncatingIfNeeded: 7 * number), 3], file + [0, 60, 8, 0, 90, 11, 1, 44, 17],
            ]
        }
    }

    /// The file with its shortest valid test, and a test that is an edit of that; nil if even so it is long.
    private static func short(of file: VectorFile) -> VectorFile? {
        guard case .object(var members) = file.document, case .array(let tests)? = members["tests"] else { return nil }
        func length(_ test: JSONValue) -> Int { test.description.utf8.count }
        let valid = tests.filter { $0["result"] == .string("valid") }.min { length($0) < length($1) }
        guard let valid else { return nil }
        let edited = tests.filter { $0["twin"] == valid["id"] }.min { length($0) < length($1) }
        let chosen = [valid] + (edited.map { [$0] } ?? [])
        members["tests"] = .array(chosen)
        members["numberOfTests"] = .integer(chosen.count)
        guard let read = try? VectorFile(path: "fuzz.json", text: Array(JSONValue.object(members).description.utf8))
        else {
            return nil
        }
        let text = VectorLint.canonicalText(of: read)
        return text.count < maximumLength ? try? VectorFile(path: "fuzz.json", text: text) : nil
    }
}

extension JSONValue {
    /// A member of an object.
    fileprivate subscript(_ name: String) -> JSONValue? {
        if case .object(let members) = self { members[name] } else { nil }
    }
}
