import Flash
import RTMFP

/// Faults in messages, NetConnection and barriers (RFC 7425 §5.1-§5.3).
extension Saboteur {
    static let messages: [Saboteur] = [
        Saboteur("protocol-control-rejected") { fault in
            fault.rewritesDataReceived { data, _ in
                if data.userData.count >= 5, [1, 2, 3, 5, 6].contains(data.userData[0]) { data.makeUnacceptable() }
                return true
            }
        },
        Saboteur("short-messages-rejected") { fault in
            fault.rewritesDataReceived { data, _ in
                if data.userData == [20, 0, 0, 0] { data.makeUnacceptable() }
                return true
            }
        },
        Saboteur("arrival-order-rejected") { fault in
            fault.rejectsMetadata { _, metadata, _ in metadata.starts(with: [0x54, 0x43, 0x05]) }
        },
        Saboteur("disorder-crashes") { fault in
            fault.rewritesDataReceived { [memory = fault.memory] data, packet in
                let name = packet.name(data.flowID)
                if data.metadata?.starts(with: [0x54, 0x43, 0x05]) ?? false { _ = memory.isNew(Array(name.utf8)) }
                if memory.contains(Array(name.utf8)) {
                    if data.sequenceNumber < memory[name] { memory.isDead = true }
                    memory[name] = data.sequenceNumber
                }
                return true
            }
        },
        Saboteur("stream-id-not-required") { fault in
            fault.hidesRejection(of: [0x54, 0x43, 0x00])
        },
        Saboteur("any-signature-accepted") { fault in
            fault.hidesRejection(of: [0x58, 0x58, 0x04, 0x00])
        },
        Saboteur("stream-ids-of-one-octet") { fault in
            fault.rejectsMetadata { data, _, _ in data.streamID.map { (128..<1000).contains($0) } ?? false }
        },
    ]

    static let flowSynchronization: [Saboteur] = [
        Saboteur("barriers-ignored") { fault in
            fault.rewritesBarriersReceived { _, _ in false }
        },
        Saboteur("barrier-of-one-blocks") { fault in
            fault.rewritesBarriersReceived { _, count in
                count = max(count, 2)
                return true
            }
        },
        Saboteur("late-barrier-blocks") { fault in
            fault.rewritesBarriersReceived { timestamp, count in
                if timestamp != 0 { count = max(count, 2) }
                return true
            }
        },
        Saboteur("closed-partners-awaited") { fault in
            fault.rewritesDataReceived { [memory = fault.memory] data, packet in
                let name = Array(packet.name(data.flowID).utf8)
                if data.streamID == 0, data.isAssociated { _ = memory.isNew(name) }
                if memory.contains(name) { data.flags.final = false }
                return true
            }
        },
    ]

    static let netConnection: [Saboteur] = [
        Saboteur("connect-result-without-success") { fault in
            fault.rewritesCommandsSent { command in
                if command.name == "_result", command.transactionID == 1 { command.arguments = [.null] }
                return true
            }
        },
        Saboteur("return-flow-for-stream-1") { fault in
            fault.rewritesDataSent { data, _ in
                if data.streamID == 0 { data.metadata = FlowMetadata(streamID: 1).encoded }
                return true
            }
        },
        Saboteur("control-flow-3003-rejected") { fault in
            fault.rejectsMetadata { data, _, _ in data.flowID == 3003 }
        },
        Saboteur("later-connection-evicts-earlier") { fault in
            let memory = fault.memory
            fault.answer = { packet in
                if let keying = packet.iiKeying {
                    memory[octets: "certificate \(keying.initiatorSessionID)"] = SHA256.hash(
                        keying.initiatorCertificate
                    )
                }
                return []
            }
            fault.rewritesCommandsReceived { command, packet in
                guard command.name == "connect", let id = packet.farSessionID,
                    let certificate = memory[octets: "certificate \(id)"]
                else { return true }
                let name = "connected \(certificate)"
                if memory[name] != 0, memory[name] != UInt64(id) { memory["evicted \(memory[name])"] = 1 }
                memory[name] = UInt64(id)
                return true
            }
            let earlier = fault.receive
            fault.receive = { packet in
                memory["evicted \(packet.farSessionID ?? 0)"] == 1 ? nil : earlier(packet)
            }
        },
        Saboteur("group-flow-ends-session") { fault in
            fault.rewritesReceived { chunk, _ in
                chunk.userData?.metadata == [0x47, 0x43] ? [.sessionCloseAcknowledgement] : [chunk]
            }
        },
        encoding(0), encoding(3),
        Saboteur("second-control-flow-rejected") { fault in
            fault.rejectsMetadata { data, metadata, _ in
                let command = data.message.flatMap { try? Command(decoding: $0) }
                return metadata == [0x54, 0x43, 0x04, 0x00] && data.isAssociated && command?.name == "createStream"
            }
        },
        Saboteur("early-command-crashes") { fault in
            fault.rewritesCommandsReceived { [memory = fault.memory] command, packet in
                let name = "connects in \(packet.session?.number ?? 0)"
                if command.name == "connect" { memory[name] = 1 }
                if memory[name] == 0 { memory.isDead = true }
                return true
            }
        },
        Saboteur("connect-without-object-crashes") { fault in
            fault.rewritesCommandsReceived { [memory = fault.memory] command, _ in
                if command.name == "connect", command.object.isNull { memory.isDead = true }
                return true
            }
        },
        Saboteur("second-connect-crashes") { fault in
            fault.rewritesMessagesReceived { [memory = fault.memory] message, data, packet in
                guard (try? Command(decoding: message))?.name == "connect" else { return true }
                let name = "connects in \(packet.session?.number ?? 0)"
                if memory[name] != 0, memory[name] != data.sequenceNumber { memory.isDead = true }
                memory[name] = data.sequenceNumber
                return true
            }
        },
        Saboteur("truncated-command-crashes") { fault in
            fault.rewritesMessagesReceived { [memory = fault.memory] message, _, _ in
                if message.type == .command, (try? Command(decoding: message)) == nil { memory.isDead = true }
                return true
            }
        },
        Saboteur("unknown-method-ends-connection") { fault in
            fault.rewritesDataReceived { data, _ in
                if let command = data.message.flatMap({ try? Command(decoding: $0) }), command.name == "noSuchMethod" {
                    data.makeUnacceptable()
                }
                return true
            }
        },
        Saboteur("extended-commands-ignored") { fault in
            fault.rewritesMessagesReceived { message, _, _ in message.type != .commandExtended }
        },
        Saboteur("any-format-understood") { fault in
            fault.rewritesMessagesReceived { message, _, _ in
                if message.type == .commandExtended, !message.payload.isEmpty { message.payload[0] = 0 }
                return true
            }
        },
        Saboteur("extended-answers-without-format") { fault in
            let memory = fault.memory
            fault.rewritesMessagesReceived { message, _, _ in
                if message.type == .commandExtended, message.payload.first == 0 { memory["extended"] = 1 }
                return true
            }
            fault.rewritesMessagesSent { message, _, _ in
                guard memory["extended"] == 1, let command = try? Command(decoding: message) else { return true }
                message = Message(.commandExtended, command.values.encoded)
                return true
            }
        },
        Saboteur("keepalive-in-seconds") { fault in
            fault.rewritesMessagesSent { message, _, _ in
                if case .setKeepalive(let server, let peer) = try? UserControl(decoding: message) {
                    message = UserControl.setKeepalive(serverPeriod: server / 1000, peerPeriod: peer / 1000).message
                }
                return true
            }
        },
    ]

    /// One that names one object encoding, whichever was asked for.
    private static func encoding(_ encoding: Double) -> Saboteur {
        Saboteur("object-encoding-\(Int(encoding))-only") { fault in
            fault.rewritesCommandsSent { command in
                guard command.name == "_result", command.transactionID == 1 else { return true }
                command.arguments = command.arguments.map { argument in
                    guard case .object(let members) = argument else { return argument }
                    let others = members.filter { $0.name != "objectEncoding" }
                    return .object(others + [AMFMember("objectEncoding", .number(encoding))])
                }
                return true
            }
        }
    }
}

extension Fault {
    /// Takes flows with some metadata for acceptable.
    mutating func hidesRejection(of metadata: [UInt8]) {
        let memory = memory
        rewritesDataReceived { data, _ in
            if data.metadata == metadata { memory["hidden"] = data.flowID }
            return true
        }
        rewritesSent { chunk, _ in
            chunk.exception.map { $0.flowID == memory["hidden"] } ?? false ? [] : [chunk]
        }
    }
}

extension UserData {
    /// Whether the options name a flow in return to which this one is.
    var isAssociated: Bool {
        !(options?.values(of: FlowOption.returnAssociation).isEmpty ?? true)
    }
}
