import Capture
import RTMFP

/// RFC 7016 §3.6.3: how a receiver acknowledges.
enum RecordedReceivingCases {
    static let all: [Case] = [
        .recorded(
            "ack/rides-with-user-data",
            "An acknowledgement that is due goes with user data that is sent, if it fits.",
            ["RFC7016-3.6.3.4.1-12"],
            level: .should,
            saboteurs: ["acknowledgements-travel-alone"]
        ) { implementation in
            var taken = 0
            var missed: [RecordedPacket] = []
            for session in implementation.sessions {
                var due = DueAcknowledgements()
                for (packet, isSent) in session.exchange {
                    guard isSent else {
                        due.note(received: packet)
                        continue
                    }
                    // With room for one more acknowledgement, and knowledge of what is due.
                    if !packet.fragments.isEmpty, due.isKnown(to: packet), packet.length <= 1_100 {
                        if packet.acknowledges { taken += 1 } else { missed.append(packet) }
                    }
                    if packet.acknowledges { due.settle() }
                }
            }
            guard taken + missed.count > 0 else {
                throw Inconclusive(reason: "the capture shows no user data of it while an acknowledgement was due")
            }
            guard let first = missed.first else { return }
            // Which packets had come when another was sent is reckoned from timestamps; most decide, not one.
            try first.require(
                missed.count <= taken || missed.count < 3,
                expected: "acknowledgements with user data while they are due",
                actual: "this packet and \(missed.count - 1) others have none, of \(taken + missed.count)"
            )
        }
    ]
}

/// Whether user data has come that is not acknowledged yet.
private struct DueAcknowledgements {
    private var oldest: (timestamp: UInt16, time: Instant)?

    mutating func note(received packet: RecordedPacket) {
        guard oldest == nil, !packet.fragments.isEmpty, let timestamp = packet.header.timestamp else { return }
        oldest = (timestamp, packet.time)
    }

    mutating func settle() { oldest = nil }

    /// Whether something was due when a packet was sent, by the packet's own reckoning of the far end's clock.
    ///
    /// A timestamp echo is what a packet's timestamp would be that arrives now. Two ticks more make sure.
    func isKnown(to packet: RecordedPacket) -> Bool {
        guard let oldest, let echo = packet.header.timestampEcho, packet.time - oldest.time < .seconds(10) else {
            return false
        }
        return Int16(bitPattern: echo &- oldest.timestamp) >= 2
    }
}

extension RecordedPacket {
    /// Whether it carries an acknowledgement.
    var acknowledges: Bool {
        chunks.contains { chunk in
            switch chunk {
            case .rangeAcknowledgement, .bitmapAcknowledgement: true
            default: false
            }
        }
    }
}
