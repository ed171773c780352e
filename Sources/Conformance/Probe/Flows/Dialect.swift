import Flash
import RTMFP

/// How a target is brought to send data on a flow: what one says to it, and what it answers.
public enum Dialect: Sendable, Hashable {
    /// A NetConnection server (RFC 7425 §5.3): it answers `connect`, and calls of methods that it does not have. Some
    /// accept no other object encoding than AMF3.
    case netConnection(objectEncoding: Double = 0)
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
        case .netConnection(let encoding) where number == 1:
            Question(number: number, octets: Command.connect(uri, objectEncoding: encoding).message().encoded)
        case .netConnection:
            Question(
                number: number,
                octets: Command(
                    "hlsp2pCheck" + String(repeating: "x", count: max(0, min(size, 60_000))),
                    transactionID: Double(number),
                    strings(padding)
                ).message().encoded
            )
        case .echo:
            Question(
                number: number,
                octets: Array("question \(number) ".utf8)
                    + [UInt8](repeating: 0x78, count: max(0, min(size, 60_000)) + max(0, padding))
            )
        }
    }

    /// As many strings as it takes for `count` octets.
    private func strings(_ count: Int) -> [AMF0Value] {
        stride(from: 0, to: count, by: 50_000).map { start in
            .string(String(repeating: "y", count: min(50_000, count - start)))
        }
    }

    /// Whether `message` answers `question`.
    func isAnswer(_ message: [UInt8], to question: Question) -> Bool {
        switch self {
        case .echo:
            return message == question.octets
        case .netConnection:
            guard let command = (try? Message(decoding: message)).flatMap({ try? Command(decoding: $0) }),
                command.transactionID == Double(question.number)
            else { return false }
            return command.name == "_result" || (command.name == "_error" && question.number > 1)
        }
    }
}

extension Command {
    /// `connect` to `uri`, in AMF0 (RFC 7425 §5.3.1). The argument names what a rendezvous of hls-p2p asks for, a resource;
    /// nil leaves it out.
    static func connect(
        _ uri: String,
        objectEncoding: Double = 0,
        resource: String? = RegistryLedger.usualResource
    ) -> Command {
        // What stands between the authority and the query.
        let path = uri.split(separator: "/", omittingEmptySubsequences: false).dropFirst(3).joined(separator: "/")
        let members: [AMFMember<AMF0Value>] = [
            AMFMember("app", .string(String(path.prefix { $0 != "?" }))), AMFMember("tcUrl", .string(uri)),
            AMFMember("objectEncoding", .number(objectEncoding)),
        ]
        return Command("connect", transactionID: 1, object: .object(members), resource.map { [.string($0)] } ?? [])
    }
}
