import RTMFP

/// Takes frames apart to UDP datagrams, and counts what gives none.
struct FrameParser {
    private let linkLayer: LinkLayer
    private var reassembly = Reassembly()
    private var running = CaptureCounts()

    init(_ linkLayer: LinkLayer) {
        self.linkLayer = linkLayer
    }

    /// What became of the frames so far.
    var counts: CaptureCounts {
        var counts = running
        counts.incomplete = reassembly.incomplete
        counts.overlapping = reassembly.overlapping
        return counts
    }

    /// The datagram that a frame holds or completes; `isTruncated` if the frame was longer than what was captured.
    mutating func datagram(in frame: Span<UInt8>, isTruncated: Bool, at time: Instant) -> CapturedDatagram? {
        running.frames += 1
        do {
            let datagram = try parse(frame, at: time)
            running.datagrams += datagram == nil ? 0 : 1
            return datagram
        } catch {
            switch error {
            case .otherProtocol: running.otherProtocols += 1
            case .missingOctets where isTruncated: running.truncated += 1
            case .missingOctets, .malformed: running.malformed += 1
            }
            return nil
        }
    }

    /// Tells that there are no more frames.
    mutating func finish() {
        reassembly.finish()
    }

    private mutating func parse(_ frame: Span<UInt8>, at time: Instant) throws(FrameFault) -> CapturedDatagram? {
        let packet = try IPPacket(in: frame, at: try linkLayer.ipOffset(in: frame))
        guard let fragment = packet.fragment else { return try datagram(of: packet, in: frame, at: time) }
        running.fragments += 1
        switch try reassembly.add(packet, fragment, in: frame, at: time) {
        case .pending:
            return nil
        case .complete(let header, let octets):
            return try datagram(of: try header.whole(octets.span), in: octets.span, at: time)
        }
    }

    /// RFC 768. Checksums are not verified: of what the capturing machine sent, they are often not there yet.
    private func datagram(
        of packet: IPPacket,
        in octets: Span<UInt8>,
        at time: Instant
    ) throws(FrameFault) -> CapturedDatagram {
        guard packet.nextHeader == 17 else { throw .otherProtocol }
        let start = packet.payload.lowerBound
        guard packet.payload.count >= 8, let sourcePort = octets.uint16(at: start),
            let destinationPort = octets.uint16(at: start + 2), let length = octets.uint16(at: start + 4),
            length >= 8, Int(length) <= packet.payload.count
        else { throw .malformed }
        return CapturedDatagram(
            frame: running.frames,
            time: time,
            source: SocketAddress(packet.source, port: sourcePort),
            destination: SocketAddress(packet.destination, port: destinationPort),
            trafficClass: packet.trafficClass,
            payload: octets.copy((start + 8)..<(start + Int(length)))
        )
    }
}
