import Flash
import RTMFP

/// Faults of clients in sending and receiving flows (RFC 7016 §3.6), and in messages (RFC 7425 §5.1).
extension Saboteur {
    static let clientSending: [Saboteur] = [
        Saboteur("client-sends-once") { $0.dropsRepetitions() },
        Saboteur("client-sends-options-once") { fault in
            fault.rewritesDataSent { [memory = fault.memory] data, packet in
                if data.options != nil, !memory.isNew(Array(packet.name(data.flowID).utf8)) { data.options = nil }
                return true
            }
        },
        Saboteur("client-ignores-window", .windowOpen, is: true),
        Saboteur("client-leaves-close-unanswered", .closeRequestAnswered, is: false),
        Saboteur("client-exceptions-ignored", .exceptionClosesFlow, is: false),
        Saboteur("server-close-ignored", .farCloseAnswered, is: false),
    ]

    static let clientReceiving: [Saboteur] = [
        Saboteur("client-loses-fragments") { fault in
            fault.rewritesDataReceived { data, _ in
                if data.flags.fragmentControl != .whole { data.loseData() }
                return true
            }
        },
        Saboteur("client-loses-what-is-reordered") { fault in
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
        Saboteur("client-ignores-next-user-data") { fault in
            fault.rewritesReceived { chunk, _ in if case .nextUserData = chunk { [] } else { [chunk] } }
        },
        Saboteur("client-ignores-forward-number") { fault in
            fault.rewritesDataReceived { data, _ in
                data.forward = 0
                return true
            }
        },
        Saboteur("client-rejects-high-options") { fault in
            fault.rewritesDataReceived { data, _ in
                if data.options?.contains(where: { $0.type.map { $0 >= 8192 } ?? false }) ?? false {
                    data.makeUnacceptable()
                }
                return true
            }
        },
        Saboteur("client-ignores-low-options", .flowOptionsKnown, is: true),
        Saboteur("client-requires-no-metadata") { $0.hidesExceptions { $0.metadata == nil } },
        Saboteur("client-association-unchecked") { $0.hidesExceptions { ($0.associatedFlow ?? 0) >= 1_000 } },
        Saboteur("client-acknowledges-gaps") { fault in
            fault.rewritesAcknowledgementsSent { acknowledgement, _ in
                if let last = acknowledgement.ranges.last?.upperBound {
                    acknowledgement.cumulativeAcknowledgement = last
                    acknowledgement.ranges = []
                }
            }
        },
        Saboteur("client-ignores-buffer-probes", .probeAcknowledged, is: false),
    ]

    static let clientMessages: [Saboteur] = [
        Saboteur("client-rejects-protocol-control") { fault in
            fault.rejectsData { $0.userData.count >= 5 && [1, 2, 3, 5, 6].contains($0.userData[0]) }
        },
        Saboteur("client-rejects-short-messages") { $0.rejectsData { $0.userData == [20, 0, 0, 0] } },
        Saboteur("client-rejects-arrival-order") { fault in
            fault.rejectsMetadata { _, metadata, _ in metadata.starts(with: [0x54, 0x43, 0x05]) }
        },
        Saboteur("client-requires-no-stream-id") { $0.hidesRejection(of: [0x54, 0x43, 0x00]) },
        Saboteur("client-accepts-any-signature") { $0.hidesRejection(of: [0x58, 0x58, 0x04, 0x00]) },
        Saboteur("unknown-command-ends-connection") { fault in
            fault.rejectsData { data in
                data.message.flatMap { try? Command(decoding: $0) }?.name == "participantChanged"
            }
        },
        Saboteur("unknown-user-control-ends-connection") { fault in
            fault.rejectsData { data in
                guard let message = data.message, case .other = try? UserControl(decoding: message) else {
                    return false
                }
                return true
            }
        },
        Saboteur("client-dies-of-odd-commands") { fault in
            fault.rewritesMessagesReceived { [memory = fault.memory] message, _, _ in
                if message.type == .command, (try? Command(decoding: message)) == nil { memory.isDead = true }
                return true
            }
        },
    ]
}

extension Fault {
    /// Rejects flows for messages that come on them.
    fileprivate mutating func rejectsData(_ isRejected: @escaping @Sendable (UserData) -> Bool) {
        rewritesDataReceived { data, _ in
            if data.flags.fragmentControl == .whole, isRejected(data) { data.makeUnacceptable() }
            return true
        }
    }

    /// Takes flows that open as `isHidden` says for acceptable.
    fileprivate mutating func hidesExceptions(_ isHidden: @escaping @Sendable (UserData) -> Bool) {
        rewritesDataReceived { [memory] data, packet in
            let isFirst = memory.isNew(Array("seen \(packet.name(data.flowID))".utf8))
            if isFirst, isHidden(data) { _ = memory.isNew(Array("hidden \(packet.name(data.flowID))".utf8)) }
            return true
        }
        rewritesSent { [memory] chunk, packet in
            guard let exception = chunk.exception else { return [chunk] }
            return memory.contains(Array("hidden \(packet.questionName(exception.flowID))".utf8)) ? [] : [chunk]
        }
    }
}

extension UserData {
    /// The flow in return to which this one is; nil if it names none.
    var associatedFlow: UInt64? {
        guard let value = options?.values(of: FlowOption.returnAssociation).first else { return nil }
        var reader = ByteReader(value.span)
        return try? reader.vlu("flowID")
    }
}
