internal import Flash
internal import RTMFP

extension VectorKind {
    /// The messages that flows carry (RFC 7425 §5).
    static let flash: [VectorKind] = [
        VectorKind("flow-metadata") { vector in
            let octets = try vector.inputFields().octets("metadata")
            guard let metadata = try vector.accepted({ try FlowMetadata(decoding: octets) }) else { return }
            try vector.compare([
                "streamID": .decimal(UInt64(metadata.streamID)),
                "receiveIntent": .integer(Int(metadata.receiveIntent.rawValue)),
                "canonical": .bool(metadata.encoded == octets),
            ])
        },
        VectorKind("message") { vector in
            let octets = try vector.inputFields().octets("message")
            guard let message = try vector.accepted({ try Message(decoding: octets) }) else { return }
            try vector.compare(message.members.merging(["payload": .octets(message.payload)]) { $1 })
            try require("encoded", octets, message.encoded)
        },
        VectorKind("command") { vector in
            let octets = try vector.inputFields().octets("message")
            let decoded = try vector.accepted {
                let message = try Message(decoding: octets)
                return (message, try Command(decoding: message))
            }
            guard let (message, command) = decoded else { return }
            try vector.compare(message.members.merging(["values": .array(command.values.map(JSONValue.init))]) { $1 })
            try require("encoded", octets, command.message(timestamp: message.timestamp).encoded)
        },
        VectorKind("user-control") { vector in
            let octets = try vector.inputFields().octets("message")
            let decoded = try vector.accepted {
                let message = try Message(decoding: octets)
                return (message, try UserControl(decoding: message))
            }
            guard let (message, control) = decoded else { return }
            try vector.compare([
                "timestamp": .integer(Int(message.timestamp)), "event": .integer(Int(control.event)),
                "parameters": .array(control.parameters.map { .integer(Int($0)) }),
            ])
            try require("encoded", message.payload, control.message.payload)
        },
    ]
}

extension Message {
    /// Type and timestamp in the vectors' notation.
    fileprivate var members: [String: JSONValue] {
        ["type": .integer(Int(type.rawValue)), "timestamp": .integer(Int(timestamp))]
    }
}

extension JSONValue {
    /// An AMF0 value in the vectors' notation; one that it has no form for is described in words.
    fileprivate init(_ value: AMF0Value) {
        switch value {
        case .string(let text): self = .object(["string": .string(text)])
        case .number(let number):
            self = .object(["number": Int(exactly: number).map(JSONValue.integer) ?? .number(number)])
        case .null: self = .object(["null": .bool(true)])
        case .object(let members):
            self = .object(["object": .array(members.map { .array([.string($0.name), JSONValue($0.value)]) })])
        default: self = .string("\(value)")
        }
    }
}
