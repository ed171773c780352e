import RTMFP

extension Saboteur {
    static let clientFoundation: [Saboteur] = [
        Saboteur("client-mute") { $0.send = { _ in [] } },
        Saboteur("ihello-in-mode-1") { fault in
            fault.changesSent { packet in
                if packet.packet.contains(.initiatorHello) { packet.packet.header.mode = .initiator }
            }
        },
        Saboteur("rhello-ignored") { $0.drops { $0.packet.contains(.responderHello) } },
        Saboteur("rikeying-ignored") { $0.drops { $0.packet.contains(.responderInitialKeying) } },
        Saboteur("client-mute-to-ping") { $0.drops { $0.ping != nil } },
        Saboteur("client-ping-reply-empty") { $0.changesPingReply { $0 = [] } },
        Saboteur("client-keys-swapped") { fault in
            fault.sessionKeys = { keys in
                var keys = keys
                swap(&keys.encryptKey, &keys.decryptKey)
                return keys
            }
        },
    ]
}

extension Packet {
    /// Whether one of the chunks is of `type`.
    func contains(_ type: ChunkType) -> Bool {
        chunks.contains { $0.type == type.rawValue }
    }
}
