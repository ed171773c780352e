import RTMFP

/// How a target is brought to send data on a flow: what one says to it, and what it answers.
public enum Dialect: Sendable, Hashable {
    /// A NetConnection server (RFC 7425 §5.3): it answers `connect`, and calls of methods that it does not have.
    case netConnection
    /// An echo: it sends each message of a flow back on a flow that it associates to that one.
    case echo

    /// The metadata of a flow on which either is spoken: those of stream 0 (RFC 7425 §5.1.1).
    static let metadata: [UInt8] = [0x54, 0x43, 0x04, 0x00]
}

/// A message to which the target has an answer.
struct Question: Sendable {
    /// Counts from 1 within its conversation.
    let number: Int
    let octets: [UInt8]
}

extension Dialect {
    /// The question with the given number.
    ///
    /// - Parameters:
    ///   - size: octets of the answer, at least, if the target's answers can be made long; 60 000 at most.
    ///   - padding: octets of the question that the answer need not repeat.
    ///   - uri: what is connected to.
    func question(_ number: Int, size: Int, padding: Int, uri: String) -> Question {
        switch self {
        case .netConnection where number == 1:
            Question(number: number, octets: Command("connect", transaction: 1, .connect(uri)).message)
        case .netConnection:
            Question(
                number: number,
                octets: Command(
                    "hlsp2pCheck" + String(repeating: "x", count: min(size, 60_000)),
                    transaction: Double(number),
                    [0x05] + strings(padding)
                ).message
            )
        case .echo:
            Question(
                number: number,
                octets: Array("question \(number) ".utf8)
                    + [UInt8](repeating: 0x78, count: max(0, min(size, 60_000)) + max(0, padding))
            )
        }
    }

    /// As many strings in AMF0 as it takes for `count` octets.
    private func strings(_ count: Int) -> [UInt8] {
        stride(from: 0, to: count, by: 50_000).flatMap { start in
            [UInt8].string(String(repeating: "y", count: min(50_000, count - start)))
        }
    }

    /// Whether `message` answers `question`.
    func isAnswer(_ message: [UInt8], to question: Question) -> Bool {
        switch self {
        case .echo:
            return message == question.octets
        case .netConnection:
            guard let command = Command(message), command.transaction == Double(question.number) else { return false }
            return command.name == "_result" || (command.name == "_error" && question.number > 1)
        }
    }
}

/// A command of RTMP (RFC 7425 §5.3) in AMF0, as far as questions and answers need it.
struct Command {
    var name: String
    var transaction: Double
    /// What follows, in AMF0.
    var arguments: [UInt8]

    init(_ name: String, transaction: Double, _ arguments: [UInt8]) {
        self.name = name
        self.transaction = transaction
        self.arguments = arguments
    }

    /// Reads a command message of type 20, or of type 17 with AMF0 in it; nil if it is none.
    init?(_ message: [UInt8]) {
        var reader = ByteReader(message.span)
        guard let type = try? reader.uint8("type"), type == 20 || type == 17,
            (try? reader.uint32("timestamp")) != nil,
            type == 20 || (try? reader.uint8("format")) == 0,
            (try? reader.uint8("marker")) == 0x02,
            let length = try? reader.uint16("length"),
            var text = try? reader.nested(UInt64(length), "name"),
            (try? reader.uint8("marker")) == 0x00,
            let high = try? reader.uint32("number"), let low = try? reader.uint32("number")
        else { return nil }
        name = String(decoding: text.rest(), as: UTF8.self)
        transaction = Double(bitPattern: UInt64(high) << 32 | UInt64(low))
        arguments = reader.rest()
    }

    /// The message: type 20, timestamp 0, name, transaction, arguments.
    var message: [UInt8] {
        [20, 0, 0, 0, 0] + .string(name) + .number(transaction) + arguments
    }
}

extension [UInt8] {
    /// A string in AMF0; cut to what the format can hold.
    static func string(_ text: String) -> [UInt8] {
        [0x02] + name(text)
    }

    /// A number in AMF0.
    static func number(_ value: Double) -> [UInt8] {
        [0x00] + (0..<8).map { UInt8(truncatingIfNeeded: value.bitPattern >> (56 - 8 * UInt64($0))) }
    }

    /// The command object of `connect` to `uri` (RFC 7425 §5.3.1), in AMF0.
    static func connect(_ uri: String) -> [UInt8] {
        // What stands between the authority and the query.
        let path = uri.split(separator: "/", omittingEmptySubsequences: false).dropFirst(3).joined(separator: "/")
        let app = String(path.prefix { $0 != "?" })
        return [0x03] + name("app") + string(app) + name("tcUrl") + string(uri)
            + name("objectEncoding") + number(0) + [0x00, 0x00, 0x09]
    }

    private static func name(_ text: String) -> [UInt8] {
        let octets = Array(text.utf8.prefix(Int(UInt16.max)))
        return [UInt8(octets.count >> 8), UInt8(octets.count & 0xff)] + octets
    }
}
