/// Why a datagram is not a packet that the sender protected (RFC 7425 §4.7).
public enum ProtectionError: Error, Hashable, Sendable {
    /// Too short for a session ID, a cipher block and, if there is to be one, an HMAC; octets of the datagram.
    case tooShort(Int)
    /// What is encrypted is not a whole number of cipher blocks; octets left over.
    case partialBlock(Int)
    /// The checksum that the packet carries is not that of its contents.
    case checksumMismatch(carried: UInt16, computed: UInt16)
    /// The HMAC that the packet carries is not that of its contents.
    case hmacMismatch
    /// The session sequence number exceeds 64 bits, or it leaves no room in the packet for the checksum.
    case sequenceNumber(WireError)
    /// libcrypto refused to work.
    case cipherFailure
}

extension ProtectionError: CustomStringConvertible {
    /// One sentence.
    public var description: String {
        switch self {
        case .tooShort(let count): "\(count) octets are too few for a protected packet"
        case .partialBlock(let count): "\(count) octets more than whole cipher blocks"
        case .checksumMismatch(let carried, let computed):
            "the checksum is 0x\(String(carried, radix: 16)) but that of the packet is 0x\(String(computed, radix: 16))"
        case .hmacMismatch: "the HMAC is not that of the packet"
        case .sequenceNumber(let error): "session sequence number: \(error)"
        case .cipherFailure: "libcrypto failed"
        }
    }
}
