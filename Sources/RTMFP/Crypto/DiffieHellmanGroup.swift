import CLibCrypto

/// A group for Diffie-Hellman key agreement, by its ID (RFC 7425 §4.2); generator 2 in all of them.
public enum DiffieHellmanGroup: UInt64, Hashable, Sendable, CaseIterable {
    /// 1024 bits: every implementation must have it.
    case modp1024 = 2
    /// 1536 bits: every implementation should have it.
    case modp1536 = 5
    /// 2048 bits: every implementation should have it.
    case modp2048 = 14
    /// 4096 bits: not in RFC 7425, but the first choice of an implementation in use.
    case modp4096 = 16

    /// The modulus, most significant octet first.
    public var prime: [UInt8] {
        primeNumber().octets
    }

    func primeNumber() -> BigNumber {
        switch self {
        case .modp1024: unsafe BigNumber(BN_get_rfc2409_prime_1024(nil))
        case .modp1536: unsafe BigNumber(BN_get_rfc3526_prime_1536(nil))
        case .modp2048: unsafe BigNumber(BN_get_rfc3526_prime_2048(nil))
        case .modp4096: unsafe BigNumber(BN_get_rfc3526_prime_4096(nil))
        }
    }

    /// Why `publicKey` must not be used, or nil if it is acceptable (RFC 7425 §4.6.2).
    public func objection(to publicKey: [UInt8]) -> String? {
        let key = BigNumber(publicKey)
        let margin = BigNumber([1, 0, 0, 0])
        guard key.isAtLeast(margin) else { return "is less than 2^24" }
        guard primeNumber().isAtLeast(key.plus(margin)) else { return "is more than the modulus minus 2^24" }
        let digits = key.octets
        let ones = digits.reduce(0) { $0 + $1.nonzeroBitCount }
        guard ones >= 16 else { return "has fewer than 16 one bits" }
        let bits = digits.count * 8 - (digits.first?.leadingZeroBitCount ?? 0)
        guard bits - ones >= 16 else { return "has fewer than 16 zero bits below its highest one" }
        return nil
    }
}
