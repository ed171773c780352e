import Capture
import RTMFP

/// An exchange, packet by packet, before it is protected: what recordings for tests are made of.
///
/// A fault is an edit of a script. Recording it seals every packet, and decodes the datagrams again as those of a
/// capture, so that a fault goes the way that it would go in real traffic.
struct Script {
    /// One packet.
    struct Entry {
        /// Whether it becomes a datagram as it should.
        enum Form {
            case sealed
            /// Not encrypted at all.
            case clear
            /// With another packet behind it in the same datagram.
            case followed(by: Packet)
        }

        var time: Instant
        var source: SocketAddress
        var destination: SocketAddress
        var sessionID: UInt32
        /// Which of the script's directions protects it; nil for the default key.
        var direction: Int?
        var packet: Packet
        var form = Form.sealed
        /// A session sequence number instead of the next one.
        var sequenceNumber: UInt64?
        var fault: SealingFault = []
    }

    /// In any order; the times count.
    var entries: [Entry] = []
    /// The directions of all sessions, as their senders log them.
    var directions: [LoggedDirection] = []

    /// The exchange as a capture with all keys shows it.
    func recorded() -> [DecodedPacket] {
        let standard = PacketSealer(.defaultSession)
        let sealers = directions.map { PacketSealer($0.protection) }
        let decoder = PacketDecoder(keys: KeyLog(directions), searches: entries.count)
        let ordered = entries.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
        return ordered.enumerated().map { frame, entry in
            let entry = entry.element
            let sealer = entry.direction.map { sealers[$0] } ?? standard
            return decoder.decode(
                CapturedDatagram(
                    frame: frame + 1,
                    time: entry.time,
                    source: entry.source,
                    destination: entry.destination,
                    payload: entry.datagram(sealer)
                )
            )
        }
    }
}

extension Script.Entry {
    fileprivate func datagram(_ sealer: PacketSealer) -> [UInt8] {
        let sealed = { (packet: Packet) in
            sealer.seal(packet.encoded, to: sessionID, sequenceNumber: sequenceNumber, fault: fault)
        }
        switch form {
        case .sealed: return sealed(packet)
        case .followed(let other): return sealed(packet) + sealed(other)
        case .clear:
            let octets = packet.encoded
            let first = scrambledSessionID(sessionID, before: octets.span)
            return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: first >> UInt32($0)) } + octets
        }
    }
}
