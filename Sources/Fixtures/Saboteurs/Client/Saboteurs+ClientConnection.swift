import Flash
import RTMFP

/// Faults of clients in connecting, and in the flows for their streams (RFC 7425 §5.3.1, §5.3.2, §5.3.5).
extension Saboteur {
    static let clientConnect: [Saboteur] = [
        Saboteur("control-flow-for-stream-1") { $0.changesControlMetadata(to: FlowMetadata(streamID: 1)) },
        Saboteur("control-flow-in-arrival-order") {
            $0.changesControlMetadata(to: FlowMetadata(streamID: 0, receiveIntent: .networkArrivalOrder))
        },
        Saboteur("control-flow-associated") { fault in
            fault.rewritesDataSent { data, _ in
                if data.streamID == 0 { data.options?.append(.association(77)) }
                return true
            }
        },
        Saboteur("connect-comes-second") { fault in
            fault.sendMessage = { message, _ in
                message.isCommand("connect") ? [Command("hello").message(), message] : [message]
            }
        },
        Saboteur("connect-without-object") { fault in
            fault.rewritesCommandsSent { command in
                if command.name == "connect" { command.object = .null }
                return true
            }
        },
        Saboteur("commands-before-answer") { fault in
            fault.sendMessage = { message, _ in
                message.isCommand("connect") ? [message, Command("hello").message()] : [message]
            }
        },
        Saboteur("any-result-admits") { fault in
            fault.rewritesCommandsReceived { command, _ in
                if command.name == "_result", command.transactionID == 77 { command.transactionID = 1 }
                return true
            }
        },
        Saboteur("refusal-unheeded") { fault in
            fault.rewritesCommandsReceived { command, _ in
                if command.name == "_error" { command.name = "_result" }
                return true
            }
        },
    ]

    static let clientReturnFlows: [Saboteur] = [
        Saboteur("last-return-flow-is-canonical") { $0.associatesStreams { $1 } },
        Saboteur("lowest-return-flow-is-canonical") { $0.associatesStreams { min($0, $1) } },
        Saboteur("client-streams-unassociated") { fault in
            fault.rewritesDataSent { data, _ in
                if data.isOfServedStream { data.options?.removeAll { $0.type == FlowOption.returnAssociation } }
                return true
            }
        },
        Saboteur("second-return-flow-rejected", .furtherFlowTaken, is: false),
        Saboteur("client-stream-ids-of-one-octet") { $0.changesServedStreamIDs { $0 & 0x7f } },
        Saboteur("client-stream-ids-of-16-bits") { $0.changesServedStreamIDs { $0 & 0xffff } },
        Saboteur("stream-flow-end-closes-connection") { fault in
            fault.rewritesDataReceived { [memory = fault.memory] data, packet in
                if data.isOfServedStream { _ = memory.isNew(Array(packet.name(data.flowID).utf8)) }
                return true
            }
            let remembers = fault.receive
            fault.endsSession { [memory = fault.memory] packet in
                packet.fragments.contains { data in
                    data.flags.final && memory.contains(Array(packet.name(data.flowID).utf8))
                }
            }
            let drops = fault.receive
            fault.receive = { packet in remembers(packet).flatMap(drops) }
        },
        Saboteur("rejected-stream-flow-replaced") { fault in
            fault.judgeMessage = { $0 == .rejectedFlowGivenUp ? false : $1 }
            let memory = fault.memory
            fault.rewritesDataSent { data, packet in
                if data.isOfServedStream {
                    memory[octets: "options of \(packet.name(data.flowID))"] = data.options?.encoded
                    memory[octets: "first of \(packet.name(data.flowID))"] = data.userData
                }
                return true
            }
            fault.answer = { packet in
                packet.packet.chunks.compactMap(\.exception).flatMap { report -> [OutgoingPacket] in
                    let name = packet.answerName(report.flowID)
                    guard let first = memory[octets: "first of \(name)"],
                        let options = memory[octets: "options of \(name)"].flatMap({ try? [Option](sequence: $0) })
                    else { return [] }
                    let again = UserData(
                        flowID: report.flowID + 90,
                        sequenceNumber: 1,
                        fsnOffset: 1,
                        options: options,
                        userData: first
                    )
                    return packet.inSession([.userData(again)])
                }
            }
        },
    ]
}

extension Fault {
    fileprivate mutating func changesControlMetadata(to metadata: FlowMetadata) {
        rewritesDataSent { data, _ in
            if data.streamID == 0 { data.metadata = metadata.encoded }
            return true
        }
    }

    /// Has flows for streams be returns of one of the server's flows for stream 0.
    ///
    /// - Parameter choose: which of two: of those that came before, and the one that has come.
    fileprivate mutating func associatesStreams(_ choose: @escaping @Sendable (UInt64, UInt64) -> UInt64) {
        rewritesDataReceived { [memory] data, packet in
            if data.streamID == 0, data.isAssociated {
                let name = "control of \(packet.session?.number ?? 0)"
                memory[name] = memory[name] == 0 ? data.flowID : choose(memory[name], data.flowID)
            }
            return true
        }
        rewritesDataSent { [memory] data, packet in
            let control = memory["control of \(packet.session?.number ?? 0)"]
            if data.isOfServedStream, control != 0 {
                data.options?.removeAll { $0.type == FlowOption.returnAssociation }
                data.options?.append(.association(control))
            }
            return true
        }
    }

    fileprivate mutating func changesServedStreamIDs(_ change: @escaping @Sendable (UInt32) -> UInt32) {
        rewritesDataSent { data, _ in
            if let id = data.streamID, data.isOfServedStream {
                data.metadata = FlowMetadata(streamID: change(id)).encoded
            }
            return true
        }
    }
}

extension Message {
    /// Whether it is a command with that name.
    func isCommand(_ name: String) -> Bool {
        (try? Command(decoding: self))?.name == name
    }
}

extension UserData {
    /// Where streams between peers begin to be numbered.
    private static let firstPeerStream: UInt32 = 2_000_000

    /// Whether it opens a flow for a stream of a server's, by the numbers that the cases give to such.
    var isOfServedStream: Bool {
        streamID.map { ($0 > 0 && $0 < UserData.firstPeerStream) || $0 == FlowMetadata.maximumStreamID } ?? false
    }

    /// Whether it opens a flow for a stream between peers.
    var isOfPeerStream: Bool {
        streamID.map { $0 > UserData.firstPeerStream && $0 != FlowMetadata.maximumStreamID } ?? false
    }
}
