/// Deliberate mistakes of a sealer, for those who test receivers.
public struct SealingFault: OptionSet, Hashable, Sendable {
    public let rawValue: UInt16

    /// Makes a set of faults.
    public init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// One bit of the checksum or of the HMAC is wrong.
    public static let wrongVerification = SealingFault(rawValue: 1)
    /// The checksum covers the session sequence number as well.
    public static let checksumOverSequenceNumber = SealingFault(rawValue: 2)
    /// The HMAC, or the last cipher block where there is none, is missing from the end.
    public static let truncated = SealingFault(rawValue: 4)
    /// One octet stands after the packet.
    public static let trailingOctet = SealingFault(rawValue: 8)
    /// Padding octets are zeros instead of ones; receivers must not mind.
    public static let zeroPadding = SealingFault(rawValue: 16)
    /// The session ID is sent as it is, not scrambled.
    public static let unscrambled = SealingFault(rawValue: 32)
    /// The HMAC is computed over the plain packet.
    public static let hmacOverPlain = SealingFault(rawValue: 64)
    /// The checksum's odd last octet counts as the high half of its word, as in RFC 1071.
    public static let oddOctetHigh = SealingFault(rawValue: 128)
    /// The checksum does not cover the padding.
    public static let checksumWithoutPadding = SealingFault(rawValue: 256)
    /// The checksum stands before the session sequence number, and covers it.
    public static let checksumFirst = SealingFault(rawValue: 512)
    /// The chain of cipher blocks goes on where the last packet ended.
    public static let chained = SealingFault(rawValue: 1024)
}
