import Flash
import HLSP2P
import RTMFP

extension PeerSaboteur {
    /// Those that get at what all cases build on.
    static let foundation: [PeerSaboteur] = [
        PeerSaboteur("peer-mute") { fault in
            fault.lower.send = { _ in [] }
            fault.request = { _ in nil }
        },
        PeerSaboteur("no-segment-after-first") { fault in
            let memory = fault.lower.memory
            fault.request = { request in
                guard request.url.hasSuffix(".ts") else { return request }
                memory["segments"] += 1
                return memory["segments"] > 1 ? nil : request
            }
        },
        PeerSaboteur("subscription-refused", .subscriberAdmitted, is: false),
        PeerSaboteur("no-subscription-back", .subscribesBack, is: false),
        PeerSaboteur("private-stream-not-played") { fault in
            let memory = fault.lower.memory
            fault.lower.sendMessage = { message, _ in
                guard let command = try? Command(decoding: message), command.name == "play" else { return [message] }
                memory["plays"] += 1
                return memory["plays"] % 2 == 0 ? [] : [message]
            }
        },
        PeerSaboteur("ping-unanswered", hearing: "ping", .request) { _ in [] },
        PeerSaboteur("has-chunk-unanswered", hearing: "hasChunk", .request) { _ in [] },
        PeerSaboteur("never-joins", hearing: "hasChunk", .response) { [$0.with("result", .boolean(false))] },
    ]

    /// All of them.
    public static let all: [PeerSaboteur] = [
        foundation, sessions, rendezvous, forms, envelopes, windows, requests, pushes, joining, stalls, abuse,
    ].flatMap(\.self)

    /// Peers of which nothing is left: no case may pass one.
    public static let worthless: [PeerSaboteur] = [
        PeerSaboteur("silent") { fault in
            fault.lower.send = { _ in [] }
            fault.request = { _ in nil }
        },
        PeerSaboteur("dead") { $0.lower.memory.isDead = true },
    ]

    /// The one with the given name; nil if there is none.
    public static func named(_ name: String) -> PeerSaboteur? { all.first { $0.name == name } }
}
