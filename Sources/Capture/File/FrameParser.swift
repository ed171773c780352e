import RTMFP

/// Takes frames apart to UDP datagrams and TCP segments, and counts what gives no datagram.
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

    /// The datagram that a frame holds or completes, or the segment if `withSegments`; `isTruncated` if the frame was
    /// longer than what was captured.
    mutating func packet(
        in frame: Span<UInt8>,
        isTruncated: Bool,
        at time: Instant,
        withSegments: Bool
    ) -> CapturedPacket? {
        running.frames += 1
        do {
            guard let packet = try parse(frame, at: time, withSegments) else { return nil }
            switch packet {
            case .datagram: running.datagrams += 1
            case .segment: running.otherProtocols += 1
            }
            return packet
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

    private mutating func parse(
        _ frame: Span<UInt8>,
        at time: Instant,
        _ withSegments: Bool
    ) throws(FrameFault) -> CapturedPacket? {
        let packet = try IPPacket(in: frame, at: try linkLayer.ipOffset(in: frame))
        guard let fragment = packet.fragment else { return try contents(of: packet, in: frame, at: time, withSegments) }
        running.fragments += 1
        switch try reassembly.add(packet, fragment, in: frame, at: time) {
        case .pending:
            return nil
        case .complete(let header, let octets):
            return try contents(of: try header.whole(octets.span), in: octets.span, at: time, withSegments)
        }
    }

    private func contents(
        of packet: IPPacket,
        in octets: Span<UInt8>,
        at time: Instant,
        _ withSegments: Bool
    ) throws(FrameFault) -> CapturedPacket {
        if withSegments, packet.nextHeader == 6 { return .segment(try segment(of: packet, in: octets, at: time)) }
        return .datagram(try datagram(of: packet, in: octets, at: time))
    }

    /// RFC 9293 §3.1.
    private func segment(
        of packet: IPPacket,
        in octets: Span<UInt8>,
        at time: Instant
    ) throws(FrameFault) -> CapturedSegment {
        let (start, end) = (packet.payload.lowerBound, packet.payload.upperBound)
        guard packet.payload.count >= 20, let sourcePort = octets.uint16(at: start),
            let destinationPort = octets.uint16(at: start + 2), let sequenceNumber = octets.uint32(at: start + 4),
            let acknowledgementNumber = octets.uint32(at: start + 8), let offset = octets.uint8(at: start + 12),
            let control = octets.uint8(at: start + 13), let window = octets.uint16(at: start + 14),
            case let header = Int(offset >> 4) * 4, header >= 20, header <= packet.payload.count
        else { throw .otherProtocol }
        let source = SocketAddress(packet.source, port: sourcePort)
        let destination = SocketAddress(packet.destination, port: destinationPort)
        let pseudoHeader = InternetChecksum.pseudoHeader(source.octets, destination.octets, 6, packet.payload.count)
        return CapturedSegment(
            frame: running.frames,
            time: time,
            source: source,
            destination: destination,
            sequenceNumber: sequenceNumber,
            acknowledgementNumber: acknowledgementNumber,
            control: CapturedSegment.Control(rawValue: control & 0x1f),
            window: window,
            payload: octets.copy((start + header)..<end),
            isIntact: InternetChecksum.of([pseudoHeader, octets.copy(packet.payload)]) == 0
        )
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
