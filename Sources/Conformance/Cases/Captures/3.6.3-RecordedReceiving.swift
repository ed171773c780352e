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
                var due = DueAcknowledgements(in: session)
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
    private struct Place: Hashable {
        var flow: UInt64
        var number: UInt64
    }

    private var oldest: (timestamp: UInt16, time: Instant)?
    /// Fragments that were sent once and acknowledged: others may have got lost after they were captured.
    private let arrived: Set<Place>

    init(in session: RecordedSession) {
        var arrived: Set<Place> = []
        for flow in session.receivingFlows {
            var counts: [UInt64: Int] = [:]
            for transmission in flow.transmissions { counts[transmission.number, default: 0] += 1 }
            for (number, count) in counts where count == 1 {
                if flow.acknowledgements.contains(where: { $0.contains(number) }) {
                    arrived.insert(Place(flow: flow.id, number: number))
                }
            }
        }
        self.arrived = arrived
    }

    mutating func note(received packet: RecordedPacket) {
        guard oldest == nil, let timestamp = packet.header.timestamp,
            packet.fragments.contains(where: { arrived.contains(Place(flow: $0.flowID, number: $0.sequenceNumber)) })
        else { return }
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
