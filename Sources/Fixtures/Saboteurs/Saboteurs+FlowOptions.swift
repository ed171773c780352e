import RTMFP

/// Faults in what is made of the options and the numbers of flows (RFC 7016 §2.3.11.1, §3.6.1).
extension Saboteur {
    static let flowOptions: [Saboteur] = [
        Saboteur("empty-option-list-rejected") { fault in
            fault.rewritesDataReceived { data, _ in
                if data.options == [] { data.makeUnacceptable() }
                return true
            }
        },
        Saboteur("list-without-marker-accepted") { fault in
            fault.rewritesReceived { chunk, _ in
                guard let head = chunk.malformedUserData, head.hasOptions else { return [chunk] }
                let data = UserData(
                    flowID: head.flowID,
                    sequenceNumber: head.sequenceNumber,
                    fsnOffset: head.sequenceNumber,
                    userData: []
                )
                return [.userData(data)]
            }
        },
        Saboteur("low-options-ignored", .flowOptionsKnown, is: true),
        Saboteur("high-options-reject") { fault in
            fault.rewritesDataReceived { data, _ in
                if data.options?.contains(where: { $0.type.map { $0 >= 8192 } ?? false }) ?? false {
                    data.makeUnacceptable()
                }
                return true
            }
        },
        Saboteur("first-option-is-metadata") { fault in
            fault.rewritesDataReceived { data, _ in
                if let first = data.options?.first, first.type != FlowOption.metadata, data.options?.count ?? 0 > 1 {
                    data.makeUnacceptable()
                }
                return true
            }
        },
        Saboteur("later-options-ignored") { fault in
            fault.rewritesDataReceived { [memory = fault.memory] data, packet in
                if !memory.isNew(Array(packet.name(data.flowID).utf8)) { data.options = nil }
                return true
            }
        },
        Saboteur("metadata-not-required") { fault in
            fault.rewritesDataReceived { data, _ in
                if data.sequenceNumber == 1, data.options?.values(of: FlowOption.metadata).isEmpty ?? true {
                    data.options = (data.options ?? []) + [.value(type: FlowOption.metadata, [0x54, 0x43, 0x04, 0x00])]
                }
                return true
            }
        },
        Saboteur("empty-metadata-ignored") { fault in
            fault.rewritesDataReceived { data, _ in
                data.options?.values(of: FlowOption.metadata).first != []
            }
        },
        Saboteur("later-metadata-reject") { fault in
            fault.rewritesDataReceived { [memory = fault.memory] data, packet in
                guard let metadata = data.options?.values(of: FlowOption.metadata).first else { return true }
                let name = packet.name(data.flowID)
                if let known = memory[octets: name], known != metadata { data.makeUnacceptable() }
                memory[octets: name] = metadata
                return true
            }
        },
        Saboteur("automatic-exception-has-a-code") { fault in
            fault.rewritesSent { chunk, _ in
                guard var report = chunk.exception else { return [chunk] }
                report.exceptionCode = 3
                return [.flowExceptionReport(report)]
            }
        },
    ]

    static let associations: [Saboteur] = [
        Saboteur("association-unchecked") { fault in
            fault.remembersAnswers()
            fault.rewritesAssociations { [memory = fault.memory] id, packet in
                memory.contains(Array(packet.answerName(id).utf8)) ? id : memory["answer"] > 0 ? memory["answer"] : nil
            }
        },
        Saboteur("association-to-own-flow") { fault in
            fault.remembersAnswers()
            fault.rewritesAssociations { [memory = fault.memory] id, packet in
                memory.contains(Array(packet.name(id).utf8)) && !memory.contains(Array(packet.answerName(id).utf8))
                    ? memory["answer"] : id
            }
        },
        Saboteur("association-to-closed-flow") { fault in
            fault.remembersAnswers()
            fault.rewritesAssociations { [memory = fault.memory] id, packet in
                memory.contains(Array("final \(packet.answerName(id))".utf8)) ? nil : id
            }
        },
        Saboteur("associated-flows-rejected") { fault in
            fault.rewritesDataReceived { data, _ in
                if data.options?.values(of: FlowOption.returnAssociation).isEmpty == false { data.makeUnacceptable() }
                return true
            }
        },
        Saboteur("association-is-2") { fault in
            fault.rewritesDataSent { data, _ in
                data.options = data.options?.map { option in
                    option.type == FlowOption.returnAssociation
                        ? .value(type: FlowOption.returnAssociation, [2]) : option
                }
                return true
            }
        },
    ]

    static let flows: [Saboteur] = [
        Saboteur("first-flow-must-be-2") { fault in
            fault.rewritesDataReceived { [memory = fault.memory] data, packet in
                let isFirst = memory.isNew(Array("first \(packet.session?.number ?? 0)".utf8))
                if isFirst, data.flowID != 2 { data.makeUnacceptable() }
                return true
            }
        },
        Saboteur("vlu-of-29-bits") { fault in
            // As AMF3 does it, whose fourth octet has eight bits.
            fault.rewritesDataReceived { data, _ in
                if data.flowID >= 1 << 21, data.flowID < 1 << 28 {
                    data.flowID = ((data.flowID >> 7) << 8) | (data.flowID & 0x7f)
                }
                return true
            }
        },
        Saboteur("vlu-of-32-bits") { fault in
            fault.rewritesDataReceived { data, _ in
                let forward = data.forward & 0xffff_ffff
                data.flowID &= 0xffff_ffff
                data.sequenceNumber &= 0xffff_ffff
                data.forward = forward
                return true
            }
        },
        Saboteur("flow-numbers-shared") { fault in
            fault.remembersAnswers()
            fault.rewritesDataReceived { [memory = fault.memory] data, packet in
                let name = Array(packet.name(data.flowID).utf8)
                if !memory.contains(name), memory.contains(Array(packet.answerName(data.flowID).utf8)) { return false }
                _ = memory.isNew(name)
                return true
            }
        },
        Saboteur("end-of-associated-flow-closes-session") { fault in
            fault.endsSession { packet in
                packet.fragments.contains { data in
                    data.flags.final && data.options?.values(of: FlowOption.returnAssociation).isEmpty == false
                }
            }
        },
        Saboteur("gap-blocks-session") { fault in
            let memory = fault.memory
            fault.rewritesDataReceived { data, packet in
                let session = "blocked \(packet.session?.number ?? 0)"
                let highest = memory[packet.name(data.flowID)]
                let makesGap = data.sequenceNumber > highest + 1 && data.forward < data.sequenceNumber - 1
                memory[packet.name(data.flowID)] = max(highest, data.sequenceNumber)
                if memory[session] != 0, memory[session] != data.flowID + 1 { return false }
                if makesGap { memory[session] = data.flowID + 1 }
                return true
            }
        },
        Saboteur("dies-of-many-flows") { fault in
            fault.rewritesDataReceived { [memory = fault.memory] data, packet in
                _ = memory.isNew(Array(packet.name(data.flowID).utf8))
                if memory.count > 3000 { memory.isDead = true }
                return true
            }
        },
    ]
}

extension Fault {
    /// Remembers the flows that the near end has sent on, and those that it has ended.
    fileprivate mutating func remembersAnswers() {
        rewritesDataSent { [memory] data, packet in
            _ = memory.isNew(Array(packet.name(data.flowID).utf8))
            if data.flags.final { _ = memory.isNew(Array("final \(packet.name(data.flowID))".utf8)) }
            memory["answer"] = data.flowID
            return true
        }
    }

    /// Puts another flow, or none for nil, into the associations that are received.
    fileprivate mutating func rewritesAssociations(
        _ rewrite: @escaping @Sendable (UInt64, IncomingPacket) -> UInt64?
    ) {
        rewritesDataReceived { [memory] data, packet in
            let options = data.options ?? []
            if let value = options.values(of: FlowOption.returnAssociation).first {
                var reader = ByteReader(value.span)
                if let id = try? reader.vlu("flowID") {
                    let kept = options.filter { $0.type != FlowOption.returnAssociation }
                    data.options = kept + (rewrite(id, packet).map { [.association($0)] } ?? [])
                }
            }
            _ = memory.isNew(Array(packet.name(data.flowID).utf8))
            return true
        }
    }

    /// Closes a session abruptly for a packet in it for which `isMeant` holds.
    mutating func endsSession(for isMeant: @escaping @Sendable (IncomingPacket) -> Bool) {
        let memory = memory
        let name: @Sendable (IncomingPacket) -> [UInt8] = { Array("ended \($0.session?.number ?? 0)".utf8) }
        answer = { packet in
            guard packet.key == .session, isMeant(packet) else { return [] }
            return memory.isNew(name(packet)) ? packet.inSession([.sessionCloseAcknowledgement]) : []
        }
        drops { $0.key == .session && memory.contains(name($0)) }
    }
}

extension Option {
    /// A return flow association.
    static func association(_ flowID: UInt64) -> Option {
        var writer = ByteWriter()
        writer.vlu(flowID)
        return .value(type: FlowOption.returnAssociation, writer.bytes)
    }
}
