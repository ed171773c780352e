/// The information object of `onStatus`, and of the answers to `connect`.
public struct Status: Hashable, Sendable {
    /// How grave it is.
    public enum Level: String, Hashable, Sendable {
        case status, warning, error
    }

    /// How grave it is.
    public var level: Level
    /// What it is about, as `NetStream.Play.Start`.
    public var code: String
    /// The same in words.
    public var description: String
    /// Further members.
    public var details: [AMFMember<AMF0Value>]

    /// Makes one.
    public init(
        _ code: String,
        level: Level = .status,
        _ description: String = "",
        details: [AMFMember<AMF0Value>] = []
    ) {
        self.code = code
        self.level = level
        self.description = description
        self.details = details
    }

    /// Reads one; nil if there is no code. An unknown level is taken for `status`.
    public init?(_ value: AMF0Value) {
        guard let code = value["code"]?.string else { return nil }
        self.code = code
        level = value["level"]?.string.flatMap(Level.init) ?? .status
        description = value["description"]?.string ?? ""
        details = []
        if case .object(let members) = value {
            details = members.filter { !["code", "level", "description"].contains($0.name) }
        }
    }

    /// The object.
    public var value: AMF0Value {
        .object(
            [
                AMFMember("level", .string(level.rawValue)), AMFMember("code", .string(code)),
                AMFMember("description", .string(description)),
            ] + details
        )
    }

    /// The `onStatus` command that carries it.
    public var command: Command { Command("onStatus", [value]) }
}

extension Command {
    /// What an `onStatus`, `_result` or `_error` says.
    ///
    /// Some implementations leave out the command object, so that the information object stands in its place.
    var status: Status? { (arguments.first ?? object).status ?? object.status }
}

extension AMF0Value {
    fileprivate var status: Status? { Status(self) }
}
