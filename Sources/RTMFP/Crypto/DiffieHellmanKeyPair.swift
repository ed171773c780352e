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
