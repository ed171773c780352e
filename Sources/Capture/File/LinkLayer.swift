import CLibPcap

/// What precedes the IP packet in a frame.
enum LinkLayer {
    case ethernet
    /// Four octets of address family, in the byte order of whoever captured, or of the network.
    case loopback
    case linuxCooked
    case linuxCooked2
    case rawIP

    /// The link layer of frames of libpcap's link type; nil if it is none of them.
    init?(dataLink: Int32) {
        switch dataLink {
        case DLT_EN10MB: self = .ethernet
        case DLT_NULL, DLT_LOOP: self = .loopback
        case DLT_LINUX_SLL: self = .linuxCooked
        case DLT_LINUX_SLL2: self = .linuxCooked2
        // 14 is what OpenBSD calls DLT_RAW, 101 what files do.
        case DLT_RAW, 14, 101, DLT_IPV4, DLT_IPV6: self = .rawIP
        default: return nil
        }
    }

    /// Where the IP packet begins in a frame.
    func ipOffset(in frame: Span<UInt8>) throws(FrameFault) -> Int {
        switch self {
        case .ethernet: try LinkLayer.afterEtherType(at: 12, payload: 14, in: frame)
        case .linuxCooked: try LinkLayer.afterEtherType(at: 14, payload: 16, in: frame)
        case .linuxCooked2: try LinkLayer.afterEtherType(at: 0, payload: 20, in: frame)
        case .loopback: try LinkLayer.afterFamily(in: frame)
        case .rawIP: 0
        }
    }

    /// AF_INET everywhere, AF_INET6 on Linux, NetBSD, FreeBSD and Darwin.
    private static let ipFamilies: Set<UInt32> = [2, 10, 24, 28, 30]
    private static let vlanTags: Set<UInt16> = [0x8100, 0x88a8, 0x9100]

    private static func afterFamily(in frame: Span<UInt8>) throws(FrameFault) -> Int {
        guard let family = frame.uint32(at: 0) else { throw .missingOctets }
        guard ipFamilies.contains(family) || ipFamilies.contains(family.byteSwapped) else { throw .otherProtocol }
        return 4
    }

    private static func afterEtherType(
        at typeOffset: Int,
        payload: Int,
        in frame: Span<UInt8>
    ) throws(FrameFault) -> Int {
        guard var type = frame.uint16(at: typeOffset) else { throw .missingOctets }
        var offset = payload
        while vlanTags.contains(type) {
            guard let inner = frame.uint16(at: offset + 2) else { throw .missingOctets }
            type = inner
            offset += 4
        }
        guard type == 0x0800 || type == 0x86dd else { throw .otherProtocol }
        return offset
    }
}
