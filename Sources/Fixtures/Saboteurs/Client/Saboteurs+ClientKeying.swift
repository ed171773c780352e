import RTMFP

extension Saboteur {
    static let clientInitiatorKeying: [Saboteur] = [
        Saboteur("iikeying-in-mode-1") {
            $0.changesSentIIKeying { _, packet in packet.packet.header.mode = .initiator }
        },
        Saboteur("iikeying-to-session-id-1") { $0.changesSentIIKeying { _, packet in packet.sessionID = 1 } },
        Saboteur("cookie-altered") { fault in
            fault.changesSentIIKeying { keying, _ in
                if let last = keying.cookieEcho.indices.last { keying.cookieEcho[last] ^= 1 }
            }
        },
        Saboteur("initiator-session-id-0") { fault in
            let memory = fault.memory
            fault.changesSentIIKeying { keying, _ in
                memory["session"] = UInt64(keying.initiatorSessionID)
                keying.initiatorSessionID = 0
            }
            fault.redirectsToSession { sessionID, _ in sessionID == 0 }
        },
        Saboteur("iikeying-sent-once") { fault in
            let memory = fault.memory
            fault.send = { packet in packet.iiKeying.map { memory.isNew($0.payload) } ?? true ? [packet] : [] }
        },
        Saboteur("iikeying-repeated-with-other-certificate") { fault in
            let memory = fault.memory
            fault.changesSentIIKeying { keying, _ in
                if memory["keyings"] > 0 {
                    let count = UInt8(truncatingIfNeeded: memory["keyings"])
                    keying.initiatorCertificate += [Option.marker, .certificate(.extraRandomness, [count])].encoded
                }
                memory["keyings"] += 1
            }
        },
        Saboteur("iikeying-every-second") { $0.lasting = { $0 == .keyingBackoff ? .seconds(1) : $1 } },
        Saboteur("iikeying-backoff-too-gentle") { fault in
            fault.lasting = { $0 == .keyingBackoff ? .seconds(1) + $1 * 0.33 : $1 }
        },
    ]

    static let clientResponderKeying: [Saboteur] = [
        Saboteur("rikeying-to-any-session-taken") { fault in
            let memory = fault.memory
            fault.changesSentIIKeying { keying, _ in memory["session"] = UInt64(keying.initiatorSessionID) }
            fault.redirectsToSession { sessionID, datagram in
                sessionID != 0 && (try? PacketOpener(.defaultSession).open(datagram)) != nil
            }
        },
        Saboteur("bad-rikeying-ends-opening") { fault in
            fault.givesUp { packet in
                guard let answer = packet.riKeying else { return false }
                let component = try? KeyingComponent(answer.sessionKeyResponderComponent)
                return component?.ephemeralKey?.group != DiffieHellmanGroup.modp2048.rawValue
            }
        },
        Saboteur("torn-rikeying-taken") { fault in
            fault.changesReceivedRIKeying { $0.sessionKeyResponderComponent.trimToOptions() }
        },
        Saboteur("rikeying-group-unchecked", .keyingComponentAcceptable, is: true),
        Saboteur("responder-session-id-0-taken", .responderSessionIDNotZero, is: true),
        Saboteur("second-rikeying-switches-session-id") { fault in
            let memory = fault.memory
            fault.judge = { $0 == .sessionKeyOnceOpen ? true : $1 }
            fault.drops { packet in
                guard let answer = packet.riKeying else { return false }
                memory["answers"] += 1
                if memory["answers"] > 1 { memory["session"] = UInt64(answer.responderSessionID) }
                return false
            }
            fault.changesSent { packet in
                guard packet.key == .session, memory["session"] != 0 else { return }
                packet.sessionID = UInt32(truncatingIfNeeded: memory["session"])
            }
        },
        Saboteur("early-packet-kills") { $0.reactsToEarlyPackets { memory in memory.isDead = true } },
        Saboteur("early-packet-ends-opening") { fault in
            fault.givesUp { _ in false }
            fault.reactsToEarlyPackets { memory in memory["gaveUp"] = 1 }
        },
    ]

    static let clientCookieChange: [Saboteur] = [
        Saboteur("cookie-change-ignored") { $0.drops { $0.cookieChange != nil } },
        Saboteur("new-cookie-cut-to-64") {
            $0.changesReceivedCookieChange { $0.newCookie = Array($0.newCookie.prefix(64)) }
        },
        Saboteur("old-cookie-unchecked", .oldCookieMatches, is: true),
        Saboteur("cookie-changed-over-and-over", .cookieNotChangedYet, is: true),
        Saboteur("cookie-change-reopens") { fault in
            let memory = fault.memory
            fault.judge = { $0 == .sessionKeyOnceOpen ? true : $1 }
            fault.answer = { packet in
                guard let change = packet.cookieChange, packet.farSessionID == nil, memory["open"] == 1 else {
                    return []
                }
                let keying = IIKeying(
                    initiatorSessionID: packet.sessionID,
                    cookieEcho: change.newCookie,
                    initiatorCertificate: [],
                    sessionKeyInitiatorComponent: [],
                    signature: []
                )
                return [
                    OutgoingPacket(
                        Packet(PacketHeader(.startup), [.initiatorInitialKeying(keying)]),
                        to: packet.source
                    )
                ]
            }
            fault.drops { packet in
                if packet.riKeying != nil { memory["open"] = 1 }
                return false
            }
        },
    ]

    static let clientGlare: [Saboteur] = [
        Saboteur("glare-unnoticed", .glare, is: false),
        Saboteur("glare-always-yields", .nearEndPrevails, is: false),
        Saboteur("glare-never-yields", .nearEndPrevails, is: true),
    ]
}

extension Fault {
    /// Does something when a packet comes that the session's keys protect before the RIKeying that they follow from.
    fileprivate mutating func reactsToEarlyPackets(_ react: @escaping @Sendable (Memory) -> Void) {
        let (memory, former) = (memory, send)
        send = { packet in
            if let keying = packet.iiKeying { memory["waits \(keying.initiatorSessionID)"] = 1 }
            return former(packet)
        }
        hears = { datagram, _ in
            guard let sessionID = try? unscrambledSessionID(datagram), memory["waits \(sessionID)"] == 1 else {
                return datagram
            }
            let isStartup = (try? PacketOpener(.defaultSession).open(datagram)) != nil
            if isStartup { memory["waits \(sessionID)"] = 0 } else { react(memory) }
            return datagram
        }
    }
}
