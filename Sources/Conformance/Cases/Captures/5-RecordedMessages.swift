import Capture
import Flash
import RTMFP

/// RFC 7425 §5: flows of RTMP messages.
enum RecordedMessageCases {
    static let all: [Case] = [
        .recorded(
            "messages/no-protocol-control",
            "RTMP messages of the types 1, 2, 3, 5 and 6 are not sent.",
            ["RFC7425-5.1-02"],
            level: .should,
            saboteurs: ["set-chunk-size-sent"]
        ) { implementation in
            for (flow, message) in try implementation.messages().evidence("RTMP message of it") {
                let type = MessageType(rawValue: message.octets.first ?? 0)
                try flow.require(
                    message,
                    !type.isProtocolControl,
                    expected: "none of the types 1, 2, 3, 5 and 6",
                    actual: "the message is of \(type)"
                )
            }
        },
        .recorded(
            "messages/stream-in-metadata-only",
            "A flow carries the messages of one stream, which its metadata names and its messages do not.",
            ["RFC7425-5.1.1-01"],
            saboteurs: ["stream-id-in-message", "stream-changes"]
        ) { implementation in
            for flow in implementation.flashFlows {
                let streams = Set(flow.metadata.compactMap { try? FlowMetadata(decoding: $0.1).streamID })
                guard let (sent, _) = flow.metadata.last else { continue }
                try sent.require(
                    streams.count <= 1,
                    expected: "one stream for flow \(flow.id)",
                    actual: "its metadata names \(streams.sorted().map(String.init).joined(separator: ", "))"
                )
            }
            let commands = implementation.messages().filter { MessageType.commands.contains($0.1.octets.first ?? 0) }
            for (flow, message) in try commands.evidence("RTMP command of it") {
                let readable = (try? Message(decoding: message.octets)).map { message in
                    (try? Command(decoding: message)) != nil || (try? DataMessage(decoding: message)) != nil
                }
                // The same message with four octets more between its head and its payload.
                let shifted = Array(message.octets.prefix(5)) + message.octets.dropFirst(9)
                let isShifted = (try? Message(decoding: shifted)).map { (try? Command(decoding: $0)) != nil } ?? false
                try flow.require(
                    message,
                    readable == true || !isShifted,
                    expected: "a type, a timestamp and the payload",
                    actual: "four octets stand before the payload: \(hex(Array(message.octets.prefix(12))))"
                )
            }
        },
        .recorded(
            "messages/metadata-names-stream",
            "The metadata of a flow of RTMP messages is TC, flags with the bit 04, and a stream ID.",
            ["RFC7425-5.1.1-06", "RFC7425-5.1.1-10"],
            saboteurs: ["metadata-without-stream", "metadata-with-rest", "metadata-flag-cleared"]
        ) { implementation in
            let metadata = implementation.flashFlows.flatMap(\.metadata)
            for (sent, octets) in try metadata.evidence("flow of RTMP messages of it") {
                let decoded = try? FlowMetadata(decoding: octets)
                try sent.require(
                    decoded != nil,
                    expected: "flags with the bit 04, and a stream ID",
                    actual: "the metadata of flow \(sent.flow) is \(hex(octets, limit: 12))"
                )
                let fields = Array(octets.dropFirst(3))
                var reader = ByteReader(fields.span)
                _ = try? reader.vlu("streamID")
                try sent.require(
                    reader.remaining == 0,
                    expected: "nothing after the stream ID",
                    actual: "the metadata of flow \(sent.flow) is \(hex(octets, limit: 12))"
                )
            }
        },
        .recorded(
            "messages/synchronization-count-1",
            "A Flow Synchronization counts at least one flow.",
            ["RFC7425-5.2-02"],
            saboteurs: ["synchronization-of-0"]
        ) { implementation in
            for (flow, message, count) in try implementation.synchronizations() {
                try flow.require(message, count >= 1, expected: "a count of 1 or more", actual: "it is \(count)")
            }
        },
        .recorded(
            "messages/synchronization-count-2",
            "A Flow Synchronization counts at least two flows.",
            ["RFC7425-5.2-03"],
            level: .should,
            saboteurs: ["synchronization-of-1", "synchronization-of-0"]
        ) { implementation in
            for (flow, message, count) in try implementation.synchronizations() {
                try flow.require(message, count >= 2, expected: "a count of 2 or more", actual: "it is \(count)")
            }
        },
        .recorded(
            "netconnection/streams-rejected-whole",
            "Who rejects one flow of a stream rejects all flows of that stream.",
            ["RFC7425-5.3.5.3-05"],
            level: .should,
            saboteurs: ["half-a-stream-rejected"]
        ) { implementation in
            var seen = false
            for session in implementation.sessions {
                let flows = session.receivingFlows.filter { ($0.stream ?? 0) != 0 }
                for (_, flows) in Dictionary(grouping: flows, by: { $0.stream ?? 0 }) {
                    guard let rejection = flows.compactMap(\.rejection).min(by: { $0.number < $1.number }) else {
                        continue
                    }
                    seen = true
                    let end = session.received.last?.time ?? rejection.time
                    for flow in flows where flow.rejection == nil && flow.isOpen(at: rejection) {
                        try rejection.require(
                            // Whatever is on its way has come a second later.
                            end - rejection.time < .seconds(1),
                            expected: "flow \(flow.id), of the same stream, rejected as well",
                            actual: "it never was"
                        )
                    }
                }
            }
            guard seen else { throw Inconclusive(reason: "the capture shows no flow of a stream that it rejects") }
        },
    ]
}

extension MessageType {
    /// The types of commands, as their octets.
    fileprivate static let commands: Set<UInt8> = [MessageType.command.rawValue, MessageType.commandExtended.rawValue]
}

extension RecordedFlow {
    /// Whether it carries RTMP messages.
    fileprivate var isFlash: Bool { metadata.contains { $0.1.starts(with: Array("TC".utf8)) } }

    /// The stream of its messages; nil if it has none.
    fileprivate var stream: UInt32? { metadata.lazy.compactMap { try? FlowMetadata(decoding: $0.1).streamID }.first }

    /// The packet in which its receiver rejected it.
    fileprivate var rejection: RecordedPacket? {
        events.lazy.compactMap { if case .rejected(let packet) = $0 { packet } else { nil } }.first
    }

    /// Whether it had begun before a packet, and had not ended.
    fileprivate func isOpen(at packet: RecordedPacket) -> Bool {
        let before = transmissions.filter { $0.packet.number < packet.number }
        return !before.isEmpty && !before.contains { $0.fragment.flags.final }
    }

    /// Fails the case because of a message, by the packet of its first fragment, unless `condition` holds.
    fileprivate func require(
        _ message: FlowMessage,
        _ condition: Bool,
        expected: String,
        actual: @autoclosure () -> String
    ) throws {
        guard !condition else { return }
        let carrier = transmissions.first { $0.number == message.sequenceNumbers.lowerBound } ?? transmissions.first
        try carrier?.require(false, expected: expected, actual: actual())
    }
}

extension RecordedImplementation {
    /// The flows of RTMP messages that it sends on.
    fileprivate var flashFlows: [RecordedFlow] { sendingFlows.filter(\.isFlash) }

    /// The RTMP messages that it sent.
    fileprivate func messages() -> [(RecordedFlow, FlowMessage)] {
        flashFlows.flatMap { flow in flow.messages.map { (flow, $0) } }
    }

    /// The Flow Synchronization messages that it sent, with their counts.
    fileprivate func synchronizations() throws -> [(RecordedFlow, FlowMessage, UInt32)] {
        try messages().compactMap { flow, message in
            var reader = ByteReader(message.octets.span)
            guard (try? reader.uint8("messageType")) == MessageType.userControl.rawValue,
                (try? reader.uint32("timestamp")) != nil, (try? reader.uint16("eventType")) == 34,
                (try? reader.uint32("syncID")) != nil, let count = try? reader.uint32("count")
            else { return nil }
            return (flow, message, count)
        }.evidence("Flow Synchronization of it")
    }
}
