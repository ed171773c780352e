import RTMFP

/// A flow that the target sends on: what has come, and the messages that it makes (RFC 7016 §3.6.3).
struct FarFlow {
    /// A message that came whole.
    struct Message {
        var octets: [UInt8]
        /// The sequence number of its first fragment.
        var number: UInt64
    }

    /// The flow, as the target numbers it.
    let id: UInt64
    /// The options of the chunk that opened it.
    let startupOptions: [Option]
    /// Every fragment as it came, repeated ones included.
    private(set) var fragments: [HeardFragment] = []
    /// What was received, and what the target will not send any more.
    private(set) var received = SequenceNumbers()
    /// The messages, in the flow's order.
    private(set) var messages: [Message] = []
    /// The sequence number of the first fragment with FIN.
    private(set) var finalNumber: UInt64?
    private var waiting: [UInt64: HeardFragment] = [:]
    private var begun: Message?
    private var delivered: UInt64 = 0

    init(openedBy fragment: HeardFragment) {
        id = fragment.flowID
        startupOptions = fragment.options ?? []
    }

    /// The metadata; nil if there are none.
    var metadata: [UInt8]? { startupOptions.values(of: FlowOption.metadata).first }

    /// The flow of the probe's that it answers to; nil if it names none.
    var association: UInt64? {
        guard let value = startupOptions.values(of: FlowOption.association).first else { return nil }
        var reader = ByteReader(value.span)
        return try? reader.vlu("association")
    }

    /// Whether FIN was seen and nothing before it is missing.
    var isComplete: Bool { finalNumber.map { received.cumulative >= $0 } ?? false }

    mutating func hear(_ fragment: HeardFragment) {
        fragments.append(fragment)
        let isNew = received.insert(fragment.sequenceNumber...fragment.sequenceNumber)
        received.insert(0...fragment.forwardSequenceNumber)
        if fragment.flags.final, finalNumber == nil { finalNumber = fragment.sequenceNumber }
        if isNew, !fragment.flags.abandon { waiting[fragment.sequenceNumber] = fragment }
        deliver()
    }

    private mutating func deliver() {
        let due = waiting.keys.filter { $0 <= received.cumulative }.sorted()
        for number in due {
            guard let fragment = waiting.removeValue(forKey: number) else { continue }
            if number != delivered &+ 1 { begun = nil }
            delivered = number
            switch fragment.flags.fragmentControl {
            case .whole:
                begun = nil
                messages.append(Message(octets: fragment.userData, number: number))
            case .begin:
                begun = Message(octets: fragment.userData, number: number)
            case .middle:
                begun?.octets += fragment.userData
            case .end:
                if var message = begun {
                    message.octets += fragment.userData
                    messages.append(message)
                }
                begun = nil
            }
        }
    }
}

/// The options of User Data (RFC 7016 §2.3.11.1).
enum FlowOption {
    static let metadata: UInt64 = 0x00
    static let association: UInt64 = 0x0a
}

extension Option {
    /// The User's Per-Flow Metadata.
    static func metadata(_ octets: [UInt8]) -> Option {
        .value(type: FlowOption.metadata, octets)
    }

    /// The Return Flow Association.
    static func association(_ flowID: UInt64) -> Option {
        var writer = ByteWriter()
        writer.vlu(flowID)
        return .value(type: FlowOption.association, writer.bytes)
    }
}
