import Flash
import HLSP2P
import RTMFP

extension PeerSaboteur {
    /// Those that get at sessions and streams.
    static let sessions: [PeerSaboteur] =
        [
            PeerSaboteur("private-stream-late") { fault in
                let memory = fault.lower.memory
                fault.lower.receiveMessage = { message, streamID in
                    guard let name = message.played else { return [message] }
                    // The first name that anybody plays is the public stream's.
                    let publicName = memory[octets: "public"] ?? name
                    memory[octets: "public"] = publicName
                    return name != publicName && memory.isNew(name + [UInt8(truncatingIfNeeded: streamID)])
                        ? [] : [message]
                }
            },
            PeerSaboteur("plays-twice", .notSubscribed, is: true),
            PeerSaboteur("public-subscription-dropped", .publicSubscriptionNeeded, is: false),
            PeerSaboteur("ready-too-early", .bothStreamsUp, is: true),
            PeerSaboteur("early-answers-lost", .heldUntilPlayed, is: false),
            PeerSaboteur("words-on-the-public-stream", .saidInPrivate, is: false),
            PeerSaboteur("stream-id-zero") { fault in
                fault.lower.flowMetadata = { _ in FlowMetadata(streamID: 0).encoded }
            },
            PeerSaboteur("return-flow-not-associated") { fault in
                fault.lower.judgeMessage = { $0 == .flowAssociated ? false : $1 }
            },
            PeerSaboteur("return-flow-of-another-stream") { fault in
                fault.lower.flowMetadata = { correct in
                    guard let metadata = try? FlowMetadata(decoding: correct), metadata.streamID > 0 else {
                        return correct
                    }
                    return FlowMetadata(streamID: metadata.streamID - 1 | 1 << 20).encoded
                }
            },
            PeerSaboteur("play-name-in-amf3") { fault in
                fault.lower.sendMessage = { message, _ in
                    guard var command = try? Command(decoding: message), command.name == "play",
                        let name = command.arguments.first?.string
                    else { return [message] }
                    command.arguments[0] = .avmplus(.string(name))
                    return [command.message()]
                }
            },
            PeerSaboteur("play-start-twice") { fault in
                fault.lower.sendMessage = { message, _ in message.isPlayStart ? [message, message] : [message] }
            },
            PeerSaboteur("play-start-missing") { fault in
                fault.lower.sendMessage = { message, _ in message.isPlayStart ? [] : [message] }
            },
            PeerSaboteur("stream-begin-missing") { fault in
                fault.lower.sendMessage = { message, _ in message.type == .userControl ? [] : [message] }
            },
            PeerSaboteur("second-return-flow-rejected") { fault in
                fault.lower.judgeMessage = { $0 == .furtherFlowTaken ? false : $1 }
            },
            PeerSaboteur("fingerprint-and-more") { fault in
                fault.lower.changesSent { packet in
                    for (index, chunk) in packet.packet.chunks.enumerated() {
                        guard case .initiatorHello(var hello) = chunk,
                            hello.endpointDiscriminator.starts(with: [0x21, 0x0f])
                        else { continue }
                        hello.endpointDiscriminator += EndpointDiscriminator(uri: "rtmfp://peer/").encoded
                        packet.packet.chunks[index] = .initiatorHello(hello)
                    }
                }
            },
            PeerSaboteur("closed-stream-ignored", .closedStreamEndsSession, is: false),
            PeerSaboteur("connects-for-ever", .peerConnect, .seconds(1_000)),
            PeerSaboteur("failed-peer-tried-again") { fault in
                fault.judge = { $0 == .peerNotFailed ? true : $1 }
                fault.lasting = { $0 == .reconnect ? .zero : $1 }
            },
            PeerSaboteur("failed-peer-refused", .failedMayCome, is: false),
            PeerSaboteur("private-stream-for-anybody", .subscriberNamed, is: true),
            PeerSaboteur("refusal-takes-the-stream") { fault in
                let memory = fault.lower.memory
                fault.lower.receiveMessage = { message, _ in
                    guard let name = message.played else { return [message] }
                    let publicName = memory[octets: "public"] ?? name
                    memory[octets: "public"] = publicName
                    return name == publicName || memory.isNew(name) ? [message] : []
                }
            },
            PeerSaboteur("refusal-silent", .refusalTold, is: false),
        ] + plays

    private static let plays: [PeerSaboteur] = [
        refusing("stream-id-1-refused") { _, streamID in streamID == 1 },
        refusing("stream-id-2000001-refused") { _, streamID in streamID == 2_000_001 },
        refusing("stream-id-16777215-refused") { _, streamID in streamID == 16_777_215 },
        refusing("play-as-type-20-refused") { message, _ in message.type == .command },
        refusing("play-as-type-17-refused") { message, _ in message.type == .commandExtended },
        refusing("play-with-more-arguments-refused") { message, _ in
            (try? Command(decoding: message)).map { $0.arguments.count > 1 } ?? false
        },
    ]

    private static func refusing(
        _ name: String,
        _ isRefused: @escaping @Sendable (Message, UInt32) -> Bool
    ) -> PeerSaboteur {
        PeerSaboteur(name) { fault in
            fault.lower.receiveMessage = { message, streamID in
                message.played != nil && isRefused(message, streamID) ? [] : [message]
            }
        }
    }
}

extension Message {
    /// The name that the message asks to play; nil if it is no `play`.
    var played: [UInt8]? {
        guard let command = try? Command(decoding: self), command.name == "play" else { return nil }
        return (command.arguments.first?.string).map { Array($0.utf8) }
    }

    fileprivate var isPlayStart: Bool {
        guard let command = try? Command(decoding: self), command.name == "onStatus" else { return false }
        return command.arguments.first?["code"]?.string == "NetStream.Play.Start"
    }
}
