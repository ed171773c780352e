import Flash
import HLSP2P
import RTMFP

extension PeerSaboteur {
    /// Those that do not survive what is said to them.
    static let abuse: [PeerSaboteur] =
        malformed + [
            PeerSaboteur("dies-of-floods") { fault in
                let memory = fault.lower.memory
                fault.hear = { envelope, _ in
                    if case .request = envelope.kind { memory["heard"] += 1 }
                    if memory["heard"] > 150 { memory.isDead = true }
                    return [envelope]
                }
            },
            PeerSaboteur("dies-of-subscriptions") { fault in
                let memory = fault.lower.memory
                fault.lower.receiveMessage = { message, _ in
                    if message.played != nil { memory["plays"] += 1 }
                    if memory["plays"] > 50 { memory.isDead = true }
                    return [message]
                }
            },
            undecodable("dies-of-depth", 1_000..<20_000),
            undecodable("dies-of-size", 20_000..<1_000_000),
            PeerSaboteur("takes-pieces-of-any-length", hearing: "pushPiece", .push) { envelope in
                guard case .byteArray(let octets)? = envelope["data"], octets.count % 1_000 == 3 else {
                    return [envelope]
                }
                return [envelope.with("data", .byteArray(Array(octets.dropFirst(3))))]
            },
            PeerSaboteur("dies-of-farewells") { fault in
                let memory = fault.lower.memory
                fault.lower.receive = { packet in
                    if packet.packet.chunks.contains(where: {
                        if case .sessionCloseRequest = $0 { true } else { false }
                    }) {
                        memory.isDead = true
                    }
                    return packet
                }
            },
        ]

    private static let malformed: [PeerSaboteur] = [
        dying("has-chunk", "hasChunk") { envelope in
            !isText(envelope["uri"] ?? .null, orNull: true) || !isText(envelope["id"] ?? .null, orNull: true)
        },
        dying("get-piece", "getPiece") { envelope in
            !isSlice(envelope, "offset", "len") || !isWhole(envelope["count"], 1...1_000)
        },
        dying("go-push-mode", "goPushMode") { !isSlice($0, "offset", "len") },
        dying("go-push-mode2", "goPushMode2") { !isSlice($0, "chunkOffset", "chunkLen") },
        dying("resume-push", "resumePush") { !isText($0["uri"] ?? .null) },
        dying("speed-test", "speedTest") { envelope in
            guard case .date(let time)? = envelope["start_time"], time.isFinite else { return true }
            return !isText(envelope["id"] ?? .null)
        },
        dying("ping", "ping") { if case .object? = $0["pingId"] { true } else { false } },
        dying("stop-push", "stopPush") { if case .array? = $0["externalID"] { true } else { false } },
        dying("push-piece", "pushPiece") { envelope in
            guard case .response = envelope.kind else { return false }
            let isData = if case .byteArray? = envelope["data"] { true } else { false }
            let isPlaylist =
                switch envelope["idxData"] {
                case nil, .null?, .byteArray?: true
                default: false
                }
            return !isData || !isPlaylist || !isWhole(envelope["chunkSize"], -1...1 << 40)
                || !isWhole(envelope["offset"], 0...1 << 40) || !isWhole(envelope["id"], 0...1_000)
        },
        dying("push-piece-error", "pushPieceError") { !isText($0["uri"] ?? .null) },
    ]

    private static func dying(
        _ name: String,
        _ subtype: String,
        _ isMalformed: @escaping @Sendable (Envelope) -> Bool
    ) -> PeerSaboteur {
        PeerSaboteur("dies-of-malformed-\(name)") { fault in
            let memory = fault.lower.memory
            fault.hear = { envelope, _ in
                let isResponse = if case .response(let to, _) = envelope.kind { to >= 0 } else { false }
                let isConfirm = if case .confirm = envelope.kind { true } else { false }
                if envelope.subtype == subtype, !isResponse, !isConfirm, isMalformed(envelope) { memory.isDead = true }
                return [envelope]
            }
        }
    }

    /// What cannot be decoded and is of such a size.
    private static func undecodable(_ name: String, _ sizes: Range<Int>) -> PeerSaboteur {
        PeerSaboteur(name) { fault in
            let memory = fault.lower.memory
            fault.lower.receiveMessage = { message, _ in
                if sizes.contains(message.payload.count), case .failure = Envelope.reading(message) {
                    memory.isDead = true
                }
                return [message]
            }
        }
    }

    private static func isText(_ value: AMF3Value, orNull: Bool = false) -> Bool {
        switch value {
        case .string(let text): text.utf8.count < 9_000
        case .null: orNull
        default: false
        }
    }

    private static func isWhole(_ value: AMF3Value?, _ range: ClosedRange<Int>) -> Bool {
        switch value {
        case .integer(let number)?: range.contains(Int(number))
        case .double(let number)?: Int(exactly: number).map(range.contains) ?? false
        default: false
        }
    }

    private static func isSlice(_ envelope: Envelope, _ offset: String, _ length: String) -> Bool {
        isText(envelope["uri"] ?? .null) && isWhole(envelope["id"], 0...1_000)
            && isWhole(envelope[offset], 0...1 << 40) && isWhole(envelope[length], -1...1 << 40)
    }
}
