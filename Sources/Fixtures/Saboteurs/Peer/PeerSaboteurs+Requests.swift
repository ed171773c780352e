import Flash
import HLSP2P
import RTMFP

extension PeerSaboteur {
    /// Those that get at answers.
    static let requests: [PeerSaboteur] = [
        PeerSaboteur("has-chunk-id-lost", sending: "hasChunk", .response, member: "id", is: .string("lost")),
        PeerSaboteur("has-chunk-uri-lost", sending: "hasChunk", .response, member: "uri", is: nil),
        PeerSaboteur("has-chunk-average-missing", sending: "hasChunk", .response, member: "avgChunkSize", is: nil),
        PeerSaboteur("average-of-nothing", sending: "hasChunk", .response, member: "avgChunkSize", is: .integer(0)),
        PeerSaboteur("average-too-great", sending: "hasChunk", .response, member: "avgChunkSize", is: .integer(99_999)),
        PeerSaboteur("average-of-zero", sending: "hasChunk", .response) { envelope in
            envelope["calFrom"] == .integer(0) ? [envelope.with("avgChunkSize", .integer(0))] : [envelope]
        },
        PeerSaboteur("has-everything", .chunkOffered, is: true),
        PeerSaboteur("whole-url-counts", hearing: "hasChunk", .request) { envelope in
            guard case .string(let uri)? = envelope["uri"] else { return [envelope] }
            let isExact = uri.hasPrefix("http://stage.example:8080/") && uri.hasSuffix(".ts")
            return [isExact ? envelope : envelope.with("uri", .string("http://h/other.ts"))]
        },
        PeerSaboteur("keeps-nothing-for-long") { fault in
            let memory = fault.lower.memory
            fault.request = { request in
                if request.url.hasSuffix(".ts") { memory["segments"] += 1 }
                return request
            }
            fault.judge = { rule, holds in rule == .chunkOffered && memory["segments"] > 20 ? false : holds }
        },
        PeerSaboteur("get-piece-unanswered", hearing: "getPiece", .request) { _ in [] },
        PeerSaboteur("piece-without-chunk-size", sending: "getPiece", .response, member: "chunkSize", is: nil),
        PeerSaboteur("piece-id-not-repeated", sending: "getPiece", .response, member: "id", is: .integer(0)),
        PeerSaboteur(
            "piece-offset-not-repeated",
            sending: "getPiece",
            .response,
            member: "chunkOffset",
            is: .integer(77)
        ),
        PeerSaboteur("piece-without-uri", sending: "getPiece", .response, member: "uri", is: nil),
        PeerSaboteur("piece-refused", .pieceAvailable, is: false),
        PeerSaboteur("piece-altered", sending: "getPiece", .response) { envelope in
            guard case .byteArray(var octets)? = envelope["content"], !octets.isEmpty else { return [envelope] }
            octets[octets.count / 2] ^= 1
            return [envelope.with("content", .byteArray(octets))]
        },
        PeerSaboteur("empty-piece-refused", sending: "getPiece", .response) { envelope in
            guard case .byteArray(let octets)? = envelope["content"], octets.isEmpty else { return [envelope] }
            var changed = envelope
            changed.members = [AMFMember("result", .boolean(false))]
            return [changed]
        },
        PeerSaboteur("short-piece-padded", sending: "getPiece", .response) { envelope in
            guard case .byteArray(let octets)? = envelope["content"],
                case .integer(let offset)? = envelope["chunkOffset"],
                offset == 4_000
            else { return [envelope] }
            return [envelope.with("content", .byteArray(octets + [UInt8](repeating: 0, count: 188)))]
        },
        PeerSaboteur("double-offsets-lost", hearing: "getPiece", .request) { envelope in
            if case .double? = envelope["offset"] { [] } else { [envelope] }
        },
        PeerSaboteur("negative-integers-misread", hearing: "getPiece", .request) { envelope in
            let isOwn = envelope["offset"] == .integer(4_000)
            return [envelope["len"] == .integer(-1) && isOwn ? envelope.with("len", .double(1_000)) : envelope]
        },
        PeerSaboteur("refusal-with-content", sending: "getPiece", .response) { envelope in
            envelope["result"] == .boolean(false) ? [envelope.with("content", .null)] : [envelope]
        },
        PeerSaboteur("refusal-unanswered", sending: "getPiece", .response) { envelope in
            envelope["result"] == .boolean(false) ? [] : [envelope]
        },
        PeerSaboteur("answers-to-another-number", sending: "hasChunk", .response) { envelope in
            guard case .response(4_711, let wantsConfirm) = envelope.kind else { return [envelope] }
            var changed = envelope
            changed.kind = .response(to: 4_712, wantsConfirm: wantsConfirm)
            return [changed]
        },
        PeerSaboteur("speed-test-time-a-number", sending: "speedTest", .response) { envelope in
            guard case .date(let time)? = envelope["start_time"] else { return [envelope] }
            return [envelope.with("start_time", .double(time))]
        },
        PeerSaboteur("speed-test-id-lost", sending: "speedTest", .response, member: "id", is: nil),
        PeerSaboteur("speed-test-unanswered", hearing: "speedTest", .request) { _ in [] },
        PeerSaboteur("stop-push-unanswered", hearing: "stopPush", .request) { _ in [] },
        PeerSaboteur("stop-push-id-lost", sending: "stopPush", .response, member: "externalID", is: .string("other")),
        PeerSaboteur("ping-id-lost", sending: "ping", .response, member: "pingId", is: .integer(123)),
        PeerSaboteur(
            "ping-external-id-altered",
            sending: "ping",
            .response,
            member: "externalID",
            is: .string("other")
        ),
    ]
}
