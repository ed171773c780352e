extension VectorLint {
    /// What else is wrong with files that are to be published as this project's: they keep the schema of their kind, can
    /// be read by who runs them, name only requirements of `requirements`, use no ID of `retired`, and are written in the
    /// canonical form. What they demand stands in one of the `sections` that requirements are taken from, or in one that
    /// encloses such a section; nil if that is not looked at.
    public static func releaseFindings(
        in files: [VectorFile],
        requirements: Set<String>,
        sections: Set<String>? = nil,
        retired: Set<String> = []
    ) -> [VectorFormatError] {
        files.flatMap { file in
            var findings = VectorSchemas.violations(of: file)
            for vector in file.vectors {
                do {
                    try VectorKind.named(file.kind)?.read(vector)
                } catch let error as VectorFormatError {
                    findings.append(error)
                } catch {
                    // Whether the outcome is the expected one is no matter of form.
                }
                for requirement in vector.requirements where !requirements.contains(requirement) {
                    findings.append(
                        VectorFormatError(vector.id, "names a requirement that there is none of: \(requirement)")
                    )
                }
                for section in unknownSections(demandedBy: vector, sections) {
                    findings.append(
                        VectorFormatError(vector.id, "demands what is in no section of a requirement's: \(section)")
                    )
                }
                if retired.contains(vector.id) {
                    findings.append(VectorFormatError(vector.id, "is an ID that was another test's"))
                }
            }
            if let line = firstUncanonicalLine(of: file) {
                findings.append(VectorFormatError("line \(line)", "is not in the canonical form (vectors lint --fix)"))
            }
            return findings.map { $0.within("\(file.path): ") }
        }
    }

    private static func unknownSections(demandedBy vector: Vector, _ known: Set<String>?) -> [String] {
        guard let known, let fields = try? vector.inputFields(), fields["demands"] != nil,
            let demands = try? fields.objects("demands")
        else { return [] }
        return demands.compactMap { try? $0.string("section") }.filter { section in
            !known.contains(section) && !known.contains { $0.hasPrefix("\(section).") }
        }
    }

    /// The text of a file in the canonical form, the number of its tests put right.
    public static func canonicalText(of file: VectorFile) -> [UInt8] {
        let count = JSONValue.integer(file.vectors.count)
        return CanonicalText.of(file.document.replacing(["numberOfTests"], with: count) ?? file.document)
    }

    /// The first line that differs from the canonical form; nil if none does.
    private static func firstUncanonicalLine(of file: VectorFile) -> Int? {
        let canonical = CanonicalText.of(file.document)
        guard canonical != file.text else { return nil }
        let same = zip(canonical, file.text).prefix { $0 == $1 }
        return 1 + same.count { $0.0 == UInt8(ascii: "\n") }
    }
}
