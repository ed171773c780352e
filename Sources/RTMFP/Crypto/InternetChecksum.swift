/// The 16-bit one's complement of the one's complement sum of 16-bit words (RFC 7425 §4.7.3.1).
///
/// An odd last octet counts as the low half of its word, unlike RFC 1071's.
public func internetChecksum(_ octets: Span<UInt8>) -> UInt16 {
    // One's complement sums come out the same in either order of octets, once swapped at the end, and in words of any
    // multiple of 16 bits.
    var nativeSum: UInt64 = 0
    let bytes = unsafe octets.bytes
    var offset = 0
    while bytes.byteCount - offset >= 8 {
        let word = unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self)
        nativeSum &+= word >> 32
        nativeSum &+= word & 0xffff_ffff
        offset += 8
    }
    var sum = UInt64(UInt16(bigEndian: folded(nativeSum)))
    while octets.count - offset >= 2 {
        sum += UInt64(octets[offset]) << 8 | UInt64(octets[offset + 1])
        offset += 2
    }
    if offset < octets.count {
        sum += UInt64(octets[offset])
    }
    return ~folded(sum)
}

private func folded(_ sum: UInt64) -> UInt16 {
    var sum = sum
    while sum > 0xffff {
        sum = (sum & 0xffff) + (sum >> 16)
    }
    return UInt16(truncatingIfNeeded: sum)
}
