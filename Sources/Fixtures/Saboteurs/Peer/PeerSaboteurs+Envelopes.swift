import Flash
import HLSP2P
import RTMFP

extension PeerSaboteur {
    /// Those whose messages are not as they should be.
    static let envelopes: [PeerSaboteur] = [
        encoding("subtype-missing") { members in
            guard members["__subtype"] == .string("ping") else { return members }
            return members.filter { $0.name != "__subtype" }
        },
        encoding("id-missing") { members in
            guard members["__subtype"] == .string("ping") else { return members }
            return members.filter { $0.name != "__msg_id" }
        },
        PeerSaboteur("requests-without-type", sending: nil, .request) { envelope in
            var changed = envelope
            changed.type = nil
            return [changed]
        },
        PeerSaboteur("responses-without-type", sending: "ping", .response) { envelope in
            var changed = envelope
            changed.type = nil
            return [changed]
        },
        PeerSaboteur("confirms-with-type", sending: nil, .confirm) { envelope in
            var changed = envelope
            changed.type = "__confirm"
            return [changed]
        },
        PeerSaboteur("pushes-answer-something", sending: "pushPiece", .push) { envelope in
            var changed = envelope
            changed.kind = .response(to: 3, wantsConfirm: true)
            return [changed]
        },
        PeerSaboteur("says-internal-subtype", sending: "ping", .response) { envelope in
            var more = envelope
            more.subtype = "__internal_subtype"
            return [envelope, more]
        },
        encoding("requests-look-like-responses") { members in
            guard members["__type"] == .string("__req"), members["__subtype"] == .string("hasChunk") else {
                return members
            }
            return members + [AMFMember("__req_msg_id", .integer(900))]
        },
        PeerSaboteur("ids-repeat", sending: "ping", .response) { envelope in
            var changed = envelope
            changed.id = 0
            return [changed]
        },
        PeerSaboteur("ids-with-gaps", sending: nil) { envelope in
            var changed = envelope
            if case .response(_, wantsConfirm: true) = envelope.kind { return [envelope] }
            if case .request = envelope.kind { return [envelope] }
            changed.id += 1_000
            return [changed]
        },
        PeerSaboteur("need-confirm-everywhere", sending: "hasChunk", .response) { envelope in
            var changed = envelope
            changed.needsConfirm = true
            return [changed]
        },
        PeerSaboteur("two-arguments") { fault in
            fault.lower.sendMessage = { message, _ in
                guard var data = try? DataMessage(decoding: message), data.handler == Envelope.handler else {
                    return [message]
                }
                data.arguments.append(.null)
                return [data.message()]
            }
        },
        PeerSaboteur("says-type-18") { fault in
            fault.lower.sendMessage = { message, _ in
                guard var data = try? DataMessage(decoding: message), data.handler == Envelope.handler else {
                    return [message]
                }
                data.form = .plain
                return [data.message()]
            }
        },
        encoding("pieces-as-strings") { members in
            members.map { member in
                guard ["data", "content"].contains(member.name), case .byteArray = member.value else { return member }
                return AMFMember(member.name, .string("octets"))
            }
        },
        PeerSaboteur("two-flows") { fault in
            let memory = fault.lower.memory
            fault.lower.judgeMessage = { rule, holds in
                guard rule == .dataWithCommands else { return holds }
                memory["messages"] += 1
                return memory["messages"] % 2 == 0
            }
        },
        PeerSaboteur("confirm-not-wanted", sending: "stopPush", .response) { envelope in
            guard case .response(let to, _) = envelope.kind else { return [envelope] }
            var changed = envelope
            changed.kind = .response(to: to, wantsConfirm: false)
            return [changed]
        },
        PeerSaboteur("confirm-of-ping-wanted", sending: "ping", .response) { envelope in
            guard case .response(let to, _) = envelope.kind else { return [envelope] }
            var changed = envelope
            changed.kind = .response(to: to, wantsConfirm: true)
            return [changed]
        },
        PeerSaboteur("send-timestamp-missing", sending: "pushPiece", .push) { envelope in
            var changed = envelope
            changed.sentAt = nil
            return [changed]
        },
        encoding("queue-timestamp-a-number") { members in
            members.map { member in
                guard member.name == "__queue_timestamp", case .date(let time) = member.value else { return member }
                return AMFMember(member.name, .double(time))
            }
        },
        PeerSaboteur("data-null", sending: "pushPiece", .push, member: "data", is: .null),
        PeerSaboteur("data-missing", sending: "pushPiece", .push, member: "data", is: nil),
        PeerSaboteur("chunk-size-of-the-piece", sending: "pushPiece", .push) { envelope in
            guard case .byteArray(let octets)? = envelope["data"] else { return [envelope] }
            return [envelope.with("chunkSize", .integer(Int32(octets.count)))]
        },
        PeerSaboteur("chunk-size-missing", sending: "pushPiece", .push, member: "chunkSize", is: nil),
        PeerSaboteur("playlist-empty", sending: "pushPiece", .push, member: "idxData", is: .byteArray([])),
        PeerSaboteur("playlist-modified", sending: "pushPiece", .push) { envelope in
            guard case .byteArray(let octets)? = envelope["idxData"] else { return [envelope] }
            return [envelope.with("idxData", .byteArray(octets + Array("#EXT-X-ENDLIST\n".utf8)))]
        },
        PeerSaboteur("piece-beyond-count", sending: "getPiece", .request, member: "count", is: .integer(0)),
    ]

    /// The members of envelopes go out changed.
    static func encoding(
        _ name: String,
        _ change: @escaping @Sendable ([AMFMember<AMF3Value>]) -> [AMFMember<AMF3Value>]
    ) -> PeerSaboteur {
        PeerSaboteur(name) { fault in
            fault.lower.sendMessage = { message, _ in
                guard var data = try? DataMessage(decoding: message), data.handler == Envelope.handler,
                    case .avmplus(.object(let object))? = data.arguments.first
                else { return [message] }
                data.arguments[0] = .avmplus(.anonymous(change(object.sealed + (object.dynamic ?? []))))
                return [data.message()]
            }
        }
    }
}
