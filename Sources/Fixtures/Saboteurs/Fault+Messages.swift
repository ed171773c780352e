import Flash
import RTMFP

/// How saboteurs meddle with RTMP messages: those that fit into one fragment, as all do by which cases tell them apart.
extension Fault {
    /// Changes messages that are received; those for which `rewrite` is false are lost.
    mutating func rewritesMessagesReceived(
        _ rewrite: @escaping @Sendable (inout Message, UserData, IncomingPacket) -> Bool
    ) {
        rewritesDataReceived { data, packet in
            guard var message = data.message else { return true }
            let original = message
            guard rewrite(&message, data, packet) else {
                data.userData = []
                return true
            }
            if message != original { data.userData = message.encoded }
            return true
        }
    }

    /// Changes messages that are sent; those for which `rewrite` is false are lost.
    mutating func rewritesMessagesSent(
        _ rewrite: @escaping @Sendable (inout Message, UserData, OutgoingPacket) -> Bool
    ) {
        rewritesDataSent { data, packet in
            guard var message = data.message else { return true }
            let original = message
            guard rewrite(&message, data, packet) else {
                data.userData = []
                return true
            }
            if message != original { data.userData = message.encoded }
            return true
        }
    }

    /// Changes commands that are received; those for which `rewrite` is false are lost.
    mutating func rewritesCommandsReceived(
        _ rewrite: @escaping @Sendable (inout Command, IncomingPacket) -> Bool
    ) {
        rewritesMessagesReceived { message, _, packet in
            guard var command = try? Command(decoding: message) else { return true }
            let original = command
            guard rewrite(&command, packet) else { return false }
            if command != original { message = command.message(timestamp: message.timestamp) }
            return true
        }
    }

    /// Changes commands that are sent; those for which `rewrite` is false are lost.
    mutating func rewritesCommandsSent(_ rewrite: @escaping @Sendable (inout Command) -> Bool) {
        rewritesMessagesSent { message, _, _ in
            guard var command = try? Command(decoding: message) else { return true }
            let original = command
            guard rewrite(&command) else { return false }
            if command != original { message = command.message(timestamp: message.timestamp) }
            return true
        }
    }

    /// Changes Flow Sync messages that are received; those for which `rewrite` is false are lost.
    mutating func rewritesBarriersReceived(
        _ rewrite: @escaping @Sendable (_ timestamp: UInt32, _ count: inout UInt32) -> Bool
    ) {
        rewritesMessagesReceived { message, _, _ in
            guard case .flowSynchronization(let id, var count) = try? UserControl(decoding: message) else {
                return true
            }
            guard rewrite(message.timestamp, &count) else { return false }
            message = UserControl.flowSynchronization(syncID: id, count: count).message
            return true
        }
    }

    /// Rejects flows whose metadata `isRejected`.
    mutating func rejectsMetadata(_ isRejected: @escaping @Sendable (UserData, [UInt8], IncomingPacket) -> Bool) {
        rewritesDataReceived { data, packet in
            if let metadata = data.metadata, isRejected(data, metadata, packet) { data.makeUnacceptable() }
            return true
        }
    }

    /// Takes flows for ones with other metadata.
    mutating func rewritesMetadataReceived(_ rewrite: @escaping @Sendable ([UInt8]) -> [UInt8]) {
        rewritesDataReceived { data, _ in
            guard let metadata = data.metadata else { return true }
            data.metadata = rewrite(metadata)
            return true
        }
    }
}

extension UserData {
    /// The message that the fragment is; nil if it is only a part of one, or none.
    var message: Message? {
        flags.fragmentControl == .whole && !flags.abandon ? try? Message(decoding: userData) : nil
    }

    /// The metadata; nil where there are none.
    var metadata: [UInt8]? {
        get { options?.values(of: FlowOption.metadata).first }
        set {
            options = options?.map { option in
                guard case .value(FlowOption.metadata, _) = option else { return option }
                return .value(type: FlowOption.metadata, newValue ?? [])
            }
        }
    }

    /// The stream that the metadata name.
    var streamID: UInt32? {
        metadata.flatMap { try? FlowMetadata(decoding: $0) }?.streamID
    }
}
