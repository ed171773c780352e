import Foundation
import Synchronization

/// A file that appears under its name only when it is whole.
///
/// Text goes to a hidden file beside it, which takes the name at `commit` and disappears if that never comes. What is
/// there under the name before stays until then. A path to something that is no regular file, such as a pipe or
/// `/dev/null`, is written straight.
public final class ReportFile: ReportSink {
    /// Where the file goes in the end.
    private let path: String
    private let destination: String
    private let temporary: String?
    /// The open file; nil once it is closed.
    private let descriptor: Mutex<Int32?>

    private static let count = Atomic<Int>(0)

    /// Opens the file, so that an unwritable path is found before there is anything to write.
    ///
    /// - Throws: `CannotWrite`.
    public init(path: String) throws(CannotWrite) {
        self.path = path
        let present = try Self.look(path)
        guard present.map({ $0.st_mode & S_IFMT == S_IFREG }) ?? true else {
            destination = path
            temporary = nil
            descriptor = Mutex(try Self.open(path, O_WRONLY | O_CLOEXEC, path))
            return
        }
        // A link keeps pointing to what it points to.
        let destination = URL(fileURLWithPath: path).resolvingSymlinksInPath()
        let number = Self.count.wrappingAdd(1, ordering: .relaxed).newValue
        let temporary = destination.deletingLastPathComponent()
            .appendingPathComponent(".hlsp2p-check-\(getpid())-\(number).partial")
            .path
        let file = try Self.open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, path)
        if let present {
            fchmod(file, present.st_mode & 0o777)
        }
        self.destination = destination.path
        self.temporary = temporary
        descriptor = Mutex(file)
    }

    deinit {
        guard let file = descriptor.withLock({ $0 }) else { return }
        close(file)
        if let temporary {
            unlink(temporary)
        }
    }

    /// Adds text.
    public func write(_ text: String) throws {
        guard let file = descriptor.withLock({ $0 }) else {
            throw CannotWrite(path: path, reason: "it is closed")
        }
        try writeAll(text, to: file, path: path)
    }

    /// Gives the file its name.
    public func commit() throws {
        guard let file = descriptor.withLock({ $0.take() }) else { return }
        let closed = close(file) == 0
        guard let temporary else { return }
        guard closed, rename(temporary, destination) == 0 else {
            let error = CannotWrite(path: path, reason: systemReason())
            unlink(temporary)
            throw error
        }
    }

    /// What is at `path`; nil if nothing is.
    private static func look(_ path: String) throws(CannotWrite) -> stat? {
        guard !path.isEmpty else { throw CannotWrite(path: "''", reason: "it is no path") }
        var status = stat()
        guard stat(path, &status) == 0 else {
            guard errno == ENOENT else { throw CannotWrite(path: path, reason: systemReason()) }
            return nil
        }
        guard status.st_mode & S_IFMT != S_IFDIR else { throw CannotWrite(path: path, reason: "it is a directory") }
        guard access(path, W_OK) == 0 else { throw CannotWrite(path: path, reason: systemReason()) }
        return status
    }

    private static func open(_ path: String, _ flags: Int32, _ shown: String) throws(CannotWrite) -> Int32 {
        let file = Foundation.open(path, flags, 0o666)
        guard file >= 0 else { throw CannotWrite(path: shown, reason: systemReason()) }
        return file
    }
}
