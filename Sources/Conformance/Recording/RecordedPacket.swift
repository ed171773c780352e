import Capture
import RTMFP

/// A packet of a recording that was verified.
final class RecordedPacket: Sendable {
    /// Its place in the recording, from 0.
    let number: Int
    /// The datagram that carried it; its octets are in `contents`.
    let datagram: CapturedDatagram
    /// The octets of the datagram.
    let length: Int
    /// The session ID that it was sent to.
    let sessionID: UInt32
    /// What it says.
    let contents: PacketContents
    /// The fragments of messages that it carries.
    let fragments: [DataFragment]

    init?(_ decoded: DecodedPacket, number: Int) {
        guard let contents = decoded.contents, let sessionID = decoded.sessionID else { return nil }
        self.number = number
        length = decoded.datagram.payload.count
        var datagram = decoded.datagram
        datagram.payload = []
        self.datagram = datagram
        self.sessionID = sessionID
        self.contents = contents
        fragments = contents.fragments
    }

    var header: PacketHeader { contents.header }
    var time: Instant { datagram.time }
    var chunks: [Chunk] { contents.chunks.map(\.chunk) }
    var isInSession: Bool { contents.key == .session }

    /// The octets of a chunk's payload.
    func payload(_ placed: Packet.PlacedChunk) -> ArraySlice<UInt8> {
        contents.plain[(placed.offset + 3)..<(placed.offset + placed.length)]
    }

    /// The octets after the last chunk.
    var padding: ArraySlice<UInt8> { contents.plain.suffix(contents.padding) }

    /// The packet in short.
    var summary: String {
        let packet = Packet(header, chunks)
        return "frame \(datagram.frame): \(datagram.source) > \(datagram.destination)  \(Conformance.summary(packet))"
    }

    /// Fails the case because of this packet unless `condition` holds.
    func require(_ condition: Bool, expected: String, actual: @autoclosure () -> String) throws {
        guard condition else { throw Breach(expected: expected, actual: actual(), packet: self) }
    }
}

/// Thrown where a recorded packet breaks the rule that a case is about.
struct Breach: Error {
    /// What the specification demands.
    var expected: String
    /// What the packet says instead.
    var actual: String
    /// The packet up to which the exchange is told.
    var packet: RecordedPacket
    /// The frame that is at fault.
    var frame: Int

    /// A breach by a packet.
    init(expected: String, actual: String, packet: RecordedPacket, frame: Int? = nil) {
        self.expected = expected
        self.actual = actual
        self.packet = packet
        self.frame = frame ?? packet.datagram.frame
    }
}
