import RTMFP

extension Saboteur {
    static let foundation: [Saboteur] = [
        Saboteur("mute-to-ihello") { $0.drops { $0.iHello != nil } },
        Saboteur("mute-to-iikeying") { $0.drops { $0.iiKeying != nil } },
        Saboteur("mute-to-ping") { $0.drops { $0.ping != nil } },
        Saboteur("pings-wait-for-data") { fault in
            fault.drops { [memory = fault.memory] packet in
                let name = "\(packet.sessionID)"
                if packet.packet.chunks.contains(where: { $0.userData != nil }) { memory[name] = 1 }
                return packet.ping != nil && memory[name] == 0
            }
        },
        Saboteur("ping-reply-empty") { $0.changesPingReply { $0 = [] } },
        Saboteur("keys-swapped") { fault in
            fault.sessionKeys = { keys in
                var keys = keys
                swap(&keys.encryptKey, &keys.decryptKey)
                return keys
            }
        },
        Saboteur("rikeying-under-session-key") { fault in
            fault.changesRIKeying { _, packet in packet.key = .session }
        },
        Saboteur("group-2-broken") { $0.breaksSecret(octets: 1...128) },
    ]

    static let packets: [Saboteur] = [
        Saboteur("reserved-header-bits-rejected") { $0.drops { $0.packet.header.reserved != 0 } },
        Saboteur("source-address-required") { fault in
            fault.drops { [memory = fault.memory] packet in
                guard packet.key == .session else { return false }
                let name = "\(packet.sessionID)"
                let first = memory[octets: name] ?? packet.origin
                memory[octets: name] = first
                return first != packet.origin
            }
        },
        Saboteur("short-datagrams-answered") { fault in
            fault.hears = { datagram, _ in datagram.count < 4 ? nil : datagram }
        },
        Saboteur("unknown-session-answered") { fault in
            fault.judge = { $0 == .sessionIDKnown ? true : $1 }
            fault.answer = { packet in
                guard packet.sessionID != 0, packet.session == nil else { return [] }
                let reply = Packet(PacketHeader(.responder), [.sessionCloseAcknowledgement])
                return [OutgoingPacket(reply, to: packet.source, sessionID: packet.sessionID)]
            }
        },
        Saboteur("timestamp-required") { fault in
            fault.drops { $0.key == .session && $0.packet.header.timestamp == nil }
        },
        Saboteur("both-timestamps-rejected") { fault in
            fault.drops { packet in
                packet.key == .session && packet.packet.header.timestamp != nil
                    && packet.packet.header.timestampEcho != nil
            }
        },
        Saboteur("echo-needs-timestamp") { fault in
            fault.drops { $0.packet.header.timestamp == nil && $0.packet.header.timestampEcho != nil }
        },
        Saboteur("mode-0-accepted", .modeNotForbidden, is: true),
        Saboteur("initiator-mark-sent") { $0.changesSessionHeader { $0.mode = .initiator } },
        Saboteur("own-mark-accepted", .modeNotOwn, is: true),
        Saboteur("one-chunk-of-a-kind") { fault in
            fault.changesReceived { packet in
                var kinds: Set<UInt8> = []
                packet.packet.chunks.removeAll { !kinds.insert($0.type).inserted }
            }
        },
        Saboteur("short-padding-rejected") { fault in
            fault.drops { (1...2).contains($0.packet.padding.count) && $0.packet.padding.allSatisfy { $0 == 0 } }
        },
        Saboteur("misfit-chunk-rejected") { fault in
            fault.drops { $0.packet.padding.count > 2 && $0.packet.padding.first != 0xff }
        },
        Saboteur("zero-padding-rejected") { $0.drops { $0.packet.chunks.contains(.padding(ones: false, [])) } },
        Saboteur("malformed-chunk-closes-session") { fault in
            fault.answer = { $0.isMalformed ? $0.inSession([.sessionCloseAcknowledgement]) : [] }
            fault.drops { $0.isMalformed && $0.key == .session }
        },
    ]

    static let verification: [Saboteur] = [
        Saboteur("verification-unchecked", .packetVerified, is: true),
        Saboteur("partial-block-accepted") { fault in
            fault.hears = { datagram, _ in datagram.count % 16 == 5 ? datagram.dropLast() : datagram }
        },
        Saboteur("hmac-length-unchecked") { fault in
            // Four octets of session ID, whole blocks, twelve octets of HMAC and one too many.
            fault.hears = { datagram, _ in datagram.count % 16 == 1 ? datagram.dropLast() : datagram }
        },
        Saboteur("missing-hmac-accepted") { fault in
            let memory = fault.memory
            fault.sessionKeys = { keys in
                memory[octets: "hmac"] = keys.hmacReceiveKey
                return keys
            }
            fault.protectReceived = { protection in
                if case .hmac(_, let length) = protection.verification { memory["length"] = UInt64(length) }
                return protection
            }
            fault.hears = { datagram, _ in
                guard datagram.count % 16 == 4, memory["length"] == 12, let key = memory[octets: "hmac"],
                    let sessionID = try? unscrambledSessionID(datagram), sessionID != 0
                else { return datagram }
                return datagram + HMACSHA256.code(key: key, Array(datagram.dropFirst(4))).prefix(12)
            }
        },
        Saboteur("default-key-in-session") { fault in
            let memory = fault.memory
            fault.judge = { $0 == .sessionKeyOnceOpen ? true : $1 }
            fault.changesReceived { packet in
                if let far = packet.farSessionID { memory["\(packet.sessionID)"] = UInt64(far) }
            }
            fault.answer = { packet in
                guard packet.key == .standard, let ping = packet.ping else { return [] }
                var packet = packet
                packet.farSessionID = UInt32(truncatingIfNeeded: memory["\(packet.sessionID)"])
                return packet.inSession([.pingReply(PingReply(messageEcho: ping.message))])
            }
        },
        Saboteur("unscrambled-accepted") { fault in
            fault.hears = { datagram, _ in
                guard datagram.starts(with: [0, 0, 0, 0]), let words = try? unscrambledSessionID(datagram) else {
                    return datagram
                }
                return (0..<4).map { UInt8(truncatingIfNeeded: words >> UInt32(24 - $0 * 8)) } + datagram.dropFirst(4)
            }
        },
    ]
}

extension Fault {
    /// Spoils shared secrets of so many octets: those of one group.
    mutating func breaksSecret(octets: ClosedRange<Int>) {
        secret = { octets.contains($0.count) ? $0.map { $0 ^ 1 } : $0 }
    }
}
