package import Foundation

/// The lines of a file, one at a time, however large the file is.
package struct LineReader {
    /// A line longer than `longestLine`.
    package struct TooLong: Error {}

    package static let longestLine = 1 << 20
    private static let chunk = 1 << 16

    private let file: FileHandle
    private let longestLine: Int
    private var buffer = Data()
    private var searched = 0
    private var hasEnded = false

    /// Reads `file` from where it stands; a line has at most `longestLine` octets, give or take a few kilobytes.
    package init(_ file: FileHandle, longestLine: Int = LineReader.longestLine) {
        self.file = file
        self.longestLine = longestLine
    }

    /// The next line without its end; nil at the end of the file.
    ///
    /// - Throws: `TooLong`, or what Foundation says of the file.
    package mutating func next() throws -> Data? {
        while true {
            if let end = buffer[(buffer.startIndex + searched)...].firstIndex(of: UInt8(ascii: "\n")) {
                let line = Data(buffer[buffer.startIndex..<end])
                buffer = Data(buffer[(end + 1)...])
                searched = 0
                return line
            }
            searched = buffer.count
            guard searched <= longestLine else { throw TooLong() }
            if hasEnded {
                defer { (buffer, searched) = (Data(), 0) }
                return buffer.isEmpty ? nil : buffer
            }
            let more = try file.read(upToCount: LineReader.chunk) ?? Data()
            hasEnded = more.isEmpty
            buffer.append(more)
        }
    }
}
