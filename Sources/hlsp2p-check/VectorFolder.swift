import Fixtures
import Foundation

/// The folder that a file of vectors belongs to, if its own is one of those of this project's layout.
struct VectorFolder {
    private let root: URL
    private let file: URL

    /// - Parameter path: the file's.
    init(of path: String) {
        file = URL(filePath: path).standardizedFileURL.resolvingSymlinksInPath()
        root = file.deletingLastPathComponent().deletingLastPathComponent()
    }

    /// The IDs that no test may have any more.
    var retired: Set<String> { Vectors.retired(in: root.path) }

    /// The other files that can be read.
    var neighbours: [VectorFile] {
        let names = Set(Vectors.embedded.compactMap { $0.path.split(separator: "/").first.map(String.init) })
        guard names.contains(file.deletingLastPathComponent().lastPathComponent) else { return [] }
        return names.sorted().flatMap { name in (try? Vectors.load(root.appending(path: name).path)) ?? [] }
            .filter { URL(filePath: $0.path).standardizedFileURL.resolvingSymlinksInPath().path != file.path }
            .compactMap { try? $0.content.get() }
    }
}
