import RTMFP

/// Faults in what acknowledgements and exceptions say, and in the end of flows (RFC 7016 §3.6.3.4 - §3.6.3.8).
extension Saboteur {
    static let acknowledgements: [Saboteur] = [
        Saboteur("acks-last-range-only") { fault in
            fault.rewritesSent { chunk, _ in
                guard var body = chunk.acknowledgement, body.ranges.count > 1 else { return [chunk] }
                body.ranges = body.ranges.suffix(1)
                return [.rangeAcknowledgement(body)]
            }
        },
        Saboteur("last-range-too-long") { fault in
            fault.rewritesAcknowledgementsSent { acknowledgement, _ in
                guard let last = acknowledgement.ranges.popLast() else { return }
                acknowledgement.ranges.append(last.lowerBound...last.upperBound + 1)
            }
        },
        Saboteur("acks-always-ranges") { fault in
            fault.rewritesSent { chunk, _ in chunk.acknowledgement.map { [.rangeAcknowledgement($0)] } ?? [chunk] }
        },
        Saboteur("acks-always-bitmaps") { fault in
            fault.rewritesSent { chunk, _ in
                guard let body = chunk.acknowledgement, let last = body.ranges.last?.upperBound,
                    last - body.cumulativeAcknowledgement < 2000
                else { return [chunk] }
                return [.bitmapAcknowledgement(body.asBitmap)]
            }
        },
        Saboteur("acks-oversized") { fault in
            fault.rewritesSent { chunk, _ in
                chunk.acknowledgement.map { $0.ranges.count > 150 } ?? false ? [chunk, chunk] : [chunk]
            }
        },
        Saboteur("buffer-always-empty") { fault in
            fault.rewritesAcknowledgementsSent { acknowledgement, _ in acknowledgement.bufferBlocksAvailable = 64 }
        },
        Saboteur("given-up-data-kept") { fault in
            fault.rewritesAcknowledgementsSent { [memory = fault.memory] acknowledgement, packet in
                let name = "least \(packet.questionName(acknowledgement.flowID))"
                let least = memory[name] == 0 ? UInt64.max : memory[name]
                acknowledgement.bufferBlocksAvailable = min(least, acknowledgement.bufferBlocksAvailable)
                memory[name] = acknowledgement.bufferBlocksAvailable
            }
        },
        Saboteur("unknown-buffer-probe-answered") { fault in
            fault.answer = { packet in
                let unknown = packet.unknownProbes
                return unknown.isEmpty ? [] : packet.inSession(unknown.map { .emptyAcknowledgement(of: $0) })
            }
        },
        Saboteur("unknown-buffer-probe-closes") { $0.endsSession { !$0.unknownProbes.isEmpty } },
    ]

    static let exceptions: [Saboteur] = [
        Saboteur("exceptions-never-sent") { fault in
            fault.rewritesSent { chunk, _ in chunk.exception == nil ? [chunk] : [] }
        },
        Saboteur("exception-sent-once") { fault in
            fault.rewritesSent { [memory = fault.memory] chunk, packet in
                guard let exception = chunk.exception else { return [chunk] }
                return memory.isNew(Array(packet.questionName(exception.flowID).utf8)) ? [chunk] : []
            }
        },
        Saboteur("exception-after-ack") { fault in
            fault.changesSent { packet in
                var chunks = packet.packet.chunks
                for (index, chunk) in packet.packet.chunks.enumerated().dropLast() where chunk.exception != nil {
                    chunks.swapAt(index, index + 1)
                }
                packet.packet.chunks = chunks
            }
        },
        Saboteur("rejected-data-delivered") { fault in
            // It rejects what a later option makes unacceptable, and delivers as if it had not.
            fault.rewritesDataReceived { [memory = fault.memory] data, packet in
                let isBad = data.options?.contains { 1..<8192 ~= $0.type ?? 0 && $0.type != 0x0a } ?? false
                guard isBad, data.sequenceNumber > 1 else { return true }
                data.options = nil
                _ = memory.isNew(Array(packet.name(data.flowID).utf8))
                return true
            }
            fault.rewritesSent { [memory = fault.memory] chunk, packet in
                guard let body = chunk.acknowledgement, memory.contains(Array(packet.questionName(body.flowID).utf8))
                else { return [chunk] }
                return [.exception(of: body.flowID), chunk]
            }
        },
        Saboteur("rejected-flows-acknowledged-once") { fault in
            fault.changesSent { [memory = fault.memory] packet in
                let rejected = Set(packet.packet.chunks.compactMap { $0.exception?.flowID })
                let chunks = packet.packet.chunks
                packet.packet.chunks = chunks.filter { chunk in
                    guard let body = chunk.acknowledgement, rejected.contains(body.flowID) else { return true }
                    return memory.isNew(Array(packet.questionName(body.flowID).utf8))
                }
            }
        },
        Saboteur("completed-flow-forgotten") { fault in
            fault.rewritesDataReceived { [memory = fault.memory] data, packet in
                let ended = Array("ended \(packet.name(data.flowID))".utf8)
                if memory.contains(ended) { _ = memory.isNew(Array(packet.name(data.flowID).utf8)) }
                if data.flags.final { _ = memory.isNew(ended) }
                return true
            }
            fault.rewritesSent { [memory = fault.memory] chunk, packet in
                guard let body = chunk.acknowledgement, memory.contains(Array(packet.questionName(body.flowID).utf8))
                else { return [chunk] }
                return [.exception(of: body.flowID), chunk]
            }
        },
        Saboteur("final-completes-despite-gap") { fault in
            fault.rewritesDataReceived { data, _ in
                if data.flags.final { data.forward = data.sequenceNumber - 1 }
                return true
            }
        },
        Saboteur("last-final-counts") { fault in
            let memory = fault.memory
            fault.changesReceived { packet in
                for data in packet.fragments where data.flags.final {
                    memory["final"] = memory["first"] == 0 ? 0 : data.sequenceNumber
                    memory["first"] = max(memory["first"], data.sequenceNumber)
                }
                guard memory["final"] > 0, let data = packet.fragments.first, !data.flags.final,
                    data.sequenceNumber < memory["final"]
                else { return }
                // What the second FIN leaves out counts as given up.
                let rest = UserData(
                    flags: UserDataFlags(abandon: true),
                    flowID: data.flowID,
                    sequenceNumber: memory["first"] - 1,
                    fsnOffset: 0,
                    userData: []
                )
                packet.packet.chunks.append(.userData(rest))
            }
        },
    ]
}

extension Chunk {
    /// A Flow Exception Report without a code.
    fileprivate static func exception(of flowID: UInt64) -> Chunk {
        .flowExceptionReport(FlowExceptionReport(flowID: flowID, exceptionCode: 0))
    }

    /// An acknowledgement of nothing.
    fileprivate static func emptyAcknowledgement(of flowID: UInt64) -> Chunk {
        .rangeAcknowledgement(
            RangeAcknowledgement(flowID: flowID, bufferBlocksAvailable: 64, cumulativeAcknowledgement: 0)
        )
    }
}

extension IncomingPacket {
    /// The flows of Buffer Probes in a packet that nobody sends on: none of ours have such numbers.
    fileprivate var unknownProbes: [UInt64] {
        packet.chunks.compactMap { chunk in
            guard case .bufferProbe(let probe) = chunk, probe.flowID == 777 else { return nil }
            return probe.flowID
        }
    }
}
