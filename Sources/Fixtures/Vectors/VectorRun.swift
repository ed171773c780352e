/// Files of vectors, checked and run: what the command `vectors verify` prints, and how it ends.
public struct VectorRun: Sendable {
    /// How a run ended, by the exit statuses of the command line.
    public enum Status: Int32, Sendable {
        /// Every vector that was run has the expected outcome.
        case passed = 0
        /// A vector has another outcome.
        case failed = 1
        /// Nothing was run.
        case undecided = 2
        /// A file does not have the layout of a file of vectors, or breaks its rules.
        case malformed = 65
    }

    /// What came of each file that could be run, in order.
    public let verifications: [VectorVerification]
    /// What is wrong with the files as such; empty if nothing is.
    public let defects: [String]

    /// Checks files and runs the codec over their vectors.
    public init(_ loaded: [Vectors.Loaded]) {
        var files: [VectorFile] = []
        var verifications: [VectorVerification] = []
        var defects: [String] = []
        for loaded in loaded {
            do throws(VectorFormatError) {
                let file = try loaded.content.get()
                files.append(file)
                verifications.append(try VectorVerification(of: file))
            } catch {
                defects.append("\(loaded.path): \(error)")
            }
        }
        self.verifications = verifications
        self.defects = defects + VectorLint.findings(in: files).map(\.description).filter { !defects.contains($0) }
    }

    /// How it ended.
    public var status: Status {
        if !defects.isEmpty { return .malformed }
        if verifications.contains(where: { !$0.failures.isEmpty }) { return .failed }
        return verifications.contains { $0.passed > 0 } ? .passed : .undecided
    }

    /// A line a file, below it what failed, and a line about all.
    public var summary: String {
        let passed = verifications.reduce(0) { $0 + $1.passed }
        let failed = verifications.reduce(0) { $0 + $1.failures.count }
        let total = "\(verifications.count) files: \(passed) passed, \(failed) failed"
        return (verifications.map(\.summary) + [total]).joined(separator: "\n")
    }
}

extension VectorVerification {
    /// A line about the file, and below it what failed.
    public var summary: String {
        var counts: [String] = []
        if passed > 0 { counts.append("\(passed) passed") }
        if !failures.isEmpty { counts.append("\(failures.count) failed") }
        var lines = ["\(path): \(counts.joined(separator: ", "))"]
        if let omission { lines[0] += " (\(omission))" }
        for failure in failures {
            let vector = failure.vector
            lines.append("  \(vector.id) (\(vector.sections.joined(separator: ", "))): \(vector.comment)")
            lines.append("    expected \(failure.mismatch.subject): \(failure.mismatch.expected)")
            lines.append("    actual   \(failure.mismatch.subject): \(failure.mismatch.actual)")
            if let offset = failure.mismatch.offset { lines.append("    first difference at octet \(offset)") }
        }
        return lines.joined(separator: "\n")
    }
}
