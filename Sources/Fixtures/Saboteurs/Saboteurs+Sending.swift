import RTMFP

/// Faults in sending flows: options, exceptions, the end (RFC 7016 §3.6.2).
extension Saboteur {
    static let sending: [Saboteur] = [
        Saboteur("options-sent-once") { fault in
            fault.rewritesDataSent { [memory = fault.memory] data, packet in
                if data.options != nil, !memory.isNew(Array(packet.name(data.flowID).utf8)) { data.options = nil }
                return true
            }
        },
        Saboteur("association-sent-once") { fault in
            fault.rewritesDataSent { [memory = fault.memory] data, packet in
                guard data.options != nil, !memory.isNew(Array(packet.name(data.flowID).utf8)) else { return true }
                data.options?.removeAll { $0.type == FlowOption.returnAssociation }
                return true
            }
        },
        Saboteur("options-sent-always") { fault in
            fault.rewritesDataSent { [memory = fault.memory] data, packet in
                let name = packet.name(data.flowID)
                if let options = data.options { memory[octets: name] = options.encoded }
                data.options = memory[octets: name].flatMap { try? [Option](sequence: $0) }
                return true
            }
        },
        Saboteur("acks-cut-short-accepted") { fault in
            fault.rewritesReceived { chunk, _ in
                guard case .malformed(.rangeAcknowledgement, let payload, _) = chunk else { return [chunk] }
                var reader = ByteReader(payload.span)
                guard let flowID = try? reader.vlu("flowID"), let blocks = try? reader.vlu("blocks") else { return [] }
                let body = RangeAcknowledgement(
                    flowID: flowID,
                    bufferBlocksAvailable: blocks,
                    cumulativeAcknowledgement: 0
                )
                return [.rangeAcknowledgement(body)]
            }
        },
        Saboteur("unsent-numbers-acknowledged") { fault in
            let memory = fault.memory
            fault.changesReceived { packet in
                for body in packet.acknowledgements {
                    let name = packet.answerName(body.flowID)
                    let highest = max(body.cumulativeAcknowledgement, body.ranges.last?.upperBound ?? 0)
                    if body.ranges.count <= 1 { memory["acked \(name)"] = max(memory["acked \(name)"], highest) }
                }
            }
            fault.rewritesDataSent { data, packet in
                let name = packet.name(data.flowID)
                let isFirst = memory.isNew(packet.name(of: data))
                return !isFirst || data.sequenceNumber > memory["acked \(name)"]
            }
        },
        Saboteur("queued-numbers-acknowledged", .neverSentNotAcknowledged, is: false),
        Saboteur("unknown-ack-closes") { $0.endsSession { $0.acknowledgements.contains { $0.flowID == 999 } } },
        Saboteur("old-acks-undo") { fault in
            let memory = fault.memory
            fault.rewritesDataSent { data, packet in
                memory[octets: "\(packet.name(data.flowID)) \(data.sequenceNumber)"] = data.payload
                return true
            }
            fault.answer = { packet in
                packet.acknowledgements.flatMap { body -> [OutgoingPacket] in
                    let name = packet.answerName(body.flowID)
                    let highest = memory[name]
                    memory[name] = max(highest, body.cumulativeAcknowledgement)
                    guard body.cumulativeAcknowledgement < highest, body.ranges.isEmpty,
                        let payload = memory[octets: "\(name) \(body.cumulativeAcknowledgement + 1)"]
                    else { return [] }
                    return packet.inSession([.unknown(type: ChunkType.userData.rawValue, payload: payload)])
                }
            }
        },
        Saboteur("exceptions-ignored", .exceptionClosesFlow, is: false),
        Saboteur("exception-closes-session") { fault in
            fault.endsSession { $0.packet.chunks.contains { $0.exception.map { $0.flowID != 999 } ?? false } }
        },
        Saboteur("unknown-exception-closes") { fault in
            fault.endsSession { $0.packet.chunks.contains { $0.exception?.flowID == 999 } }
        },
        Saboteur("data-after-exception") { fault in
            let memory = fault.memory
            fault.rewritesDataSent { data, packet in
                memory[packet.name(data.flowID)] = max(memory[packet.name(data.flowID)], data.sequenceNumber)
                return true
            }
            fault.answer = { packet in
                packet.packet.chunks.compactMap(\.exception).flatMap { report -> [OutgoingPacket] in
                    let last = memory[packet.answerName(report.flowID)]
                    let end = UserData(
                        flags: UserDataFlags(abandon: true, final: true),
                        flowID: report.flowID,
                        sequenceNumber: last + 2,
                        fsnOffset: 2,
                        userData: []
                    )
                    return packet.inSession([.userData(end)])
                }
            }
            fault.rewritesReceived { chunk, _ in chunk.exception == nil ? [chunk] : [] }
        },
        Saboteur("final-waits-for-window") { fault in
            let memory = fault.memory
            fault.changesReceived { packet in
                for body in packet.acknowledgements {
                    memory["closed \(packet.answerName(body.flowID))"] = body.bufferBlocksAvailable == 0 ? 1 : 0
                }
            }
            fault.rewritesDataSent { data, packet in
                !data.flags.final || memory["closed \(packet.name(data.flowID))"] == 0
            }
        },
        Saboteur("forward-number-never-sent") { fault in
            fault.rewritesDataSent { data, _ in
                data.forward = 0
                return true
            }
        },
        Saboteur("final-sent-once") { $0.dropsRepetitions { $0.flags.final } },
        Saboteur("final-lost-in-repetition") { fault in
            fault.rewritesDataSent { [memory = fault.memory] data, packet in
                if !memory.isNew(packet.name(of: data)) { data.flags.final = false }
                return true
            }
        },
        Saboteur("flow-ids-used-again") { fault in
            let memory = fault.memory
            fault.rewritesDataSent { data, packet in
                let session = "\(packet.session?.number ?? 0)"
                if data.flags.final, memory["ended \(session)"] == 0 { memory["ended \(session)"] = data.flowID }
                let ended = memory["ended \(session)"]
                if ended != 0, data.flowID != ended {
                    memory["new \(session)"] = data.flowID
                    data.flowID = ended
                }
                return true
            }
            fault.rewritesReceived { chunk, packet in
                let session = "\(packet.session?.number ?? 0)"
                guard var body = chunk.acknowledgement, memory["new \(session)"] != 0 else { return [chunk] }
                body.flowID = memory["new \(session)"]
                return [.rangeAcknowledgement(body)]
            }
        },
    ]
}
