/// Why a key log cannot be used; every case is one sentence.
public enum KeyLogError: Error, Hashable, Sendable {
    /// The file could not be read; the operating system's reason.
    case cannotRead(path: String, reason: String)
    /// A line, counted from 1, does not say what it must.
    case badLine(path: String, line: Int, reason: String)
    /// No line tells of an open session.
    case noSessions(path: String)
}

extension KeyLogError: CustomStringConvertible {
    /// One sentence.
    public var description: String {
        switch self {
        case .cannotRead(let path, let reason): "cannot read \(path): \(reason)"
        case .badLine(let path, let line, let reason): "\(path), line \(line): \(reason)"
        case .noSessions(let path): "\(path) has no line with \"event\": \"open\", so it holds no session's keys"
        }
    }
}
