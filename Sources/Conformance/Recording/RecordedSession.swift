import Capture
import RTMFP

/// A session of a recording, as seen from one of its ends.
struct RecordedSession: Sendable {
    /// Whether this end opened it.
    let isInitiator: Bool
    /// Whether the capture shows how it was opened, and so all that was said in it.
    let isWhole: Bool
    /// What this end sent, in the order of sending, as far as sequence numbers and timestamps of packets tell it.
    let sent: [RecordedPacket]
    /// What was sent to it, in the order of the capture.
    let received: [RecordedPacket]
    /// The flows that this end sends on, by number.
    let sendingFlows: [RecordedFlow]
    /// The flows that this end receives, by number.
    let receivingFlows: [RecordedFlow]

    /// All packets of both ends, in the order of the capture.
    var exchange: [(packet: RecordedPacket, isSent: Bool)] {
        (sent.map { ($0, true) } + received.map { ($0, false) }).sorted { $0.0.number < $1.0.number }
    }
}
