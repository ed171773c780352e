import Capture
import RTMFP

/// Which two directions belong to one session.
struct SessionPairs {
    /// The directions of a session; one of them may have carried nothing.
    struct Pair {
        var fromInitiator: Int?
        var fromResponder: Int?
        /// Whether the RIKeying that opened the session was captured.
        var isWhole: Bool
    }

    private(set) var pairs: [Pair] = []

    /// Pairs directions, given as packets by their number; RIKeying tells it exactly, mirrored addresses else.
    init(_ directions: [Int: [RecordedPacket]], _ startup: [RecordedImplementation.StartupChunk]) {
        var unpaired = directions.compactMap { number, packets in packets.first.map { (number, $0) } }
            .sorted { $0.1.number < $1.1.number }

        func take(_ mode: PacketMode, _ fits: (RecordedPacket) -> Bool) -> Int? {
            guard let index = unpaired.firstIndex(where: { $0.1.header.mode == mode && fits($0.1) }) else { return nil }
            return unpaired.remove(at: index).0
        }

        for opening in startup {
            guard case .responderInitialKeying(let keying) = opening.chunk else { continue }
            let (packet, datagram) = (opening.packet, opening.packet.datagram)
            let fromResponder = take(.responder) { first in
                first.sessionID == packet.sessionID && first.number > packet.number
                    && first.datagram.source == datagram.source && first.datagram.destination == datagram.destination
            }
            let fromInitiator = take(.initiator) { first in
                first.sessionID == keying.responderSessionID && first.number > packet.number
                    && first.datagram.source == datagram.destination && first.datagram.destination == datagram.source
            }
            if fromInitiator != nil || fromResponder != nil {
                pairs.append(Pair(fromInitiator: fromInitiator, fromResponder: fromResponder, isWhole: true))
            }
        }
        while let (number, first) = unpaired.first {
            unpaired.removeFirst()
            let isInitiator = first.header.mode == .initiator
            let other = take(isInitiator ? .responder : .initiator) { other in
                other.datagram.source == first.datagram.destination
                    && other.datagram.destination == first.datagram.source
            }
            pairs.append(
                Pair(
                    fromInitiator: isInitiator ? number : other,
                    fromResponder: isInitiator ? other : number,
                    isWhole: false
                )
            )
        }
    }
}
