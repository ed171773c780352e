import Flash
import RTMFP

/// What a message says, without what is different each time: transaction times, identifiers, addresses, prose.
///
/// Messages of two runs mean the same if one `says` what the other does. Media are equal if they are of one kind, for what is
/// in them depends on when it was asked for.
public struct Meaning: Hashable, Sendable, CustomStringConvertible {
    /// What kind of message it is: with a command, which.
    public let kind: String
    /// What it says.
    public let text: String
    /// A command's values; of others nothing.
    private var values: [Value] = []

    /// A value of a command.
    private struct Value: Hashable, Sendable {
        var text: String
        /// The members of an information object (RFC 7425 §5.3.2); nil for anything else.
        var information: [String: String]?
    }

    public var description: String { text.isEmpty ? kind : "\(kind) \(text)" }

    /// Takes what a flow with `metadata` delivered.
    public init(_ octets: [UInt8], metadata: [UInt8]) {
        guard (try? FlowMetadata(decoding: metadata)) != nil, let message = try? Message(decoding: octets) else {
            kind = "message"
            text = Meaning.digits(octets)
            return
        }
        if let command = try? Command(decoding: message) {
            kind = "command \(command.name)"
            values = ([command.object] + command.arguments).map { value in
                Value(text: Meaning.text(value), information: Meaning.information(value))
            }
            text = "\(command.transactionID) " + values.map(\.text).joined(separator: " ")
        } else if let control = try? UserControl(decoding: message) {
            kind = "user control \(control.event)"
            text = control.parameters.map(String.init).joined(separator: " ")
        } else if let data = try? DataMessage(decoding: message) {
            kind = "data \(data.handler)"
            text = data.arguments.map(Meaning.text).joined(separator: " ")
        } else if message.type.isMedia {
            kind = message.type == .audio ? "audio" : "video"
            text = ""
        } else {
            kind = "message of type \(message.type.rawValue)"
            text = Meaning.digits(message.payload)
        }
    }

    /// Whether a server may as well not say it: the advice how often to keep a session alive (RFC 7425 §5.3.4).
    public var isAdvice: Bool { kind == "user control 41" }

    /// Whether it says what `recorded` does. An information object may say more: implementations add members of their own.
    public func says(_ recorded: Meaning) -> Bool {
        if self == recorded { return true }
        guard kind == recorded.kind, values.count == recorded.values.count, !values.isEmpty,
            text.prefix(while: { $0 != " " }) == recorded.text.prefix(while: { $0 != " " })
        else { return false }
        return zip(values, recorded.values).allSatisfy { value, other in
            if value.text == other.text { return true }
            guard let members = value.information, let wanted = other.information else { return false }
            return wanted.allSatisfy { members[$0.key] == $0.value }
        }
    }

    private static func information(_ value: AMF0Value) -> [String: String]? {
        let told: [(String, String)]
        switch value {
        case .object(let members), .ecmaArray(let members): told = members.map { ($0.name, text($0.value)) }
        case .avmplus(.object(let object)):
            told = (object.sealed + (object.dynamic ?? [])).map { ($0.name, text($0.value)) }
        default: return nil
        }
        guard told.contains(where: { $0.0 == "code" }) else { return nil }
        return Dictionary(told.filter { !prose.contains($0.0) }) { $1 }
    }

    /// Members that say something for people, or that name one run.
    private static let prose: Set<String> = [
        "description", "details", "clientid", "clientID", "fmsVer", "capabilities", "mode", "data",
    ]

    private static func text(_ value: AMF0Value) -> String {
        switch value {
        case .number(let number): return abs(number) < 1e9 ? "\(number)" : "time"
        case .boolean(let flag): return "\(flag)"
        case .string(let string): return "\"\(settled(string))\""
        case .object(let members), .ecmaArray(let members): return text(members.map { ($0.name, text($0.value)) })
        case .typedObject(let name, let members): return name + text(members.map { ($0.name, text($0.value)) })
        case .null: return "null"
        case .undefined: return "undefined"
        case .date: return "date"
        case .strictArray(let elements): return "[\(elements.map(text).joined(separator: ","))]"
        case .avmplus(let value): return text(value)
        case .reference, .unsupported, .xmlDocument: return "\(value)"
        }
    }

    private static func text(_ value: AMF3Value) -> String {
        switch value {
        case .integer(let integer): "\(Double(integer))"
        case .double(let number): abs(number) < 1e9 ? "\(number)" : "time"
        case .string(let string): "\"\(settled(string))\""
        case .boolean(let flag): "\(flag)"
        case .null: "null"
        case .undefined: "undefined"
        case .date: "date"
        case .array(let array):
            "[\(array.dense.map(text).joined(separator: ","))]"
                + (array.associative.isEmpty ? "" : text(array.associative.map { ($0.name, text($0.value)) }))
        case .object(let object):
            object.className
                + text((object.sealed + (object.dynamic ?? [])).map { ($0.name, text($0.value)) })
        default: "\(value)"
        }
    }

    /// The order of members means nothing.
    private static func text(_ members: [(String, String)]) -> String {
        let told = members.filter { !prose.contains($0.0) }.map { "\($0.0):\($0.1)" }.sorted()
        return "{\(told.joined(separator: ","))}"
    }

    /// A string whose identifiers and addresses are replaced by a sign.
    private static func settled(_ string: String) -> String {
        var settled = ""
        var word = ""
        func flush() {
            settled += isIdentifier(word) ? "…" : word
            word = ""
        }
        for character in string {
            if character.isASCII, character.isHexDigit || character == "." || character == ":" {
                word.append(character)
            } else {
                flush()
                settled.append(character)
            }
        }
        flush()
        return settled
    }

    private static func isIdentifier(_ word: String) -> Bool {
        let digits = word.filter(\.isHexDigit)
        return digits.count >= 16 || digits.count >= 4 && word.filter { $0 == "." }.count == 3
    }

    private static func digits(_ octets: [UInt8]) -> String {
        let shown = octets.prefix(32).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        guard octets.count > 32 else { return shown }
        let hash = SHA256.hash(octets).prefix(4).map { String($0, radix: 16) }.joined()
        return "\(shown)… (\(octets.count) octets, \(hash))"
    }
}
