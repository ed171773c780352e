import Flash
import HLSP2P
import RTMFP

extension PeerSaboteur {
    /// Those that understand some forms of messages only.
    static let forms: [PeerSaboteur] = [
        losing("type-15-lost") { message, _, _ in message.type == .dataExtended },
        losing("type-18-lost") { message, _, _ in message.type == .data },
        losing("more-arguments-lost") { _, data, _ in data.arguments.count > 1 },
        losing("doubles-lost") { _, _, members in
            members["__msg_id"].map { if case .double = $0 { true } else { false } } ?? false
        },
        losing("string-references-lost") { _, _, members in
            let texts = members.compactMap { if case .string(let text) = $0.value { text } else { nil } }
            return Set(texts).count < texts.count
        },
        losing("members-in-reverse-lost") { _, _, members in members.first?.name == "__type" },
        losing("members-by-name-lost") { _, _, members in members.first?.name == "__msg_id" },
        losing("undefined-member-lost") { _, _, members in members["__req_msg_id"] == .undefined },
        losing("unknown-members-lost") { _, _, members in members["foo"] != nil },
        losing("amf0-object-lost") { _, data, _ in
            guard case .object(let members)? = data.arguments.first else { return false }
            return members["__subtype"] == .string("ping")
        },
        losing("amf0-object-with-amf3-members-lost") { _, data, _ in
            guard case .object(let members)? = data.arguments.first else { return false }
            return members["__subtype"] != .string("ping")
        },
        losing("class-name-lost") { _, data, _ in
            guard case .avmplus(.object(let object))? = data.arguments.first else { return false }
            return !object.className.isEmpty
        },
        losing("timestamp-lost") { message, _, _ in message.timestamp > 0 },
        PeerSaboteur("repeated-member-lost", hearing: nil) { envelope in
            let names = envelope.members.map(\.name)
            return Set(names).count < names.count ? [] : [envelope]
        },
        losing("references-lost") { _, _, members in
            members.contains { if case .reference = $0.value { true } else { false } } || members["earlier"] != nil
        },
        losing("undefined-id-lost") { _, _, members in members["id"] == .undefined },
        PeerSaboteur("large-messages-lost") { fault in
            fault.lower.receiveMessage = { message, _ in message.payload.count > 1 << 20 ? [] : [message] }
        },
        PeerSaboteur("dies-of-senseless-messages") { fault in
            let memory = fault.lower.memory
            fault.lower.receiveMessage = { message, _ in
                guard message.type != .userControl, message.type != .command, message.type != .commandExtended else {
                    return [message]
                }
                guard case .success(let envelope) = Envelope.reading(message) else {
                    memory.isDead = true
                    return [message]
                }
                if case .request = envelope.kind, !known.contains(envelope.subtype) { memory.isDead = true }
                return [message]
            }
        },
        PeerSaboteur("type-decides", hearing: nil) { envelope in
            guard envelope.type == Envelope.requestType, envelope.kind != .request else { return [envelope] }
            return [Envelope(id: envelope.id, .request, envelope.subtype, envelope.members)]
        },
        PeerSaboteur("ids-must-grow") { fault in
            let memory = fault.lower.memory
            fault.hear = { envelope, peer in
                let key = "id of \(peer)"
                guard envelope.id >= 0, UInt64(envelope.id) + 1 > memory[key] else { return [] }
                memory[key] = UInt64(envelope.id) + 1
                return [envelope]
            }
        },
        PeerSaboteur("dies-of-repetition") { fault in
            let memory = fault.lower.memory
            fault.hear = { envelope, peer in
                if case .request = envelope.kind, !memory.isNew(peer.octets + Array("\(envelope.id)".utf8)) {
                    memory.isDead = true
                }
                return [envelope]
            }
        },
    ]

    private static let known: Set<String> = [
        "hasChunk", "getPiece", "goPushMode", "goPushMode2", "pausePush", "resumePush", "stopPush", "ping", "speedTest",
        "close",
    ]

    /// Loses the messages for which `isLost` says so; it is told the members of the envelope, in whichever format.
    private static func losing(
        _ name: String,
        _ isLost: @escaping @Sendable (Message, DataMessage, [AMFMember<AMF3Value>]) -> Bool
    ) -> PeerSaboteur {
        PeerSaboteur(name) { fault in
            fault.lower.receiveMessage = { message, _ in
                guard message.type == .data || message.type == .dataExtended,
                    let data = try? DataMessage(decoding: message), data.handler == Envelope.handler
                else { return [message] }
                var members: [AMFMember<AMF3Value>] = []
                if case .avmplus(.object(let object))? = data.arguments.first {
                    members = object.sealed + (object.dynamic ?? [])
                }
                return isLost(message, data, members) ? [] : [message]
            }
        }
    }
}
