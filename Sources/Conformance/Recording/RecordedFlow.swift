import Capture
import RTMFP

/// A flow of a recorded session, with what its receiver said of it.
struct RecordedFlow: Sendable {
    /// A fragment and the packet that carried it.
    struct Transmission: Sendable {
        let packet: RecordedPacket
        let fragment: DataFragment

        var number: UInt64 { fragment.sequenceNumber }
        /// The number at and below which the sender will send nothing any more, as of this fragment.
        var forward: UInt64 { fragment.forwardSequenceNumber }
        /// Whether it carries a part of a message, and not just word that there is none.
        var hasData: Bool { !fragment.flags.abandon }

        func require(_ condition: Bool, expected: String, actual: @autoclosure () -> String) throws {
            try packet.require(condition, expected: expected, actual: actual())
        }
    }

    /// An acknowledgement, of either form.
    struct Acknowledgement: Sendable {
        let packet: RecordedPacket
        /// Free space in the receiver's buffer, in blocks.
        let blocks: UInt64
        let cumulative: UInt64
        let ranges: [ClosedRange<UInt64>]

        func contains(_ number: UInt64) -> Bool {
            number <= cumulative || ranges.contains { $0.contains(number) }
        }

        /// The highest number that has arrived.
        var highest: UInt64 { ranges.last?.upperBound ?? cumulative }
    }

    /// What was captured of a flow, one after the other.
    enum Event: Sendable {
        case sent(Transmission)
        case acknowledged(Acknowledgement)
        /// The receiver sent a Flow Exception Report.
        case rejected(RecordedPacket)
    }

    /// The flow, as its sender numbers it.
    let id: UInt64
    /// Whether the capture shows the session's startup, and so the flow from its beginning.
    let isWhole: Bool
    /// Whether nothing that the sender sent in the session is missing from the capture, as session sequence numbers
    /// tell; nil if there are none.
    let hasAllPackets: Bool?
    /// What happened, in the order of the capture.
    let events: [Event]
    /// The fragments in the order of sending, as far as sequence numbers and timestamps of packets tell it.
    let transmissions: [Transmission]
    /// Messages that are whole.
    let messages: [FlowMessage]

    /// The values of the metadata options, in the order of sending.
    var metadata: [(Transmission, [UInt8])] {
        transmissions.flatMap { sent in sent.fragment.metadata.map { (sent, $0) } }
    }

    var acknowledgements: [Acknowledgement] {
        events.compactMap { if case .acknowledged(let acknowledgement) = $0 { acknowledgement } else { nil } }
    }
}

extension DataFragment {
    /// The values of the user's per-flow metadata options (RFC 7016 §2.3.11.1.1).
    var metadata: [[UInt8]] { options?.values(of: 0x00) ?? [] }
    /// The values of the return flow association options (RFC 7016 §2.3.11.1.2).
    var associations: [[UInt8]] { options?.values(of: 0x0a) ?? [] }
}
