import Flash
import RTMFP

/// Faults in streams, and in what is relayed on them (RFC 7425 §5.3.5, §5.3.7).
extension Saboteur {
    static let streams: [Saboteur] = [
        Saboteur("stream-id-0") { fault in
            fault.rewritesCommandsSent { command in
                if command.name == "_result", command.arguments.count == 1, command.arguments[0].number != nil {
                    command.arguments = [.number(0)]
                }
                return true
            }
        },
        Saboteur("unknown-streams-accepted") { fault in
            fault.rewritesMetadataReceived { metadata in
                metadata == FlowMetadata(streamID: 9999).encoded ? FlowMetadata(streamID: 0).encoded : metadata
            }
        },
        Saboteur("streams-rejected-with-code") { fault in
            let memory = fault.memory
            fault.rewritesDataReceived { data, _ in
                if data.streamID == 9999 { memory["unknown"] = data.flowID }
                return true
            }
            fault.rewritesSent { chunk, _ in
                guard var exception = chunk.exception, exception.flowID == memory["unknown"] else { return [chunk] }
                exception.exceptionCode = 7
                return [.flowExceptionReport(exception)]
            }
        },
        Saboteur("one-flow-a-stream") { fault in
            fault.rejectsMetadata { [memory = fault.memory] data, _, packet in
                guard let stream = data.streamID, stream != 0 else { return false }
                let name = "stream \(stream) in \(packet.session?.number ?? 0)"
                if memory[name] == 0 { memory[name] = data.flowID }
                return memory[name] != data.flowID
            }
        },
        Saboteur("publish-without-status") { fault in
            fault.dropsStatus("NetStream.Publish")
        },
        Saboteur("play-without-status") { fault in
            fault.dropsStatus("NetStream.Play")
        },
        Saboteur("play-without-stream-begin") { fault in
            fault.rewritesMessagesSent { message, _, _ in
                if case .streamBegin = try? UserControl(decoding: message) { false } else { true }
            }
        },
        Saboteur("stream-flows-unassociated") { fault in
            fault.rewritesDataSent { data, _ in
                if let stream = data.streamID, stream != 0 {
                    data.options = data.options?.filter { $0.type != FlowOption.returnAssociation }
                }
                return true
            }
        },
        Saboteur("relays-nothing") { fault in
            fault.rewritesMessagesSent { message, _, _ in
                !message.type.isMedia && message.type != .data && message.type != .dataExtended
            }
        },
        Saboteur("video-changed") { fault in
            fault.rewritesMessagesSent { message, _, _ in
                if message.type == .video, !message.payload.isEmpty { message.payload[message.payload.count - 1] ^= 1 }
                return true
            }
        },
        Saboteur("data-extended-changed") { fault in
            fault.rewritesMessagesSent { message, _, _ in
                if message.type == .dataExtended { message.type = .data }
                return true
            }
        },
        Saboteur("timestamps-of-24-bits") { fault in
            fault.rewritesMessagesSent { message, _, _ in
                if message.type.isMedia { message.timestamp &= 0xff_ffff }
                return true
            }
        },
        Saboteur("closed-flow-ends-stream") { fault in
            let memory = fault.memory
            fault.rewritesDataReceived { data, packet in
                let name = Array(packet.name(data.flowID).utf8)
                if let stream = data.streamID, stream != 0 { _ = memory.isNew(name) }
                if data.flags.final, memory.contains(name) { memory["ended"] = 1 }
                return true
            }
            fault.rewritesMessagesSent { message, _, _ in !message.type.isMedia || memory["ended"] == 0 }
        },
        Saboteur("rejected-stream-flow-ends-session") { fault in
            let memory = fault.memory
            fault.rewritesDataSent { data, packet in
                if let stream = data.streamID, stream != 0 { _ = memory.isNew(Array(packet.name(data.flowID).utf8)) }
                return true
            }
            fault.rewritesReceived { chunk, packet in
                guard let exception = chunk.exception else { return [chunk] }
                let isOfStream = memory.contains(Array(packet.answerName(exception.flowID).utf8))
                return isOfStream ? [chunk, .sessionCloseAcknowledgement] : [chunk]
            }
        },
    ]
}

extension Fault {
    /// Loses status messages whose code begins with `prefix`.
    mutating func dropsStatus(_ prefix: String) {
        rewritesCommandsSent { command in
            guard command.name == "onStatus" else { return true }
            return !command.arguments.contains { $0["code"]?.string?.hasPrefix(prefix) ?? false }
        }
    }
}
