import RTMFP

extension Saboteur {
    static let hello: [Saboteur] = [
        Saboteur("tag-cut-to-16") { $0.changesRHello { hello, _ in hello.tagEcho = Array(hello.tagEcho.prefix(16)) } },
        Saboteur("tag-padded-to-16") { fault in
            fault.changesRHello { hello, _ in
                hello.tagEcho += [UInt8](repeating: 0, count: max(0, 16 - hello.tagEcho.count))
            }
        },
        Saboteur("empty-tag-ignored") { $0.drops { $0.iHello?.tag.isEmpty ?? false } },
        Saboteur("rhello-in-mode-2") { $0.changesRHello { _, packet in packet.packet.header.mode = .responder } },
        Saboteur("rhello-to-other-session-id") { $0.changesRHello { _, packet in packet.sessionID = 0x0102_0304 } },
        Saboteur("certificate-truncated") { fault in
            fault.changesRHello { hello, _ in _ = hello.responderCertificate.popLast() }
        },
        Saboteur("cookie-empty") { $0.changesRHello { hello, _ in hello.cookie = [] } },
        Saboteur("startup-timestamp-required") { fault in
            fault.drops { $0.iHello != nil && $0.packet.header.timestamp == nil }
        },
        Saboteur("startup-echo-rejected") { $0.drops { $0.iHello != nil && $0.packet.header.timestampEcho != nil } },
        Saboteur("ihello-on-session-id-answered") { fault in
            fault.judge = { $0 == .sessionKeyOnceOpen ? true : $1 }
            fault.answer = { packet in
                guard packet.key == .standard, packet.sessionID != 0, let hello = packet.iHello else { return [] }
                return [packet.wrongRHello(tag: hello.tag)]
            }
        },
        Saboteur("misfit-ihello-answered") { fault in
            fault.answer = { $0.key == .standard && $0.isMalformed ? [$0.wrongRHello(tag: [])] : [] }
        },
        Saboteur("long-integers-refused") { fault in
            fault.hears = { datagram, _ in
                // The chunk's payload follows flags, timestamp, type and length.
                let plain = (try? PacketOpener(.defaultSession).open(datagram))?.plain ?? []
                return plain.count > 6 && plain[3] == 0x30 && plain[6] == 0x80 ? [] : datagram
            }
        },
        Saboteur("repeated-ihello-ignored") { fault in
            fault.drops { [memory = fault.memory] packet in
                packet.iHello.map { !memory.isNew($0.tag) } ?? false
            }
        },
        Saboteur("certificate-changes") { fault in
            let memory = fault.memory
            fault.changesRHello { hello, _ in
                memory["hellos"] += 1
                let count = UInt8(truncatingIfNeeded: memory["hellos"])
                hello.responderCertificate += [Option.marker, .certificate(.extraRandomness, [count])].encoded
            }
        },
        Saboteur("ihello-from-session-address-ignored") { fault in
            let memory = fault.memory
            fault.changesRIKeying { _, packet in _ = memory.isNew(Array("\(packet.far)".utf8)) }
            fault.drops { $0.key == .standard && $0.iHello != nil && memory.contains($0.origin) }
        },
        Saboteur("ihello-closes-session") { fault in
            let memory = fault.memory
            fault.drops { packet in
                if packet.key == .standard, packet.iHello != nil { _ = memory.isNew(packet.origin) }
                if packet.iiKeying != nil { memory.forget(packet.origin) }
                return packet.key == .session && memory.contains(packet.origin)
            }
        },
        Saboteur("ihello-state-fills-up") { fault in
            fault.drops { [memory = fault.memory] packet in
                guard let hello = packet.iHello else { return false }
                if memory.count >= 250 { return true }
                _ = memory.isNew(hello.tag)
                return false
            }
        },
    ]

    static let cookies: [Saboteur] = [
        Saboteur("cookie-unchecked") { fault in
            let rules: Set<Rule> = [.cookieGenuine, .cookieFresh, .cookieFitsAddress]
            fault.judge = { rules.contains($0) ? true : $1 }
        },
        Saboteur("foreign-cookie-ignored") { fault in
            fault.send = { packet in
                let changes = packet.packet.chunks.contains {
                    if case .responderHelloCookieChange = $0 { true } else { false }
                }
                return changes ? [] : [packet]
            }
        },
        Saboteur("cookie-change-to-session-0") { $0.changesCookieChange { _, packet in packet.sessionID = 0 } },
        Saboteur("cookie-change-wrong-old-cookie") { fault in
            fault.changesCookieChange { change, _ in change.oldCookie = change.oldCookie.map { $0 ^ 1 } }
        },
        Saboteur("cookie-change-same-cookie") {
            $0.changesCookieChange { change, _ in change.newCookie = change.oldCookie }
        },
        Saboteur("changed-cookie-refused") { fault in
            let memory = fault.memory
            fault.changesCookieChange { change, _ in _ = memory.isNew(change.newCookie) }
            fault.refuses { memory.contains($0.cookieEcho) }
        },
    ]

    static let keying: [Saboteur] = [
        Saboteur("rikeying-in-mode-2") { $0.changesRIKeying { _, packet in packet.packet.header.mode = .responder } },
        Saboteur("skrc-truncated") {
            $0.changesRIKeying { keying, _ in keying.sessionKeyResponderComponent.append(0x20) }
        },
        Saboteur("responder-session-id-0") { $0.changesRIKeying { keying, _ in keying.responderSessionID = 0 } },
        Saboteur("responder-session-id-repeated") { fault in
            let memory = fault.memory
            fault.changesRIKeying { keying, packet in
                memory["\(packet.far)"] = UInt64(keying.responderSessionID)
                if memory["first"] == 0 { memory["first"] = UInt64(keying.responderSessionID) }
                keying.responderSessionID = UInt32(truncatingIfNeeded: memory["first"])
            }
            // So that the sessions work all the same: what comes to the one ID goes to the sender's own session.
            fault.hears = { datagram, far in
                let own = memory["\(far)"]
                guard own != 0, let sessionID = try? unscrambledSessionID(datagram), sessionID == memory["first"] else {
                    return datagram
                }
                let difference = UInt32(truncatingIfNeeded: own) ^ sessionID
                return datagram.enumerated().map { index, octet in
                    index < 4 ? octet ^ UInt8(truncatingIfNeeded: difference >> UInt32(24 - index * 8)) : octet
                }
            }
        },
        Saboteur("initiator-session-id-0-accepted", .initiatorSessionIDNotZero, is: true),
        Saboteur("repeated-iikeying-ignored") { fault in
            fault.refuses { [memory = fault.memory] in !memory.isNew($0.payload) }
        },
        Saboteur("repeated-iikeying-new-keys", .keyingRetransmitted, is: false),
        Saboteur("repeated-iikeying-ends-session") { fault in
            let memory = fault.memory
            fault.drops { packet in
                if let keying = packet.iiKeying, !memory.isNew(keying.payload) {
                    _ = memory.isNew(packet.origin)
                }
                return packet.key == .session && memory.contains(packet.origin)
            }
        },
    ]
}
