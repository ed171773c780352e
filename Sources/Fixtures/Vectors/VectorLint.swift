/// Looks for what is wrong with files of vectors as such, whatever a codec makes of them.
public enum VectorLint {
    /// What is wrong with each of `files`, and with all of them together; empty if nothing is.
    public static func findings(in files: [VectorFile]) -> [VectorFormatError] {
        var findings: [VectorFormatError] = []
        var owners: [String: String] = [:]
        for file in files {
            findings += self.findings(in: file).map { $0.within("\(file.path): ") }
            for vector in file.vectors {
                if let owner = owners.updateValue(file.path, forKey: vector.id) {
                    findings.append(VectorFormatError("\(file.path): \(vector.id)", "is already used in \(owner)"))
                }
            }
        }
        return findings
    }

    private static func findings(in file: VectorFile) -> [VectorFormatError] {
        var findings: [VectorFormatError] = []
        func find(_ place: String, _ problem: String) { findings.append(VectorFormatError(place, problem)) }

        if VectorKind.named(file.kind) == nil { find("/kind", "is not a kind of vectors: \(file.kind)") }
        if file.numberOfTests != file.vectors.count {
            find("/numberOfTests", "is \(file.numberOfTests), but there are \(file.vectors.count)")
        }
        if file.notes.isEmpty { find("/notes", "says nothing about how to read the vectors") }
        if !file.vectors.contains(where: { $0.result == .valid }) { find("/tests", "has no valid vector") }
        checkSections(file.specification, "/specification", find)
        let vectors = Dictionary(file.vectors.map { ($0.id, $0) }) { first, _ in first }
        for vector in file.vectors {
            check(vector, among: vectors, find)
        }
        return findings
    }

    private static func check(
        _ vector: Vector,
        among vectors: [String: Vector],
        _ find: (_ place: String, _ problem: String) -> Void
    ) {
        if !isIdentifier(vector.id) {
            find(vector.id, "is not an ID: a lower-case letter or a digit, then letters, digits, '.', '_' and '-'")
        }
        if vector.comment.isEmpty { find(vector.id, "has no comment") }
        checkSections(vector.sections, "\(vector.id): /section", find)
        switch vector.result {
        case .valid:
            if vector.reason != nil || vector.error != nil || vector.twin != nil || vector.edit != nil {
                find(vector.id, "is valid and has a reason, an error, a twin or an edit all the same")
            }
        case .invalid:
            if vector.twin == nil { find(vector.id, "is invalid and has no valid twin") }
            if vector.error == nil { find(vector.id, "is invalid and does not say with what class of error") }
            fallthrough
        case .acceptable:
            if vector.reason?.isEmpty ?? true { find(vector.id, "is not valid and has no reason") }
        }
        if (vector.twin == nil) != (vector.edit == nil) { find(vector.id, "has a twin or an edit without the other") }
        guard let twinID = vector.twin, let edit = vector.edit else { return }
        guard let twin = vectors[twinID], twin.result == .valid else {
            find(vector.id, "has a twin that is not a valid vector of the same file: \(twinID)")
            return
        }
        do {
            if try edit.applied(to: twin.input) != vector.input {
                find(vector.id, "is not what its edit makes of \(twinID)")
            }
        } catch {
            find("\(vector.id): /edit\(error.place)", error.problem)
        }
    }

    private static func checkSections(
        _ sections: [String],
        _ place: String,
        _ find: (_ place: String, _ problem: String) -> Void
    ) {
        if sections.isEmpty { find(place, "names no section") }
        for section in sections where !isSection(section) {
            find(place, "does not name a section of a specification: \(section)")
        }
    }

    private static let specifications = [
        "RFC 7016", "RFC 7425", "RFC 3986", "RFC 8216", "AMF0", "AMF3", "peer-protocol", "tracker-protocol",
        "swarm-algorithm",
    ]

    private static func isSection(_ text: String) -> Bool {
        specifications.contains { text.hasPrefix("\($0) §") && text.dropFirst($0.count + 2).first?.isNumber ?? false }
    }

    /// As in file.schema.json.
    private static func isIdentifier(_ text: String) -> Bool {
        func isLetterOrDigit(_ character: Character) -> Bool {
            character.isASCII && (character.isLetter || character.isNumber)
        }
        guard let first = text.first, isLetterOrDigit(first), !first.isUppercase else { return false }
        return text.allSatisfy { isLetterOrDigit($0) || "._-".contains($0) }
    }
}
