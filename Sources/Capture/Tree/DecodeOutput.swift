/// Packets and counts in either format.
struct DecodeOutput {
    private let format: CaptureDecoding.Format
    private var json = FieldJSON()
    private var text = FieldText()

    init(_ format: CaptureDecoding.Format) {
        self.format = format
    }

    /// Octets that wait to be taken.
    var count: Int { json.bytes.count + text.count }

    mutating func packet(_ packet: DecodedPacket, _ events: [FlowEvent]) {
        switch format {
        case .json: json.line(packet, events)
        case .text: text.packet(packet, events)
        }
    }

    mutating func summary(_ summary: DecodeSummary, _ counts: CaptureCounts, isComplete: Bool) {
        switch format {
        case .json: json.line(summary, counts, isComplete: isComplete)
        case .text: text.summary(summary, counts, isComplete: isComplete)
        }
    }

    /// Hands over what waits, and forgets it.
    mutating func flush(_ write: ([UInt8]) throws -> Void) rethrows {
        switch format {
        case .json:
            try write(json.bytes)
            json.removeAll()
        case .text: try write(text.take())
        }
    }
}
