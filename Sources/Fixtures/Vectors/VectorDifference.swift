/// How two sets of vectors differ, test by test.
public struct VectorDifference: Sendable {
    /// What has become of a test.
    public enum Change: String, Sendable, CaseIterable {
        /// It is new.
        case added
        /// It is gone.
        case removed
        /// It stands in another file.
        case moved
        /// It says the same in other words: comment, reason, sections, requirements, provenance.
        case reworded
        /// It is another test under the same ID.
        case changed
        /// Its ID was that of a test that is gone.
        case reused
    }

    /// What has become of each test that is not the same, by ID.
    public let changes: [(id: String, change: Change, detail: String)]

    /// Compares two sets.
    ///
    /// - Parameter retired: IDs that were in use before the old set.
    public init(from old: [VectorFile], to new: [VectorFile], retired: Set<String> = []) {
        let old = VectorDifference.tests(of: old)
        let new = VectorDifference.tests(of: new)
        changes = Set(old.keys).union(new.keys).sorted().compactMap { id in
            VectorDifference.change(old[id], new[id], isRetired: retired.contains(id)).map { (id, $0, $1) }
        }
    }

    /// Whether the new set keeps the promise of the old one's IDs.
    public var keepsIDs: Bool { !changes.contains { [.changed, .reused].contains($0.change) } }

    /// A line a test, and one with the counts.
    public var summary: String {
        let lines = changes.map { "\($0.change.rawValue) \($0.id): \($0.detail)" }
        let counts = Change.allCases.map { change in "\(changes.count { $0.change == change }) \(change.rawValue)" }
        return (lines + [counts.joined(separator: ", ")]).joined(separator: "\n")
    }

    private struct Test {
        let file: VectorFile
        let vector: Vector
    }

    private static func tests(of files: [VectorFile]) -> [String: Test] {
        let tests = files.flatMap { file in file.vectors.map { ($0.id, Test(file: file, vector: $0)) } }
        return Dictionary(tests) { first, _ in first }
    }

    private static func change(_ old: Test?, _ new: Test?, isRetired: Bool) -> (Change, String)? {
        guard let old else {
            guard let new else { return nil }
            let detail = "\(new.vector.comment) (\(new.file.kind))"
            return isRetired ? (.reused, detail) : (.added, detail)
        }
        guard let new else { return (.removed, "\(old.vector.comment) (\(old.file.kind))") }
        let parts: [(String, Bool)] = [
            ("kind", old.file.kind == new.file.kind), ("result", old.vector.result == new.vector.result),
            ("input", old.vector.input == new.vector.input), ("expected", old.vector.expected == new.vector.expected),
            ("error", old.vector.error == nil || old.vector.error == new.vector.error),
        ]
        let differing = parts.filter { !$0.1 }.map(\.0)
        if !differing.isEmpty { return (.changed, differing.joined(separator: ", ")) }
        if old.vector != new.vector { return (.reworded, new.vector.comment) }
        let (from, to) = (old.file.name, new.file.name)
        return from == to ? nil : (.moved, "\(from) to \(to)")
    }
}

extension VectorFile {
    /// The last part of the path.
    var name: String { path.split(separator: "/").last.map(String.init) ?? path }
}
