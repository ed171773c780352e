/// Redis could not be asked, or did not answer.
public enum RedisFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// Nothing was sent: the command was not carried out.
    case unreachable(String)
    /// The connection broke, or no answer came in time: whether the command was carried out is not known.
    case lost(String)
    /// Too much waits already: the command was not carried out.
    case overloaded

    /// One sentence.
    public var description: String {
        switch self {
        case .unreachable(let reason): "Redis cannot be reached: \(reason)."
        case .lost(let reason): "Redis does not answer: \(reason)."
        case .overloaded: "Too many commands wait for Redis."
        }
    }
}
