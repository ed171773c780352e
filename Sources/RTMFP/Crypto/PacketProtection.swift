/// How the packets of one direction of a session are protected (RFC 7425 §4.7).
public struct PacketProtection: Hashable, Sendable {
    /// How a receiver knows that a packet is whole.
    public enum Verification: Hashable, Sendable {
        /// The simple checksum (RFC 7425 §4.7.3.1): against accidents only.
        case checksum
        /// The first `length` octets, 4 to 32, of an HMAC with `key` (RFC 7425 §4.7.3.2).
        case hmac(key: [UInt8], length: Int)
    }

    /// The AES-128 key: 16 octets.
    public var key: [UInt8]
    /// How packets are verified.
    public var verification: Verification
    /// Whether packets carry a session sequence number (RFC 7425 §4.7.1).
    public var sequenceNumbers: Bool

    /// Makes the protection of one direction; of a longer `key`, the first 16 octets count.
    public init(key: [UInt8], verification: Verification = .checksum, sequenceNumbers: Bool = false) {
        self.key = Array(key.prefix(BlockCipher.blockSize))
        self.verification = verification
        self.sequenceNumbers = sequenceNumbers
    }

    /// The Default Session Key with a checksum: all that protects startup packets (RFC 7425 §4.7).
    public static let defaultSession = PacketProtection(key: Array("Adobe Systems 02".utf8))
}

/// Why a datagram is not a packet that the sender protected (RFC 7425 §4.7).
public enum ProtectionError: Error, Hashable, Sendable {
    /// Too short for a session ID and a cipher block; octets of the datagram.
    case tooShort(Int)
    /// What is encrypted is not a whole number of cipher blocks; octets left over.
    case partialBlock(Int)
    /// The checksum that the packet carries is not that of its contents.
    case checksumMismatch(carried: UInt16, computed: UInt16)
    /// The HMAC that the packet carries is not that of its contents.
    case hmacMismatch
    /// The session sequence number does not fit the packet or 64 bits.
    case sequenceNumber(WireError)
    /// libcrypto refused to work.
    case cipherFailure
}

extension ProtectionError: CustomStringConvertible {
    /// One sentence.
    public var description: String {
        switch self {
        case .tooShort(let count): "\(count) octets are too few for a session ID and a cipher block"
        case .partialBlock(let count): "\(count) octets more than whole cipher blocks"
        case .checksumMismatch(let carried, let computed):
            "the checksum is 0x\(String(carried, radix: 16)) but that of the packet is 0x\(String(computed, radix: 16))"
        case .hmacMismatch: "the HMAC is not that of the packet"
        case .sequenceNumber(let error): "session sequence number: \(error)"
        case .cipherFailure: "libcrypto failed"
        }
    }
}

/// The 16-bit one's complement of the one's complement sum of 16-bit words (RFC 7425 §4.7.3.1).
///
/// An odd last octet counts as the low half of its word, unlike RFC 1071's.
public func internetChecksum(_ octets: Span<UInt8>) -> UInt16 {
    var sum: UInt64 = 0
    var index = 0
    while index + 1 < octets.count {
        sum &+= UInt64(octets[index]) << 8 | UInt64(octets[index + 1])
        index += 2
    }
    if index < octets.count {
        sum &+= UInt64(octets[index])
    }
    while sum > 0xffff {
        sum = (sum & 0xffff) &+ (sum >> 16)
    }
    return ~UInt16(truncatingIfNeeded: sum)
}

/// The session ID, exclusive-or the first two 32-bit words of what follows it (RFC 7016 §2.2.2).
///
/// Its own inverse. Octets that are missing count as 0.
func scrambled(_ sessionID: UInt32, _ encrypted: Span<UInt8>) -> UInt32 {
    var words: UInt32 = 0
    for index in 0..<min(8, encrypted.count) {
        words ^= UInt32(encrypted[index]) << UInt32(24 - index % 4 * 8)
    }
    return sessionID ^ words
}

/// The session ID that a datagram was sent to (RFC 7016 §2.2.2); throws `ProtectionError.tooShort` below 4 octets.
public func unscrambledSessionID(_ datagram: [UInt8]) throws(ProtectionError) -> UInt32 {
    guard datagram.count >= 4 else { throw .tooShort(datagram.count) }
    let span = datagram.span
    var carried: UInt32 = 0
    for index in 0..<4 {
        carried = carried << 8 | UInt32(span[index])
    }
    return scrambled(carried, span.extracting(4..<span.count))
}
