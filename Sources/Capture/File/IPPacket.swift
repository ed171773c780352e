import RTMFP

/// An IPv4 or IPv6 packet within a frame, or a fragment of one.
struct IPPacket {
    /// Which part of which packet a fragment is.
    struct Fragment {
        var identification: UInt32
        /// Octets before it in the packet that was fragmented.
        var offset: Int
        var moreFollow: Bool
    }

    var source: SocketAddress.IP
    var destination: SocketAddress.IP
    var trafficClass: UInt8
    /// Protocol (IPv4) or the next header after those that are in front of `payload` (IPv6).
    var nextHeader: UInt8
    /// Where in the frame the contents stand.
    var payload: Range<Int>
    /// Nil for a packet that is whole.
    var fragment: Fragment?

    /// Reads the packet that begins at `start`.
    init(in frame: Span<UInt8>, at start: Int) throws(FrameFault) {
        guard let first = frame.uint8(at: start) else { throw .missingOctets }
        switch first >> 4 {
        case 4: try self.init(version4: frame, at: start)
        case 6: try self.init(version6: frame, at: start)
        default: throw .malformed
        }
    }

    /// RFC 791 §3.1.
    private init(version4 frame: Span<UInt8>, at start: Int) throws(FrameFault) {
        guard let first = frame.uint8(at: start),
            let trafficClass = frame.uint8(at: start + 1),
            let totalLength = frame.uint16(at: start + 2),
            let identification = frame.uint16(at: start + 4),
            let fragmentation = frame.uint16(at: start + 6),
            let nextHeader = frame.uint8(at: start + 9),
            let source = frame.uint32(at: start + 12),
            let destination = frame.uint32(at: start + 16)
        else { throw .missingOctets }
        let headerLength = Int(first & 0x0f) * 4
        // A length of 0 is what a capture shows of a packet that the network card was yet to divide.
        let length = totalLength == 0 ? frame.count - start : Int(totalLength)
        guard headerLength >= 20, length >= headerLength else { throw .malformed }
        self.source = .v4(source)
        self.destination = .v4(destination)
        self.trafficClass = trafficClass
        self.nextHeader = nextHeader
        payload = (start + headerLength)..<(start + length)
        guard payload.upperBound <= frame.count else { throw .missingOctets }
        let moreFollow = fragmentation & 0x2000 != 0
        let offset = Int(fragmentation & 0x1fff) * 8
        if moreFollow || offset > 0 {
            fragment = Fragment(identification: UInt32(identification), offset: offset, moreFollow: moreFollow)
        }
    }

    /// RFC 8200 §3 and §4.
    private init(version6 frame: Span<UInt8>, at start: Int) throws(FrameFault) {
        guard let first = frame.uint16(at: start),
            let length = frame.uint16(at: start + 4),
            let nextHeader = frame.uint8(at: start + 6),
            let sourceHigh = frame.uint64(at: start + 8),
            let sourceLow = frame.uint64(at: start + 16),
            let destinationHigh = frame.uint64(at: start + 24),
            let destinationLow = frame.uint64(at: start + 32)
        else { throw .missingOctets }
        source = .v6(high: sourceHigh, low: sourceLow)
        destination = .v6(high: destinationHigh, low: destinationLow)
        trafficClass = UInt8(truncatingIfNeeded: first >> 4)
        self.nextHeader = nextHeader
        payload = (start + 40)..<(start + 40 + Int(length))
        guard payload.upperBound <= frame.count else { throw .missingOctets }
        try skipExtensionHeaders(in: frame)
    }

    /// Moves `payload` behind the extension headers, up to a Fragment header that does not stand for a whole packet.
    private mutating func skipExtensionHeaders(in frame: Span<UInt8>) throws(FrameFault) {
        while fragment == nil, let header = ExtensionHeader(rawValue: nextHeader) {
            let start = payload.lowerBound
            guard payload.count >= 8, let next = frame.uint8(at: start), let second = frame.uint8(at: start + 1) else {
                throw .malformed
            }
            let length = header.length(field: second)
            guard length <= payload.count else { throw .malformed }
            if header == .fragment, let position = frame.uint16(at: start + 2),
                let identification = frame.uint32(at: start + 4), position & 0xfff9 != 0
            {
                fragment = Fragment(
                    identification: identification,
                    offset: Int(position & 0xfff8),
                    moreFollow: position & 1 != 0
                )
            }
            nextHeader = next
            payload = (start + length)..<payload.upperBound
        }
    }

    /// The packet that fragments gave, its contents in `reassembled`: what is behind the remaining extension headers.
    func whole(_ reassembled: Span<UInt8>) throws(FrameFault) -> IPPacket {
        var whole = self
        whole.fragment = nil
        whole.payload = 0..<reassembled.count
        if case .v6 = source { try whole.skipExtensionHeaders(in: reassembled) }
        guard whole.fragment == nil else { throw .malformed }
        return whole
    }
}

/// IPv6 extension headers that may stand in front of UDP.
private enum ExtensionHeader: UInt8 {
    case hopByHop = 0
    case routing = 43
    case fragment = 44
    case authentication = 51
    case destinationOptions = 60
    case mobility = 135

    func length(field: UInt8) -> Int {
        switch self {
        case .fragment: 8
        case .authentication: (Int(field) + 2) * 4
        default: (Int(field) + 1) * 8
        }
    }
}
