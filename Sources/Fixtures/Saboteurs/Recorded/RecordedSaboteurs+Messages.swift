import Flash
import RTMFP

extension RecordedSaboteur {
    static let messages: [RecordedSaboteur] = [
        RecordedSaboteur("reserved-metadata-flags-set") { $0.changeMetadata([0x54, 0x43, 0x0c, 0x07]) },
        RecordedSaboteur("metadata-without-stream") { $0.changeMetadata([0x54, 0x43, 0x04]) },
        RecordedSaboteur("metadata-with-rest") { $0.changeMetadata([0x54, 0x43, 0x04, 0x07, 0x07]) },
        RecordedSaboteur("metadata-flag-cleared") { $0.changeMetadata([0x54, 0x43, 0x00, 0x07]) },
        RecordedSaboteur("set-chunk-size-sent") { script in
            script.data(.viewer, 6, 1) { $0.userData = Message(MessageType(rawValue: 1), [0, 0, 0, 128]).encoded }
        },
        RecordedSaboteur("stream-id-in-message") { script in
            script.data(.viewer, 2, 1) { $0.userData.insert(contentsOf: [0, 0, 0, 1], at: 5) }
        },
        RecordedSaboteur("stream-changes") { script in
            script.data(.viewer, 3, 4) { data in
                data.options = ReferenceScript.Part.stream(6) + [ReferenceScript.Part.association]
            }
        },
        RecordedSaboteur("synchronization-of-0") { $0.changeSynchronization(count: 0) },
        RecordedSaboteur("synchronization-of-1") { $0.changeSynchronization(count: 1) },
        RecordedSaboteur("half-a-stream-rejected") { script in
            script.edit(.server, where: { if case .flowExceptionReport = $0 { true } else { false } }) { entry in
                entry.packet.chunks.removeAll { $0 == ReferenceScript.exception(6) }
            }
        },
    ]
}

extension Script {
    /// Changes the metadata of the viewer's flow 6.
    fileprivate mutating func changeMetadata(_ metadata: [UInt8]) {
        data(.viewer, 6, 1) { $0.options = [.value(type: 0, metadata)] }
    }

    /// Changes how many flows the viewer synchronizes.
    fileprivate mutating func changeSynchronization(count: UInt32) {
        replace(.viewer) { chunk in
            guard case .nextUserData(let next) = chunk, let message = try? Message(decoding: next.userData),
                case .flowSynchronization(let syncID, _)? = try? UserControl(decoding: message)
            else { return nil }
            let changed = UserControl.flowSynchronization(syncID: syncID, count: count).message.encoded
            return [ReferenceScript.next(.whole, changed)]
        }
    }
}
