import RTMFP

/// Faults in finding out what was lost, in keeping to windows, and in congestion control (RFC 7016 §3.5.2, §3.6.2).
extension Saboteur {
    static let loss: [Saboteur] = [
        Saboteur("nothing-retransmitted") { $0.dropsRepetitions() },
        Saboteur("only-timeouts-mean-loss", .lostAfterThreePassedOver, is: false),
        Saboteur("one-later-ack-means-loss", .lostAfterThreePassedOver, is: true),
        Saboteur("retransmitted-with-other-octets") { fault in
            fault.rewritesDataSent { [memory = fault.memory] data, packet in
                if !memory.isNew(packet.name(of: data)), !data.userData.isEmpty { data.userData[0] ^= 0xff }
                return true
            }
        },
        Saboteur("acks-lift-only-cumulative") { fault in
            fault.rewritesReceived { chunk, _ in
                guard var body = chunk.acknowledgement else { return [chunk] }
                body.ranges = []
                return [.rangeAcknowledgement(body)]
            }
        },
        Saboteur("old-acks-count-against-retransmission") { fault in
            let memory = fault.memory
            fault.rewritesDataSent { data, packet in
                memory[octets: "\(packet.name(data.flowID)) \(data.sequenceNumber)"] = data.payload
                return true
            }
            fault.answer = { packet in
                packet.acknowledgements.flatMap { body -> [OutgoingPacket] in
                    let name = packet.answerName(body.flowID)
                    defer { memory[octets: "last \(name)"] = body.payload }
                    guard !body.ranges.isEmpty, memory[octets: "last \(name)"] == body.payload,
                        let payload = memory[octets: "\(name) \(body.cumulativeAcknowledgement + 1)"]
                    else { return [] }
                    return packet.inSession([.unknown(type: ChunkType.userData.rawValue, payload: payload)])
                }
            }
        },
        Saboteur("bitmap-acks-ignored") { fault in
            fault.rewritesReceived { chunk, _ in
                if case .bitmapAcknowledgement = chunk { [] } else { [chunk] }
            }
        },
        Saboteur("cut-range-acks-ignored") { fault in
            fault.dropsEncoded { type, payload in
                guard type == ChunkType.rangeAcknowledgement.rawValue else { return false }
                // The octets of a pair that is whole have been read by then.
                var reader = ByteReader(payload.span)
                guard let body = try? RangeAcknowledgement(from: &reader) else { return false }
                return body.payload.count < payload.count
            }
        },
        Saboteur("loss-seen-in-own-flow-only") { fault in
            let memory = fault.memory
            fault.changesReceived { packet in
                let flows = packet.acknowledgements.map(\.flowID)
                memory["acknowledges"] = flows.isEmpty ? 0 : flows.count == 1 ? flows[0] + 1 : 0
            }
            fault.rewritesDataSent { data, packet in
                let isNew = memory.isNew(packet.name(of: data))
                return isNew || memory["acknowledges"] == 0 || memory["acknowledges"] == data.flowID + 1
            }
        },
        Saboteur("timeout-of-100-ms") { $0.timesOut { _ in .milliseconds(100) } },
        Saboteur("timeout-never-backs-off") { fault in
            fault.timesOut { $0 < .seconds(1) ? .milliseconds(250) : $0 }
        },
        Saboteur("first-timeout-of-400-ms") { fault in
            fault.timesOut { $0 == .seconds(3) ? .milliseconds(400) : $0 }
        },
        Saboteur("round-trip-ignored") { fault in
            fault.timesOut { $0 > .milliseconds(600) && $0 < .seconds(3) ? .milliseconds(300) : $0 }
        },
    ]

    static let flowControl: [Saboteur] = [
        Saboteur("window-ignored", .windowOpen, is: true),
        Saboteur("window-never-opens") { fault in
            fault.rewritesReceived { [memory = fault.memory] chunk, packet in
                guard var body = chunk.acknowledgement else { return [chunk] }
                let name = Array(packet.answerName(body.flowID).utf8)
                if body.bufferBlocksAvailable == 0 { _ = memory.isNew(name) }
                if memory.contains(name) { body.bufferBlocksAvailable = 0 }
                return [.rangeAcknowledgement(body)]
            }
        },
        Saboteur("window-shared") { fault in
            let memory = fault.memory
            fault.changesReceived { packet in
                for body in packet.acknowledgements where body.bufferBlocksAvailable == 0 {
                    memory["closed"] = body.flowID + 1
                }
            }
            fault.rewritesDataSent { data, _ in memory["closed"] == 0 || memory["closed"] == data.flowID + 1 }
        },
        Saboteur("never-probes", .suspendedSenderProbes, is: false),
        Saboteur("probes-after-3-seconds") { fault in
            fault.lasting = { $0 == .bufferProbe ? max($1, .seconds(3)) : $1 }
        },
        Saboteur("probes-every-300-ms") { fault in
            fault.lasting = { $0 == .bufferProbe ? min($1, .milliseconds(300)) : $1 }
        },
        Saboteur("probe-names-another-flow") { fault in
            fault.rewritesSent { chunk, _ in
                guard case .bufferProbe(let probe) = chunk else { return [chunk] }
                return [.bufferProbe(BufferProbe(flowID: probe.flowID + 1))]
            }
        },
        Saboteur("probes-on") { fault in
            fault.send = { packet in
                let probes = packet.packet.chunks.filter { if case .bufferProbe = $0 { true } else { false } }
                guard packet.key == .session, !probes.isEmpty else { return [packet] }
                var later = packet
                later.packet.chunks = probes
                later.delay = .milliseconds(1100)
                return [packet, later]
            }
        },
    ]

    static let congestion: [Saboteur] = [
        Saboteur("congestion-window-ignored") { fault in
            fault.judge = { $0 == .budgetAllows || $0 == .burstAllows ? true : $1 }
        },
        Saboteur("window-grows-without-bound", .budgetAllows, is: true),
        Saboteur("bursts-unlimited", .burstAllows, is: true),
        Saboteur("large-ack-permits-nothing") { fault in
            let memory = fault.memory
            fault.changesReceived { packet in
                for body in packet.acknowledgements {
                    let name = packet.answerName(body.flowID)
                    let more = body.cumulativeAcknowledgement &- memory[name]
                    memory["stalled"] = (7...200).contains(more) ? 1 : 0
                    memory[name] = body.cumulativeAcknowledgement
                }
            }
            fault.judge = { $0 == .burstAllows && memory["stalled"] == 1 ? false : $1 }
        },
        Saboteur("time-critical-notice-ignored") { fault in
            fault.changesReceived { $0.packet.header.timeCriticalReverse = false }
        },
        Saboteur("time-critical-notice-sticks") { fault in
            fault.changesReceived { [memory = fault.memory] packet in
                guard packet.key == .session else { return }
                if packet.packet.header.timeCriticalReverse { memory["told"] = 1 }
                if memory["told"] == 1 { packet.packet.header.timeCriticalReverse = true }
            }
        },
        Saboteur("time-critical-reverse-always") { $0.changesSessionHeader { $0.timeCriticalReverse = true } },
    ]
}

extension Fault {
    /// Changes the retransmission timeout.
    fileprivate mutating func timesOut(_ change: @escaping @Sendable (Interval) -> Interval) {
        lasting = { $0 == .retransmission ? change($1) : $1 }
    }
}
