import RTMFP

/// Faults in what is delivered, and in when it is acknowledged (RFC 7016 §3.6.3.2 - §3.6.3.4.1).
extension Saboteur {
    static let receiving: [Saboteur] = [
        Saboteur("duplicates-delivered", .fragmentNew, is: true),
        Saboteur("given-up-data-delivered") { fault in
            let memory = fault.memory
            fault.rewritesDataReceived { data, packet in
                memory["never seen"] = memory.isNew(packet.name(of: data)) ? 1 : 0
                return true
            }
            fault.judge = { $0 == .fragmentNew && memory["never seen"] == 1 ? true : $1 }
        },
        Saboteur("gaps-given-up") { fault in
            fault.rewritesDataReceived { data, _ in
                data.forward = data.sequenceNumber - 1
                return true
            }
        },
        Saboteur("reordered-data-lost") { fault in
            fault.rewritesDataReceived { [memory = fault.memory] data, packet in
                let name = packet.name(data.flowID)
                let known = max(memory[name], data.forward)
                memory[name] = known
                if data.sequenceNumber == known &+ 1 {
                    memory[name] = data.sequenceNumber
                } else if data.sequenceNumber > known {
                    data.loseData()
                }
                return true
            }
        },
        Saboteur("headless-message-stalls") { fault in
            fault.rewritesDataReceived { [memory = fault.memory] data, packet in
                let stalled = Array("stalled \(packet.name(data.flowID))".utf8)
                if data.isHeadless { _ = memory.isNew(stalled) }
                if memory.contains(stalled) { data.loseData() }
                return true
            }
        },
        Saboteur("headless-message-delivered") { fault in
            fault.rewritesDataReceived { data, _ in
                if data.isHeadless { data.flags.fragmentControl = .whole }
                return true
            }
        },
        Saboteur("second-begin-joined") { fault in
            fault.rewritesDataReceived { [memory = fault.memory] data, packet in
                let name = packet.name(data.flowID)
                if data.flags.fragmentControl == .begin, memory[name] == data.sequenceNumber - 1 {
                    data.flags.fragmentControl = .middle
                }
                let isOpen = data.flags.fragmentControl == .begin || data.flags.fragmentControl == .middle
                memory[name] = isOpen ? data.sequenceNumber : 0
                return true
            }
        },
        Saboteur("forward-number-ignored") { fault in
            fault.rewritesDataReceived { data, _ in
                data.forward = 0
                return true
            }
        },
        Saboteur("window-closes-over-message") { fault in
            fault.countsWaitingFragments()
            fault.rewritesAcknowledgementsSent { [memory = fault.memory] acknowledgement, packet in
                if memory[packet.waitingName(acknowledgement)] > Fault.fullBuffer {
                    acknowledgement.bufferBlocksAvailable = 0
                }
            }
        },
    ]

    static let acknowledging: [Saboteur] = [
        Saboteur("opening-ack-late", .newFlowAcknowledgedAtOnce, is: false),
        Saboteur("rejected-ack-late", .closedFlowAcknowledgedAtOnce, is: false),
        Saboteur("abandoned-ack-late", .abandonedAcknowledgedAtOnce, is: false),
        Saboteur("gap-ack-late", .gapAcknowledgedAtOnce, is: false),
        Saboteur("duplicate-ack-late", .duplicateAcknowledgedAtOnce, is: false),
        Saboteur("final-ack-late", .finalAcknowledgedAtOnce, is: false),
        Saboteur("second-packet-ack-late", .secondPacketAcknowledgedAtOnce, is: false),
        Saboteur("buffer-probe-ignored", .probeAcknowledged, is: false),
        Saboteur("buffer-probe-ack-late") { fault in
            fault.delaysAcknowledgements { packet in
                packet.packet.chunks.contains { if case .bufferProbe = $0 { true } else { false } }
            }
        },
        Saboteur("duplicates-unacknowledged") { fault in
            fault.rewritesDataReceived { [memory = fault.memory] data, packet in
                memory.isNew(packet.name(of: data))
            }
        },
        Saboteur("delayed-acks-after-half-a-second") { fault in
            fault.lasting = { $0 == .delayedAcknowledgement ? .milliseconds(500) : $1 }
        },
        Saboteur("full-buffer-ack-late") { fault in
            let memory = fault.memory
            fault.countsWaitingFragments()
            fault.changesSent { packet in
                var isLate = false
                packet.packet.chunks = packet.packet.chunks.map { chunk in
                    guard var acknowledgement = chunk.acknowledgement else { return chunk }
                    let name = packet.waitingName(acknowledgement)
                    guard memory[name] > Fault.fullBuffer else { return chunk }
                    isLate = memory["told \(name)"] == 1
                    memory["told \(name)"] = 1
                    acknowledgement.bufferBlocksAvailable = 1
                    return .rangeAcknowledgement(acknowledgement)
                }
                if isLate { packet.delay = .milliseconds(200) }
            }
        },
        Saboteur("one-ack-a-packet") { fault in
            fault.send = { packet in
                guard packet.packet.chunks.count(where: { $0.acknowledgement != nil }) > 1 else { return [packet] }
                var rest = packet
                rest.packet.chunks.removeAll { $0.acknowledgement != nil || $0.exception != nil }
                var exception: Chunk?
                var single: [OutgoingPacket] = []
                for chunk in packet.packet.chunks {
                    if chunk.exception != nil { exception = chunk }
                    guard chunk.acknowledgement != nil else { continue }
                    var one = packet
                    one.packet.chunks = [exception, chunk].compactMap(\.self)
                    single.append(one)
                    exception = nil
                }
                return rest.packet.chunks.isEmpty ? single : single + [rest]
            }
        },
    ]
}

extension Fault {
    /// Fragments of one message that fill a buffer.
    fileprivate static let fullBuffer: UInt64 = 62

    /// Counts, by flow, the fragments that wait for the end of their message.
    fileprivate mutating func countsWaitingFragments() {
        rewritesDataReceived { [memory] data, packet in
            guard memory.isNew(packet.name(of: data)) else { return true }
            let name = "waiting \(packet.name(data.flowID))"
            switch data.flags.fragmentControl {
            case .begin where !data.flags.abandon: memory[name] = 1
            case .middle where !data.flags.abandon: memory[name] += 1
            default: memory[name] = 0
            }
            return true
        }
    }
}

extension OutgoingPacket {
    fileprivate func waitingName(_ acknowledgement: RangeAcknowledgement) -> String {
        "waiting \(questionName(acknowledgement.flowID))"
    }
}

extension UserData {
    /// Whether it continues a message of which the fragment before was given up.
    fileprivate var isHeadless: Bool {
        let continues = flags.fragmentControl == .middle || flags.fragmentControl == .end
        return continues && forward == sequenceNumber - 1
    }
}
