import Flash
import HLSP2P
import RTMFP

extension PeerSaboteur {
    /// Those that get at joining and relaying.
    static let joining: [PeerSaboteur] = [
        PeerSaboteur("division-by-another-size", hearing: "hasChunk", .response) { envelope in
            guard case .integer(let average)? = envelope["avgChunkSize"], average > 0 else { return [envelope] }
            return [envelope.with("avgChunkSize", .integer(average + 400))]
        },
        PeerSaboteur("pulls-the-first-piece-only", sending: "getPiece", .request) { envelope in
            [envelope.with("id", .integer(0)).with("offset", .integer(0))]
        },
        PeerSaboteur("pushed-slice-differs", sending: "goPushMode", .request, member: "offset", is: .integer(3)),
        PeerSaboteur("division-by-the-last-answer") { fault in
            let memory = fault.lower.memory
            fault.hear = { envelope, _ in
                guard case .response = envelope.kind, envelope.subtype == "hasChunk" else { return [envelope] }
                memory["answers"] += 1
                return [envelope.with("calFrom", .integer(Int32(100 + memory["answers"])))]
            }
        },
        PeerSaboteur("any-basis-will-do", hearing: "hasChunk", .response) { envelope in
            guard envelope["avgChunkSize"] == .integer(-1), envelope["result"] == .boolean(true) else {
                return [envelope]
            }
            return [envelope.with("avgChunkSize", .integer(1))]
        },
        PeerSaboteur("search-with-an-id", sending: "hasChunk", .request) { envelope in
            [envelope["id"] == .null ? envelope.with("id", .string("search")) : envelope]
        },
        PeerSaboteur("search-leaves-out-one") { fault in
            let memory = fault.lower.memory
            fault.send = { envelope, _ in
                guard case .request = envelope.kind, envelope.subtype == "hasChunk", envelope["id"] == .null else {
                    return [envelope]
                }
                memory["asked"] += 1
                return memory["asked"] == 3 ? [] : [envelope]
            }
        },
        PeerSaboteur("uses-one-more") { fault in
            let memory = fault.lower.memory
            fault.send = { envelope, _ in
                guard case .confirm = envelope.kind, envelope.subtype == "hasChunk" else { return [envelope] }
                memory["confirmed"] += 1
                guard memory["confirmed"] == 3 else { return [envelope] }
                let assignment = Assignment(id: 0, count: 2, offset: 0, length: 100)
                let request = Request.getPiece(uri: "http://h/hlsp2p-check/102.ts", assignment)
                return [envelope, Envelope(id: 9_000, .request, request.subtype, request.members)]
            }
        },
        PeerSaboteur("waits-for-enough-peers", .enoughPeers, is: true),
        PeerSaboteur("first-segment-waits") { fault in
            let memory = fault.lower.memory
            fault.request = { request in
                guard request.url.hasSuffix(".ts") else { return request }
                memory["segments"] += 1
                return memory["segments"] == 1 ? nil : request
            }
        },
        PeerSaboteur("never-asks-to-be-pushed", sending: "goPushMode", .request) { _ in [] },
        PeerSaboteur("pushed-pieces-ignored", .pieceExpected, is: false),
        PeerSaboteur("relays-complete-segments-only", .rangeComplete, is: false),
        PeerSaboteur("everything-is-stable", .stabilityPassedOn, is: false),
        PeerSaboteur("later-piece-replaces", .firstPieceCounts, is: false),
        PeerSaboteur("pushed-over-http-segments", .uninvitedIgnored, is: false),
    ]

    /// Those that get at playlists, stalls, repair, the CDN and the way back.
    static let stalls: [PeerSaboteur] = [
        PeerSaboteur("playlist-over-http-always", .cachedPlaylistUsable, is: false),
        PeerSaboteur("playlist-from-the-cache-always") { fault in
            let memory = fault.lower.memory
            fault.send = { envelope, _ in
                if envelope.subtype == "goPushMode" { memory["fed"] = 1 }
                return [envelope]
            }
            fault.judge = { $0 == .cachedPlaylistUsable ? $1 || memory["fed"] == 1 : $1 }
        },
        PeerSaboteur("older-playlist-taken", .playlistNotOlder, is: true),
        PeerSaboteur("push-errors-ignored", hearing: "pushPieceError") { _ in [] },
        PeerSaboteur("unusable-playlist-takes-the-piece", hearing: "pushPiece", .push) { envelope in
            guard case .byteArray(let octets)? = envelope["idxData"], MediaPlaylist.mediaSequence(of: octets) == nil
            else {
                return [envelope]
            }
            return [envelope.with("data", .byteArray([]))]
        },
        PeerSaboteur("no-stall-ping", sending: "ping", .request) { $0["externalID"] == .null ? [] : [$0] },
        PeerSaboteur("patient-for-too-long", .segment, .seconds(100)),
        PeerSaboteur("stalls-for-ever", .stallRepaired, is: false),
        PeerSaboteur("stalls-at-last", .desperate, .seconds(1_000)),
        PeerSaboteur("mute-peer-kept", .pingAnswered, is: true),
        PeerSaboteur("slow-peer-kept", hearing: "pushPiece", .push) { [$0.with("lastUsedTime", .integer(5))] },
        PeerSaboteur("no-speed-test", sending: "speedTest", .request) { _ in [] },
        PeerSaboteur("nobody-paused", sending: "pausePush", .request) { _ in [] },
        PeerSaboteur("one-id-for-all-rounds", sending: nil, .request) { envelope in
            var changed = envelope
            for name in ["id", "externalID"] {
                if case .string(let id)? = envelope[name], id.hasPrefix("P2PNetworkRepairer") {
                    changed = changed.with(name, .string("P2PNetworkRepairer_1"))
                }
            }
            return [changed]
        },
        PeerSaboteur("candidate-not-pinged", sending: "ping", .request) { $0["externalID"] == .null ? [$0] : [] },
        PeerSaboteur("no-repair", sending: "goPushMode2", .request) { _ in [] },
        PeerSaboteur(
            "successor-gets-another-slice",
            sending: "goPushMode2",
            .request,
            member: "chunkOffset",
            is: .integer(1)
        ),
        PeerSaboteur("nobody-resumed", sending: "resumePush", .request) { _ in [] },
        PeerSaboteur("waits-for-a-takeover-for-ever", .repairRound, .seconds(1_000)),
        PeerSaboteur("asks-the-tracker-all-the-time", .trackerQuery, .milliseconds(500)),
        PeerSaboteur("seeks-for-ever", .topologyRepair, .seconds(1_000)),
        PeerSaboteur("failed-repair-stays", .failedRepairLeaves, is: false),
        PeerSaboteur("stays-without-stopping", sending: "stopPush", .request) { _ in [] },
        PeerSaboteur("repaired-is-stable", .repairedChunkUnstable, is: false),
        PeerSaboteur("returns-at-once", .changeToP2P, .zero),
        PeerSaboteur("never-returns", .nobodyFed, is: false),
        PeerSaboteur("stops-during-the-return") { fault in
            let memory = fault.lower.memory
            fault.send = { envelope, _ in
                if envelope.subtype == "goPushMode2" { memory["returning"] = 1 }
                return [envelope]
            }
            fault.request = { $0.url.hasSuffix(".ts") && memory["returning"] == 1 ? nil : $0 }
        },
        PeerSaboteur("everything-loaded-is-stable", .loadedChunkStable, is: true),
        PeerSaboteur("one-server-for-all") { fault in
            fault.configureSwarm = { $0.sourceServers = Array($0.sourceServers.prefix(1)) }
        },
        PeerSaboteur("idle-is-kept", .cleanUp, .seconds(10_000)),
    ]
}
