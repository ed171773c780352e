/// The registry of a tracker, as one who may write to it sees it: a server of Redis commands.
public protocol RegistryAccess: Sendable {
    /// Has a command carried out and waits for the reply.
    ///
    /// - Throws: If the registry cannot be reached.
    func run(_ command: [[UInt8]]) throws -> RegistryReply
}

/// What a registry answers to a command.
public enum RegistryReply: Hashable, Sendable {
    /// A word, such as `OK`.
    case status(String)
    /// The command was refused; the text begins with a word in capitals, such as `WRONGTYPE`.
    case error(String)
    case integer(Int64)
    case octets([UInt8])
    /// There is no such thing.
    case null
    case array([RegistryReply])
}

/// The registry refused what the checker may do with it, or cannot be reached.
public struct RegistryFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// One sentence.
    public let description: String

    /// Makes one.
    public init(description: String) {
        self.description = description
    }
}
