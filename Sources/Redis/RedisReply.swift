/// What Redis answers to a command.
public enum RedisReply: Hashable, Sendable {
    /// A word, such as `OK`.
    case status(String)
    /// The command was refused; the text begins with a word in capitals, such as `WRONGTYPE`.
    case error(String)
    case integer(Int64)
    case string([UInt8])
    /// There is no such thing.
    case null
    case array([RedisReply])

    /// The number; nil if it is none.
    public var integer: Int64? {
        if case .integer(let value) = self { value } else { nil }
    }

    /// The octets of a string; nil if it is none.
    public var octets: [UInt8]? {
        if case .string(let octets) = self { octets } else { nil }
    }

    /// The elements of an array; nil if it is none.
    public var elements: [RedisReply]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    /// The text of an error; nil if it is none.
    public var errorText: String? {
        if case .error(let text) = self { text } else { nil }
    }
}
