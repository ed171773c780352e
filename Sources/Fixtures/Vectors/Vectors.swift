internal import CVectors
internal import Foundation

/// The test vectors of the folder `vectors`.
public enum Vectors {
    /// A file that was read: its vectors, or why it has none.
    public struct Loaded: Sendable {
        /// As in `VectorFile.path`.
        public let path: String
        /// The vectors, or what is wrong with the file.
        public let content: Result<VectorFile, VectorFormatError>

        init(path: String, text: [UInt8]) {
            self.path = path
            content = Result { () throws(VectorFormatError) in try VectorFile(path: path, text: text) }
        }
    }

    /// The vectors that this program was built with.
    public static let embedded: [Loaded] = texts.map { Loaded(path: $0.path, text: $0.text) }

    /// The files of vectors that this program was built with: paths below `vectors`, and texts.
    static var texts: [(path: String, text: [UInt8])] {
        contents.filter { !$0.path.hasPrefix("schemas/") }
    }

    /// The same, and the schemas.
    static var contents: [(path: String, text: [UInt8])] {
        (0..<vector_file_count()).map { index in
            let file = vector_file_at(index)
            return (String(cString: file.path), Array(String(cString: file.text).utf8))
        }
    }

    /// Reads a file, or every file of a folder and its folders whose name ends in `.json`, schemas aside.
    ///
    /// - Throws: `VectorFormatError` if there is nothing to read at `path`.
    public static func load(_ path: String) throws(VectorFormatError) -> [Loaded] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw VectorFormatError(path, "does not exist")
        }
        guard isFolder.boolValue else { return [try read(path)] }
        var loaded: [Loaded] = []
        // An enumerator does not follow its root, if that is a link.
        let root = URL(filePath: path).resolvingSymlinksInPath().path
        for name in (FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []).sorted()
        where name.hasSuffix(".json") && !name.hasSuffix(".schema.json") {
            loaded.append(try read("\(path)/\(name)"))
        }
        guard !loaded.isEmpty else { throw VectorFormatError(path, "holds no files of vectors") }
        return loaded
    }

    /// The IDs in the file `retired.txt` of a folder, a line each; none if there is no such file.
    public static func retired(in folder: String) -> Set<String> {
        let text = FileManager.default.contents(atPath: "\(folder)/retired.txt") ?? Data()
        return Set(String(decoding: text, as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init))
    }

    private static func read(_ path: String) throws(VectorFormatError) -> Loaded {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        guard attributes?[.type] as? FileAttributeType == .typeRegular,
            let size = attributes?[.size] as? Int, size <= maximumSize,
            let data = FileManager.default.contents(atPath: path)
        else { throw VectorFormatError(path, "is not a readable file of at most \(maximumSize) octets") }
        return Loaded(path: path, text: Array(data))
    }

    private static let maximumSize = 64 << 20
}
