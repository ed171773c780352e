import RTMFP

extension Saboteur {
    static let sequenceNumbers: [Saboteur] = [
        Saboteur("sequence-number-of-one-octet") { $0.drops { $0.sequenceNumber.map { $0 > 127 } ?? false } },
        Saboteur("replays-accepted", .sequenceNumberNew, is: true),
        Saboteur("replays-forgotten") { fault in
            let memory = fault.memory
            fault.judge = { $0 == .sequenceNumberNew ? true : $1 }
            fault.drops { packet in
                guard let number = packet.sequenceNumber else { return false }
                let newest = max(memory["\(packet.sessionID)"], number)
                memory["\(packet.sessionID)"] = newest
                let isNew = memory.isNew(Array("\(packet.sessionID) \(number)".utf8))
                return newest - number < 128 && !isNew
            }
        },
        Saboteur("reordering-refused") { fault in
            fault.drops { [memory = fault.memory] packet in
                guard let number = packet.sequenceNumber else { return false }
                let newest = memory["\(packet.sessionID)"]
                memory["\(packet.sessionID)"] = max(newest, number)
                return number < newest
            }
        },
        Saboteur("window-moved-by-bad-packet") { fault in
            let memory = fault.memory
            fault.judge = { rule, holds in
                guard rule == .packetVerified, !holds else { return holds }
                memory["bad"] = 1
                return true
            }
            fault.drops { _ in
                defer { memory["bad"] = 0 }
                return memory["bad"] == 1
            }
        },
        Saboteur("requested-sequence-numbers-not-sent") { fault in
            fault.protectSent = { protection in
                var protection = protection
                protection.sequenceNumbers = false
                return protection
            }
        },
        Saboteur("sequence-numbers-start-late") { $0.numbersPackets { $0 + 5 } },
        Saboteur("sequence-numbers-skip") { $0.numbersPackets { $0 * 2 } },
    ]

    static let sessions: [Saboteur] = [
        Saboteur("one-session-only") { fault in
            let memory = fault.memory
            fault.changesRIKeying { keying, _ in memory["latest"] = UInt64(keying.responderSessionID) }
            fault.drops { $0.key == .session && UInt64($0.sessionID) != memory["latest"] }
        },
        Saboteur("override-by-anyone", .certificateOverrides, is: true),
        Saboteur("override-refused", .certificateOverrides, is: false),
    ]

    static let mobility: [Saboteur] = [
        Saboteur("address-adopted-at-once", .addressNeedsVerification, is: false),
        Saboteur("address-check-unchecked") { fault in
            let rules: Set<Rule> = [.pingReplyExpected, .mobilityTokenGenuine, .mobilityTokenFresh]
            fault.judge = { rules.contains($0) ? true : $1 }
        },
        Saboteur("address-never-adopted", .mobilityTokenGenuine, is: false),
        Saboteur("address-checked-at-every-packet", .mobilityCheckDue, is: true),
    ]

    static let ping: [Saboteur] = [
        Saboteur("ping-reply-cut-to-64") { $0.changesPingReply { $0 = Array($0.prefix(64)) } },
        Saboteur("ping-reply-padded") { fault in
            fault.changesPingReply { echo in
                if (1..<12).contains(echo.count) { echo += [UInt8](repeating: 0, count: 12 - echo.count) }
            }
        },
        Saboteur("empty-ping-ignored") { $0.drops { $0.ping?.message.isEmpty ?? false } },
        Saboteur("ping-interpreted") {
            $0.drops { $0.ping.map { $0.message.first == 0x4d && $0.message.count == 37 } ?? false }
        },
        Saboteur("unsolicited-ping-reply-closes") { fault in
            fault.answer = { packet in
                let replies = packet.packet.chunks.contains { if case .pingReply = $0 { true } else { false } }
                return replies ? packet.inSession([.sessionCloseRequest]) : []
            }
        },
        Saboteur("ping-reply-late") { $0.lag = .milliseconds(300) },
    ]

    static let timestamps: [Saboteur] = [
        Saboteur("timestamp-constant") { $0.changesSessionHeader { if $0.timestamp != nil { $0.timestamp = 7 } } },
        Saboteur("timestamp-in-milliseconds") { fault in
            fault.changesSessionHeader { header in header.timestamp = header.timestamp.map { $0 &* 4 } }
        },
        Saboteur("timestamp-never-sent") { $0.changesSessionHeader { $0.timestamp = nil } },
        Saboteur("echo-never-sent") { $0.changesSessionHeader { $0.timestampEcho = nil } },
        Saboteur("echo-is-a-copy") { fault in
            let memory = fault.memory
            fault.remembersTimestamps()
            fault.changesSessionHeader { header in
                if header.timestampEcho != nil { header.timestampEcho = UInt16(truncatingIfNeeded: memory["last"]) }
            }
        },
        Saboteur("echo-saturates") { fault in
            let memory = fault.memory
            fault.remembersTimestamps()
            fault.changesSessionHeader { header in
                if let echo = header.timestampEcho, UInt64(echo) < memory["last"] { header.timestampEcho = 0xffff }
            }
        },
        Saboteur("echo-restarts") { fault in
            let memory = fault.memory
            fault.remembersTimestamps()
            fault.changesSessionHeader { header in
                if header.timestampEcho != nil, memory["repeated"] == 1 {
                    header.timestampEcho = UInt16(truncatingIfNeeded: memory["last"])
                }
            }
        },
        Saboteur("future-echo-closes") { fault in
            let memory = fault.memory
            fault.changesSessionHeader { header in
                if let timestamp = header.timestamp { memory["sent"] = UInt64(timestamp) }
            }
            fault.answer = { $0.hasEchoFromTheFuture(memory) ? $0.inSession([.sessionCloseAcknowledgement]) : [] }
            fault.drops { $0.hasEchoFromTheFuture(memory) }
        },
    ]

    static let close: [Saboteur] = [
        Saboteur("close-unanswered", .closeRequestAnswered, is: false),
        Saboteur("close-answered-with-close") { fault in
            fault.changesSent { packet in
                for index in packet.packet.chunks.indices
                where packet.packet.chunks[index] == .sessionCloseAcknowledgement {
                    packet.packet.chunks[index] = .sessionCloseRequest
                }
            }
        },
        Saboteur("dies-of-close-with-payload") { fault in
            fault.dropsEncoded { [memory = fault.memory] type, payload in
                if type == ChunkType.sessionCloseRequest.rawValue, !payload.isEmpty { memory.isDead = true }
                return memory.isDead
            }
        },
        Saboteur("close-answered-once") { fault in
            let memory = fault.memory
            fault.send = { packet in
                let acknowledges = packet.packet.chunks.contains(.sessionCloseAcknowledgement)
                return acknowledges && !memory.isNew(Array("\(packet.far)".utf8)) ? [] : [packet]
            }
        },
        Saboteur("closed-session-serves", .openForPing, is: true),
        Saboteur("close-ack-ignored", .closeAcknowledgementCloses, is: false),
        Saboteur("close-ack-answered-with-close") { fault in
            fault.answer = { packet in
                packet.packet.chunks.contains(.sessionCloseAcknowledgement)
                    ? packet.inSession([.sessionCloseRequest]) : []
            }
        },
        Saboteur("closed-session-holds-address") { fault in
            let memory = fault.memory
            fault.drops { packet in
                if packet.packet.chunks.contains(.sessionCloseAcknowledgement) { _ = memory.isNew(packet.origin) }
                return packet.iiKeying != nil && memory.contains(packet.origin)
            }
        },
    ]
}

extension Fault {
    /// Numbers the packets of each session anew.
    fileprivate mutating func numbersPackets(_ number: @escaping @Sendable (UInt64) -> UInt64) {
        changesSent { [memory] packet in
            guard packet.key == .session else { return }
            packet.sequenceNumber = number(memory["\(packet.sessionID)"])
            memory["\(packet.sessionID)"] += 1
        }
    }

    /// Remembers the last timestamp received, and whether it was the one before as well.
    fileprivate mutating func remembersTimestamps() {
        drops { [memory] packet in
            if packet.key == .session, let timestamp = packet.packet.header.timestamp {
                memory["repeated"] = memory["last"] == UInt64(timestamp) ? 1 : 0
                memory["last"] = UInt64(timestamp)
            }
            return false
        }
    }
}

extension IncomingPacket {
    /// Whether the far end echoes a timestamp well beyond the last that was sent.
    fileprivate func hasEchoFromTheFuture(_ memory: Memory) -> Bool {
        guard key == .session, let echo = packet.header.timestampEcho else { return false }
        let ahead = echo &- UInt16(truncatingIfNeeded: memory["sent"])
        return (51..<0x8000).contains(ahead)
    }
}
