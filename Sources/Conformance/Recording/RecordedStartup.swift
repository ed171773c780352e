import Capture
import RTMFP

/// The chunks of startup packets, those included that were sent in fragments (RFC 7016 §3.4).
struct RecordedStartup {
    private struct Key: Hashable {
        var source: SocketAddress
        var destination: SocketAddress
        var sessionID: UInt32
        var packetID: UInt64
    }

    private struct Pieces {
        var octets: [UInt64: [UInt8]] = [:]
        var last: UInt64?
    }

    /// Fragments of a packet that is put together, at most.
    private static let mostPieces: UInt64 = 256
    /// Packets that are not whole, at most.
    private static let mostPackets = 1_024

    private var pending: [Key: Pieces] = [:]
    /// In the order of the capture.
    private(set) var chunks: [RecordedImplementation.StartupChunk] = []

    /// Takes a packet under the default key, and gives the chunks that it carries or completes.
    mutating func add(_ packet: RecordedPacket) -> [RecordedImplementation.StartupChunk] {
        var found: [Chunk] = []
        for chunk in packet.chunks {
            if case .packetFragment(let fragment) = chunk {
                found += complete(fragment, in: packet)
            } else {
                found.append(chunk)
            }
        }
        let added = found.map { RecordedImplementation.StartupChunk(packet: packet, chunk: $0) }
        chunks += added
        return added
    }

    private mutating func complete(_ fragment: PacketFragment, in packet: RecordedPacket) -> [Chunk] {
        guard fragment.fragmentNumber < RecordedStartup.mostPieces else { return [] }
        let key = Key(
            source: packet.datagram.source,
            destination: packet.datagram.destination,
            sessionID: packet.sessionID,
            packetID: fragment.packetID
        )
        if pending[key] == nil, pending.count >= RecordedStartup.mostPackets { pending = [:] }
        var pieces = pending[key] ?? Pieces()
        pieces.octets[fragment.fragmentNumber] = fragment.packetFragment
        if !fragment.moreFragments { pieces.last = fragment.fragmentNumber }
        pending[key] = pieces
        guard let last = pieces.last, pieces.octets.count > Int(last) else { return [] }
        pending[key] = nil
        let octets = (0...last).flatMap { pieces.octets[$0] ?? [] }
        return (try? Packet(octets))?.chunks ?? []
    }
}
