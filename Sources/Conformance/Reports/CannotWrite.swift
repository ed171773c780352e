/// A report cannot be written; the run ends with `RunStatus.cannotWrite`.
public struct CannotWrite: Error, Sendable, Hashable, CustomStringConvertible {
    /// Where it was to go, as the user wrote it.
    public var path: String
    /// Why it cannot be written, without a full stop.
    public var reason: String

    /// Makes the error.
    public init(path: String, reason: String) {
        self.path = path
        self.reason = reason
    }

    /// One sentence.
    public var description: String { "cannot write \(path): \(reason)" }
}
