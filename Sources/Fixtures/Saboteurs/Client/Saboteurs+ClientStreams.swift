import Flash
import RTMFP

/// Faults of clients in direct streams between peers (RFC 7425 §5.4).
extension Saboteur {
    static let clientSubscriptions: [Saboteur] = [
        Saboteur("peer-asked-for-by-uri") {
            $0.client.seeks = { _ in EndpointDiscriminator(uri: "rtmfp://10.0.0.1/") }
        },
        Saboteur("peer-asked-for-by-half") { fault in
            fault.client.seeks = { EndpointDiscriminator(fingerprint: $0.fingerprint.map { Array($0.prefix(16)) }) }
        },
        Saboteur("subscription-for-stream-0") {
            $0.changesSubscription { $0.metadata = FlowMetadata(streamID: 0).encoded }
        },
        Saboteur("subscription-for-stream-1") {
            $0.changesSubscription { $0.metadata = FlowMetadata(streamID: 1).encoded }
        },
        Saboteur("subscription-associated") { $0.changesSubscription { $0.options?.append(.association(1)) } },
        Saboteur("subscribes-with-publish") { fault in
            fault.rewritesCommandsSent { command in
                if command.name == "play" { command.name = "publish" }
                return true
            }
        },
        Saboteur("play-of-other-name") { fault in
            fault.rewritesCommandsSent { command in
                if command.name == "play" { command.arguments = [.string("other")] }
                return true
            }
        },
        Saboteur("second-session-to-peer") { $0.client.opensAnyway = true },
        Saboteur("duplicate-session-opened", .sessionNotDuplicate, is: true),
        Saboteur("rejected-subscription-repeated") { $0.client.insists = true },
        Saboteur("media-flow-end-closes-subscription") { fault in
            fault.rewritesDataReceived { [memory = fault.memory] data, packet in
                if data.isOfPeerStream, data.isAssociated { _ = memory.isNew(Array(packet.name(data.flowID).utf8)) }
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
    ]

    static let clientPeerStreams: [Saboteur] = [
        Saboteur("peer-streams-unassociated") { fault in
            fault.changesPeerStreams { $0.options?.removeAll { $0.type == FlowOption.returnAssociation } }
        },
        Saboteur("peer-streams-of-other-id") { fault in
            fault.changesPeerStreams { data in
                data.metadata = FlowMetadata(streamID: (data.streamID ?? 0) + 1).encoded
            }
        },
        Saboteur("peer-play-without-stream-begin") { fault in
            fault.rewritesMessagesSent { message, _, _ in
                if case .streamBegin = try? UserControl(decoding: message) { false } else { true }
            }
        },
        Saboteur("peer-play-without-status") { $0.dropsStatus("NetStream.Play") },
        Saboteur("peer-media-omitted") { fault in
            fault.sendMessage = { message, _ in message.type.isMedia || message.type == .data ? [] : [message] }
        },
        Saboteur("publisher-plays-back") { fault in
            fault.sendMessage = { message, _ in
                message.type == .userControl ? [message, Command("play", [.string("yours")]).message()] : [message]
            }
        },
        Saboteur("any-name-played-to-peers") { $0.client.offers = { _, _ in true } },
        Saboteur("second-subscription-joins-first") { fault in
            let memory = fault.memory
            fault.changesPeerStreams { data in
                if memory["first"] == 0 { memory["first"] = data.associatedFlow ?? 0 }
                data.options?.removeAll { $0.type == FlowOption.returnAssociation }
                data.options?.append(.association(memory["first"]))
            }
        },
        Saboteur("peer-stream-never-ends") { fault in
            fault.rewritesDataReceived { [memory = fault.memory] data, packet in
                let name = Array(packet.name(data.flowID).utf8)
                if data.isOfPeerStream, !data.isAssociated { _ = memory.isNew(name) }
                if memory.contains(name) { data.flags.final = false }
                return true
            }
        },
        Saboteur("stream-0-subscribes") { fault in
            fault.rewritesDataReceived { data, packet in
                if data.streamID == 0, !data.isAssociated, packet.packet.header.mode == .initiator {
                    data.metadata = FlowMetadata(streamID: 2_000_099).encoded
                }
                return true
            }
        },
    ]
}

extension Fault {
    /// Changes what opens the flow on which the client plays from a peer.
    fileprivate mutating func changesSubscription(_ change: @escaping @Sendable (inout UserData) -> Void) {
        rewritesDataSent { data, _ in
            if data.isOfPeerStream, !data.isAssociated { change(&data) }
            return true
        }
    }

    /// Changes what opens the flows of a stream that the client plays to a peer.
    fileprivate mutating func changesPeerStreams(_ change: @escaping @Sendable (inout UserData) -> Void) {
        rewritesDataSent { data, _ in
            if data.isOfPeerStream, data.isAssociated { change(&data) }
            return true
        }
    }
}
