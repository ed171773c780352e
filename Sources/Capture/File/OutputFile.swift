import Foundation

/// A file that is written from front to back through a bounded buffer.
@safe final class OutputFile {
    /// Octets that are collected before they are written.
    static let chunk = 1 << 16

    let path: String
    /// Octets written and collected.
    private(set) var count = 0
    private var descriptor: Int32
    private var waiting: [UInt8] = []

    /// Makes the file, or empties it; only its owner may read it if `isPrivate`.
    ///
    /// - Throws: `CaptureWriteError` if it cannot be made.
    init(path: String, isPrivate: Bool = false) throws(CaptureWriteError) {
        self.path = path
        descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, isPrivate ? 0o600 : 0o644)
        guard descriptor >= 0 else { throw CaptureWriteError(path: path, reason: OutputFile.reason(errno)) }
        // One that was there keeps its mode. What is no file of ours, as /dev/null, need not let itself be changed.
        if isPrivate { fchmod(descriptor, 0o600) }
    }

    deinit {
        if descriptor >= 0 { Glibc.close(descriptor) }
    }

    /// Appends octets.
    func write(_ octets: [UInt8]) throws(CaptureWriteError) {
        waiting += octets
        count += octets.count
        if waiting.count >= OutputFile.chunk { try flush() }
    }

    /// Hands what was collected to the operating system.
    func flush() throws(CaptureWriteError) {
        defer { waiting.removeAll(keepingCapacity: true) }
        var done = 0
        while done < waiting.count {
            let written = unsafe waiting.withUnsafeBytes { octets in
                unsafe Glibc.write(descriptor, octets.baseAddress?.advanced(by: done), octets.count - done)
            }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { throw CaptureWriteError(path: path, reason: OutputFile.reason(errno)) }
            done += written
        }
    }

    /// Writes what was collected, and closes the file; twice does no harm.
    func close() throws(CaptureWriteError) {
        guard descriptor >= 0 else { return }
        defer { descriptor = -1 }
        do {
            try flush()
        } catch {
            Glibc.close(descriptor)
            throw error
        }
        guard Glibc.close(descriptor) == 0 else {
            throw CaptureWriteError(path: path, reason: OutputFile.reason(errno))
        }
    }

    private static func reason(_ number: Int32) -> String {
        unsafe strerror(number).map { unsafe String(cString: $0) } ?? "error \(number)"
    }
}
