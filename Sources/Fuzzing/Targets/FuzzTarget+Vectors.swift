import Fixtures

/// Files of test vectors, which anybody may write.
extension FuzzTarget {
    static let vectors: [FuzzTarget] = [
        FuzzTarget("vectors", "files of vectors, a zero between two", maximumLength: 16_384, seeds: VectorSeeds.texts) {
            octets in
            let files = try octets.split(separator: 0, omittingEmptySubsequences: false).prefix(2).map { text in
                let file = try VectorFile(path: "fuzz.json", text: Array(text))
                try requireOrder(in: file)
                return file
            }
            guard let old = files.first, let new = files.last else { return }
            try requireDifference(from: old, to: new)
        },
        FuzzTarget("vector-edits", "edits of a file of vectors", maximumLength: 256, seeds: VectorSeeds.edits) {
            octets in
            guard let edited = VectorEdits(octets) else { return }
            let new = try VectorFile(path: "fuzz.json", text: edited.text)
            try requireOrder(in: new)
            try requireDifference(from: edited.original, to: new)
        },
    ]

    /// What must hold of a file that can be read.
    private static func requireOrder(in file: VectorFile) throws {
        let canonical = VectorLint.canonicalText(of: file)
        let again: VectorFile
        do {
            again = try VectorFile(path: file.path, text: canonical)
        } catch {
            throw Violation(description: "what was written cannot be read: \(error)")
        }
        try require(again.vectors == file.vectors, "what was written is read as something else")
        try require(
            areEqual(VectorLint.canonicalText(of: again), canonical),
            "what was read is written as something else"
        )

        let known = Set(again.vectors.flatMap(\.requirements))
        let findings =
            VectorLint.findings(in: [again]) + VectorLint.releaseFindings(in: [again], requirements: known)
        let length = findings.reduce(0) { $0 + $1.description.utf8.count }
        try require(
            length <= 65_536 + 64 * canonical.count,
            "\(length) octets of findings in a file of \(canonical.count)"
        )
        do throws(VectorFormatError) {
            _ = try VectorVerification(of: again)
        } catch {
            try require(!findings.isEmpty, "nothing is wrong with a file that cannot be run: \(error)")
        }
    }

    /// What must hold of two files.
    private static func requireDifference(from old: VectorFile, to new: VectorFile) throws {
        for file in [old, new] {
            let difference = VectorDifference(from: [file], to: [file])
            try require(difference.changes.isEmpty, "a file differs from itself: \(difference.summary)")
        }
        let there = VectorDifference(from: [old], to: [new])
        let back = VectorDifference(from: [new], to: [old])
        func ids(_ difference: VectorDifference, _ changes: VectorDifference.Change...) -> [String] {
            difference.changes.filter { changes.contains($0.change) }.map(\.id)
        }
        try require(ids(there, .added) == ids(back, .removed), "what is added one way is not removed the other way")
        try require(ids(there, .removed) == ids(back, .added), "what is removed one way is not added the other way")
        try require(
            ids(there, .changed, .reworded) == ids(back, .changed, .reworded),
            "what is another test one way is the same test the other way"
        )
        // A class of error may be added to a test that had none, but not be taken away.
        let both = Set(ids(there, .changed)).intersection(ids(back, .changed))
        for id in Set(ids(there, .changed) + ids(back, .changed)).subtracting(both) {
            let errors = [old, new].map { file in file.vectors.first { $0.id == id }?.error }
            try require(errors.contains(nil) && errors[0] != errors[1], "\(id) is changed one way only")
        }
        let retired = Set(new.vectors.map(\.id))
        let reuse = VectorDifference(from: [old], to: [new], retired: retired)
        try require(ids(reuse, .added).isEmpty, "an ID that was in use is said to be new")
        try require(ids(reuse, .reused) == ids(there, .added), "an ID that was in use is not said to be used again")
    }
}
