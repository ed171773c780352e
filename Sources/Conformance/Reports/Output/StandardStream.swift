import Foundation

/// Standard output or standard error, written through without a buffer.
public struct StandardStream: ReportSink {
    /// Standard output.
    public static let output = StandardStream(descriptor: STDOUT_FILENO, name: "standard output")
    /// Standard error.
    public static let error = StandardStream(descriptor: STDERR_FILENO, name: "standard error")

    private let descriptor: Int32
    private let name: String

    /// Whether it is a terminal.
    public var isTerminal: Bool { isatty(descriptor) == 1 }

    /// Adds text.
    public func write(_ text: String) throws {
        try writeAll(text, to: descriptor, path: name)
    }

    /// Does nothing: a stream has no other name to become visible under.
    public func commit() {}
}

/// Writes all of `text`, however many calls it takes.
func writeAll(_ text: String, to descriptor: Int32, path: String) throws(CannotWrite) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
        let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        if count > 0 {
            rest = rest.dropFirst(count)
        } else if errno != EINTR {
            throw CannotWrite(path: path, reason: systemReason())
        }
    }
}

/// The reason of the last system call that failed, as a clause.
func systemReason() -> String {
    String(cString: strerror(errno)).lowercased()
}
