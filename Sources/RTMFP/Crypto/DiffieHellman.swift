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

    fileprivate func primeNumber() -> BigNumber {
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

/// A private exponent and the public key that belongs to it.
public struct DiffieHellmanKeyPair: Hashable, Sendable {
    /// The group.
    public let group: DiffieHellmanGroup
    /// The private exponent, most significant octet first.
    public let privateKey: [UInt8]
    /// The public key, most significant octet first, without leading zeros.
    public let publicKey: [UInt8]

    /// Makes the pair that belongs to a private exponent.
    public init(group: DiffieHellmanGroup, privateKey: [UInt8]) {
        self.group = group
        self.privateKey = privateKey
        publicKey = BigNumber([2]).power(BigNumber(privateKey), modulo: group.primeNumber()).octets
    }

    /// Makes a pair with a random exponent of 256 bits: twice the strength of the cipher that it keys.
    public init(group: DiffieHellmanGroup, using random: inout some RandomNumberGenerator) {
        self.init(group: group, privateKey: [0x80 | UInt8.random(in: 0...127, using: &random)] + random.octets(31))
    }

    /// DH_SECRET: the shared secret, most significant octet first, without leading zeros (RFC 7425 §4.6.2).
    ///
    /// - Throws: `KeyingError.publicKey` if the far end's key is not acceptable.
    public func sharedSecret(with farPublicKey: [UInt8]) throws(KeyingError) -> [UInt8] {
        if let objection = group.objection(to: farPublicKey) { throw .publicKey(objection) }
        return sharedSecretUnchecked(with: farPublicKey)
    }

    /// DH_SECRET with a key that may not be acceptable; for those who test what others accept.
    public func sharedSecretUnchecked(with farPublicKey: [UInt8]) -> [UInt8] {
        BigNumber(farPublicKey).power(BigNumber(privateKey), modulo: group.primeNumber()).octets
    }
}

/// An unsigned integer of any size, in libcrypto's hands.
@safe private struct BigNumber: ~Copyable {
    private let number: OpaquePointer?

    init(_ number: OpaquePointer?) {
        unsafe self.number = number
    }

    init(_ octets: [UInt8]) {
        unsafe number = BN_bin2bn(octets, Int32(clamping: octets.count), nil)
    }

    deinit {
        unsafe BN_clear_free(number)
    }

    /// Most significant octet first, without leading zeros.
    var octets: [UInt8] {
        var octets = [UInt8](repeating: 0, count: Int(unsafe BN_num_bits(number) + 7) / 8)
        _ = unsafe BN_bn2bin(number, &octets)
        return octets
    }

    func isAtLeast(_ other: borrowing BigNumber) -> Bool {
        unsafe BN_cmp(number, other.number) >= 0
    }

    func plus(_ other: borrowing BigNumber) -> BigNumber {
        let sum = unsafe BN_new()
        _ = unsafe BN_add(sum, number, other.number)
        return unsafe BigNumber(sum)
    }

    func power(_ exponent: borrowing BigNumber, modulo: borrowing BigNumber) -> BigNumber {
        let result = unsafe BN_new()
        let context = unsafe BN_CTX_new()
        defer { unsafe BN_CTX_free(context) }
        // The exponent is a secret: its bits must not show in the duration.
        unsafe BN_set_flags(exponent.number, BN_FLG_CONSTTIME)
        _ = unsafe BN_mod_exp(result, number, exponent.number, modulo.number, context)
        return unsafe BigNumber(result)
    }
}
