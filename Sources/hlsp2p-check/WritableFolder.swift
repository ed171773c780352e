import Foundation

/// Finds out whether files can be made in a folder.
enum WritableFolder {
    /// A folder in which no file can be made.
    struct Unusable: Error, CustomStringConvertible {
        /// One sentence.
        let description: String
    }

    /// Makes a file in the folder at `path`, and takes it away again; so also folders that are not there yet.
    ///
    /// - Throws: `Unusable`.
    static func check(_ path: String) throws(Unusable) {
        let folder = URL(filePath: path, directoryHint: .isDirectory)
        var made: [URL] = []
        var place = folder.standardizedFileURL
        while !FileManager.default.fileExists(atPath: place.path), place.path != "/" {
            made.append(place)
            place.deleteLastPathComponent()
        }
        // Others may have put something there meanwhile: only what is empty goes.
        defer { for place in made { rmdir(place.path) } }
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let file = folder.appending(path: ".hlsp2p-check-\(UUID().uuidString)")
            try Data().write(to: file)
            try FileManager.default.removeItem(at: file)
        } catch {
            throw Unusable(description: "cannot write into \(path): \(error.localizedDescription)")
        }
    }
}
