/// The session ID, exclusive-or the first two 32-bit words of the encrypted packet that follows it (RFC 7016 §2.2.2).
///
/// Its own inverse: of a scrambled session ID it makes the plain one. Octets that are missing count as 0.
public func scrambledSessionID(_ sessionID: UInt32, before encrypted: Span<UInt8>) -> UInt32 {
    var words: UInt32 = 0
    for index in 0..<min(8, encrypted.count) {
        words ^= UInt32(encrypted[index]) << UInt32(24 - index % 4 * 8)
    }
    return sessionID ^ words
}

/// The session ID that a datagram was sent to (RFC 7016 §2.2.2).
///
/// - Throws: `ProtectionError.tooShort` below 4 octets.
public func unscrambledSessionID(_ datagram: [UInt8]) throws(ProtectionError) -> UInt32 {
    guard datagram.count >= 4 else { throw .tooShort(datagram.count) }
    let span = datagram.span
    var carried: UInt32 = 0
    for index in 0..<4 {
        carried = carried << 8 | UInt32(span[index])
    }
    return scrambledSessionID(carried, before: span.extracting(4..<span.count))
}
