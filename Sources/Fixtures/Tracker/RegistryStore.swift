import Synchronization

/// A registry in memory that knows the commands of Redis by which rendezvous, trackers and checkers of hls-p2p
/// share one; for simulated worlds. What is to expire stays: nobody waits for it.
public final class RegistryStore: Sendable {
    /// What a key holds.
    private enum Value {
        case list([String])
        case set(Set<String>)
        case text(String)
    }

    /// What the store answers.
    public enum Reply: Hashable, Sendable {
        case status(String)
        case error(String)
        case integer(Int64)
        case text(String)
        case null
        case array([String])
    }

    private let values = Mutex<[String: Value]>([:])

    /// Makes an empty one.
    public init() {}

    /// Carries out a command.
    public func run(_ command: [String]) -> Reply {
        values.withLock { values in
            guard let name = command.first?.uppercased() else { return .error("ERR no command") }
            if name == "PING" { return .status("PONG") }
            guard command.count >= 2 else { return .error("ERR wrong number of arguments") }
            let key = command[1]
            let arguments = Array(command.dropFirst(2))
            switch name {
            case "TYPE": return .status(Self.type(values[key]))
            case "SET":
                values[key] = .text(arguments.first ?? "")
                return .status("OK")
            case "EXISTS": return .integer(values[key] == nil ? 0 : 1)
            case "EXPIRE": return .integer(values[key] == nil ? 0 : 1)
            case "DEL": return .integer(values.removeValue(forKey: key) == nil ? 0 : 1)
            case "SADD", "SREM", "SISMEMBER", "SMEMBERS": return Self.set(name, &values[key], arguments)
            case "LPUSH", "RPUSH", "LREM", "LLEN", "LRANGE": return Self.list(name, &values[key], arguments)
            default: return .error("ERR unknown command '\(name)'")
            }
        }
    }

    /// The list of a key, head first; nil if it holds something else.
    public func list(_ key: String) -> [String]? {
        values.withLock { values in
            switch values[key] {
            case nil: []
            case .list(let list): list
            default: nil
            }
        }
    }

    /// Every key that holds a list.
    public var lists: [String] {
        values.withLock { values in
            values.filter { if case .list = $0.value { true } else { false } }.keys.sorted()
        }
    }

    private static let wrongType = Reply.error(
        "WRONGTYPE Operation against a key holding the wrong kind of value"
    )

    private static func type(_ value: Value?) -> String {
        switch value {
        case nil: "none"
        case .list: "list"
        case .set: "set"
        case .text: "string"
        }
    }

    private static func set(_ name: String, _ value: inout Value?, _ arguments: [String]) -> Reply {
        var members: Set<String> = []
        switch value {
        case nil: break
        case .set(let set): members = set
        default: return wrongType
        }
        let before = members.count
        switch name {
        case "SADD": members.formUnion(arguments)
        case "SREM": members.subtract(arguments)
        case "SISMEMBER": return .integer(arguments.first.map(members.contains) ?? false ? 1 : 0)
        default: return .array(members.sorted())
        }
        value = members.isEmpty ? nil : .set(members)
        return .integer(Int64(abs(members.count - before)))
    }

    private static func list(_ name: String, _ value: inout Value?, _ arguments: [String]) -> Reply {
        var list: [String] = []
        switch value {
        case nil: break
        case .list(let elements): list = elements
        default: return wrongType
        }
        switch name {
        case "LPUSH": list.insert(contentsOf: arguments.reversed(), at: 0)
        case "RPUSH": list += arguments
        case "LLEN": return .integer(Int64(list.count))
        case "LRANGE":
            guard arguments.count == 2, let start = Int(arguments[0]), let end = Int(arguments[1]) else {
                return .error("ERR value is not an integer or out of range")
            }
            let first = max(0, start < 0 ? list.count + start : start)
            let last = min(list.count - 1, end < 0 ? list.count + end : end)
            return .array(first <= last ? Array(list[first...last]) : [])
        default:
            guard arguments.count == 2, let count = Int(arguments[0]) else {
                return .error("ERR value is not an integer or out of range")
            }
            var removed = 0
            while count == 0 || removed < count, let index = list.firstIndex(of: arguments[1]) {
                list.remove(at: index)
                removed += 1
            }
            value = list.isEmpty ? nil : .list(list)
            return .integer(Int64(removed))
        }
        value = list.isEmpty ? nil : .list(list)
        return .integer(Int64(list.count))
    }
}
