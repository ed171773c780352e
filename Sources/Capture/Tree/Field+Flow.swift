import Flash
import RTMFP

extension [FlowEvent] {
    /// Writes the members `messages` and `missing`, each only if there is something to tell.
    func write(to sink: inout some FieldSink) {
        guard !isEmpty else { return }
        let messages = compactMap { if case .message(let message) = $0 { message } else { nil } }
        if !messages.isEmpty {
            sink.list("messages") { sink in
                for message in messages { sink.element("Message") { message.write(to: &$0) } }
            }
        }
        guard messages.count < count else { return }
        sink.list("missing") { sink in
            for case .missing(let flow, let numbers) in self {
                sink.element("Missing fragments") { sink in
                    flow.write(to: &sink)
                    sink.numbers(numbers)
                }
            }
        }
    }

    /// The same as a tree.
    var fields: [Field] { FieldTree.fields { write(to: &$0) } }
}

extension FlowMessage {
    fileprivate func write(to sink: inout some FieldSink) {
        flow.write(to: &sink)
        sink.numbers(sequenceNumbers)
        sink.number("length", octets.count)
        sink.octets("octets", octets)
        // Only flows whose metadata say so carry RTMP messages (RFC 7425 §5.1.1).
        guard let metadata = flow.metadata, (try? FlowMetadata(decoding: metadata)) != nil else { return }
        sink.parts("rtmp") { writeRTMP(to: &$0) }
    }

    private func writeRTMP(to sink: inout some FieldSink) {
        do {
            let message = try Message(decoding: octets)
            sink.number("code", UInt64(message.type.rawValue))
            sink.text("name", "\(message.type)")
            sink.number("timestamp", UInt64(message.timestamp))
            sink.number("payloadLength", message.payload.count)
            switch message.type {
            case .command, .commandExtended: sink.amf("values", try Command(decoding: message).values)
            case .data, .dataExtended:
                let data = try DataMessage(decoding: message)
                sink.amf("values", [.string(data.handler)] + data.arguments)
            case .userControl: UserControl.write(message, to: &sink)
            default: break
            }
        } catch {
            sink.text("malformed", "\(error)")
        }
    }
}

extension UserControl {
    /// The event's number, and what follows it: also of events that are not permitted.
    fileprivate static func write(_ message: Message, to sink: inout some FieldSink) {
        var reader = ByteReader(message.payload.span)
        guard let event = try? reader.uint16("eventType") else { return }
        sink.number("event", UInt64(event))
        sink.octets("eventData", reader.rest())
    }
}

extension CapturedFlow {
    fileprivate func write(to sink: inout some FieldSink) {
        sink.number("flowID", flowID)
        if let metadata { sink.octets("metadata", metadata) }
        if let association { sink.number("association", association) }
    }
}

extension FieldSink {
    fileprivate mutating func numbers(_ numbers: ClosedRange<UInt64>) {
        parts("sequenceNumbers") { sink in
            sink.number("from", numbers.lowerBound)
            sink.number("to", numbers.upperBound)
        }
    }

    fileprivate mutating func amf(_ name: String, _ values: [AMF0Value]) {
        let values = values.map { MessageValue($0) }
        var room = 4 << 20
        if values.allSatisfy({ $0.fits(into: &room) }) {
            self.values(name, values)
        } else {
            text("omitted", "the values take more than 4 MiB, for the message refers to the same ones over and over")
        }
    }
}
