internal import Flash
internal import RTMFP

extension VectorKind {
    /// The messages that flows carry (RFC 7425 §5), and the values in them.
    static let flash: [VectorKind] = [
        VectorKind("amf0") { vector in
            let octets = try vector.inputFields().octets("octets")
            let limits = AMFLimits(references: .kept)
            guard let values = try vector.accepted({ try [AMF0Value](amf0: octets, limits: limits) }) else { return }
            try vector.compare([
                "values": .array(values.map(JSONValue.init)), "canonical": .bool(values.encoded == octets),
            ])
        },
        VectorKind("amf3") { vector in
            let octets = try vector.inputFields().octets("octets")
            let limits = AMFLimits(references: .kept)
            guard let values = try vector.accepted({ try [AMF3Value](amf3: octets, limits: limits) }) else { return }
            try vector.compare([
                "values": .array(values.map(JSONValue.init)), "canonical": .bool(values.encoded == octets),
            ])
        },
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
                return (message, try Command(decoding: message, limits: AMFLimits(references: .kept)))
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
            try vector.compare(control.vectorMembers(at: message.timestamp))
            try require("encoded", message.payload, control.message.payload)
        },
    ]
}

extension Message {
    /// Type and timestamp in the vectors' notation.
    var members: [String: JSONValue] {
        ["type": .integer(Int(type.rawValue)), "timestamp": .integer(Int(timestamp))]
    }
}

extension UserControl {
    /// The event in the vectors' notation.
    func vectorMembers(at timestamp: UInt32) -> [String: JSONValue] {
        [
            "timestamp": .integer(Int(timestamp)), "event": .integer(Int(event)),
            "parameters": .array(parameters.map { .integer(Int($0)) }),
        ]
    }
}
