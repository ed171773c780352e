/// Why a capture or a key log could not be written; one sentence.
public struct CaptureWriteError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file.
    public var path: String
    /// The operating system's reason.
    public var reason: String

    /// Makes an error.
    public init(path: String, reason: String) {
        self.path = path
        self.reason = reason
    }

    /// One sentence.
    public var description: String { "cannot write \(path): \(reason)" }
}
