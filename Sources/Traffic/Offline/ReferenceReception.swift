public import Capture
public import RTMFP

/// Has the reference receive every recorded session whose startup a capture shows, and compares what it delivers with
/// what the capture holds.
///
/// The capture is put together by `Capture`, the reference by `RTMFP`: two readings of the specification's flows.
public struct ReferenceReception: Sendable {
    /// What came of one end of a session.
    public struct Finding: Hashable, Sendable {
        /// Who sent.
        public var sender: SocketAddress
        /// Who should have received it.
        public var receiver: SocketAddress
        /// Messages that the capture holds whole.
        public var messages: Int
        /// What the reference did otherwise; nil if it delivered these messages and no others.
        public var difference: String?
    }

    /// An end of each session, in the order in which they opened; those that sent no message are left out.
    public private(set) var findings: [Finding] = []
    /// What is wrong with the capture, a sentence each.
    public private(set) var problems: [String]

    private struct End: Hashable {
        var dialogue: Int
        var isInitiator: Bool
    }

    /// Reads a capture and its keys.
    ///
    /// - Throws: `CaptureError` or `KeyLogError` if one of the files is of no use at all.
    public init(path: String, keysPath: String?) throws {
        try self.init(path: path, keys: try keysPath.map { try KeyLog(path: $0) })
    }

    /// Reads a capture, with keys that were read before.
    ///
    /// - Throws: `CaptureError` if the file is of no use at all.
    public init(path: String, keys: KeyLog?) throws {
        var receivers: [End: ReferenceReceiver] = [:]
        let dialogues = try RecordedDialogues(path: path, keys: keys) { dialogue, isSent, packet in
            guard let contents = packet.contents else { return }
            let end = End(dialogue: dialogue, isInitiator: isSent)
            let receiver = try receivers[end] ?? ReferenceReceiver(isResponder: isSent)
            receivers[end] = receiver
            receiver.receive(contents, at: packet.datagram.time)
        }
        problems = dialogues.problems
        for (index, dialogue) in dialogues.all.enumerated() {
            for isInitiator in [true, false] {
                guard let receiver = receivers[End(dialogue: index, isInitiator: isInitiator)] else { continue }
                let expected = dialogue.messages(sent: isInitiator)
                let messages = expected.values.reduce(0, +)
                guard messages > 0 || !receiver.delivered.isEmpty else { continue }
                findings.append(
                    Finding(
                        sender: isInitiator ? dialogue.initiator : dialogue.responder,
                        receiver: isInitiator ? dialogue.responder : dialogue.initiator,
                        messages: messages,
                        difference: Self.difference(expected, receiver)
                    )
                )
            }
        }
    }

    private static func difference(
        _ expected: [ReferenceReceiver.Message: Int],
        _ receiver: ReferenceReceiver
    ) -> String? {
        if let refused = receiver.refused.min() {
            return "it refuses flow \(refused)"
        }
        guard expected != receiver.delivered else { return nil }
        let flows = Set(expected.keys.map(\.flowID)).union(receiver.delivered.keys.map(\.flowID)).sorted()
        let counts = flows.lazy.map { flow in
            (
                flow, expected.filter { $0.key.flowID == flow }.values.reduce(0, +),
                receiver.delivered.filter { $0.key.flowID == flow }.values.reduce(0, +)
            )
        }
        let first = counts.first { $0.1 != $0.2 }
        return first.map { "it delivers \($0.2) messages of flow \($0.0), where the capture holds \($0.1)" }
            ?? "it delivers other messages than the capture holds"
    }
}

extension RecordedDialogue {
    fileprivate func messages(sent: Bool) -> [ReferenceReceiver.Message: Int] {
        var messages: [ReferenceReceiver.Message: Int] = [:]
        for moment in moments {
            guard case .message(let octets) = moment.step, flows[moment.flow].isSent == sent else { continue }
            let message = ReferenceReceiver.Message(
                flowID: flows[moment.flow].flowID,
                digest: SHA256.hash(octets)
            )
            messages[message, default: 0] += 1
        }
        return messages
    }
}
