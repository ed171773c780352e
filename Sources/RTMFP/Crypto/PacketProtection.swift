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
    /// Whether packets carry a session sequence number (RFC 7425 §4.6.6).
    public var sequenceNumbers: Bool

    /// Makes the protection of one direction; of a longer `key`, the first 16 octets count (RFC 7425 §4.6.3).
    public init(key: [UInt8], verification: Verification = .checksum, sequenceNumbers: Bool = false) {
        self.key = Array(key.prefix(BlockCipher.blockSize))
        self.verification = verification
        self.sequenceNumbers = sequenceNumbers
    }

    /// The Default Session Key with a checksum: all that protects startup packets (RFC 7425 §4.1).
    public static let defaultSession = PacketProtection(key: Array("Adobe Systems 02".utf8))

    /// Octets of the HMAC that follows the cipher blocks.
    var hmacLength: Int {
        if case .hmac(_, let length) = verification { min(max(0, length), SHA256.digestSize) } else { 0 }
    }

    /// A context for the HMAC; nil if there is none.
    var hmac: HMACSHA256? {
        if case .hmac(let key, _) = verification { HMACSHA256(key: key) } else { nil }
    }
}
