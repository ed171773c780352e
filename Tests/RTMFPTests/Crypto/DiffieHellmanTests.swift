import RTMFP
import Testing

/// RFC 7425 §4.2, §4.6.2.
struct DiffieHellmanTests {
    @Test("Both ends come to the same secret, without leading zeros", arguments: try KnownAnswers.load().groups)
    func secret(_ known: KnownAnswers.Group) throws {
        let group = try #require(DiffieHellmanGroup(rawValue: known.group))
        let near = DiffieHellmanKeyPair(group: group, privateKey: known.near.octets)
        let far = DiffieHellmanKeyPair(group: group, privateKey: known.far.octets)
        #expect(near.publicKey == known.nearPublic.octets)
        #expect(far.publicKey == known.farPublic.octets)
        #expect(try near.sharedSecret(with: far.publicKey) == known.secret.octets)
        #expect(try far.sharedSecret(with: [0, 0] + near.publicKey) == known.secret.octets)
    }

    @Test("A public key that gives too little security is refused", arguments: try KnownAnswers.load().publicKeys)
    func acceptance(_ known: KnownAnswers.PublicKey) throws {
        let pair = DiffieHellmanKeyPair(group: .modp1024, privateKey: [UInt8](repeating: 0x5a, count: 32))
        if known.acceptable {
            #expect(try !pair.sharedSecret(with: known.publicKey.octets).isEmpty)
        } else {
            #expect(throws: KeyingError.self) { try pair.sharedSecret(with: known.publicKey.octets) }
        }
    }

    @Test("The modulus has the group's size", arguments: zip(DiffieHellmanGroup.allCases, [1024, 1536, 2048, 4096]))
    func modulus(_ group: DiffieHellmanGroup, _ bits: Int) {
        #expect(group.prime.count == bits / 8)
        #expect(group.prime.prefix(8).allSatisfy { $0 == 0xff })
        #expect(group.objection(to: group.prime) != nil)
    }

    @Test("A generated exponent has 256 bits, and follows from the generator's seed alone")
    func generation() {
        var first = SeededGenerator(seed: 7)
        var second = SeededGenerator(seed: 7)
        let pair = DiffieHellmanKeyPair(group: .modp1024, using: &first)
        #expect(pair == DiffieHellmanKeyPair(group: .modp1024, using: &second))
        #expect(pair.privateKey.count == 32)
        #expect(pair.privateKey.first.map { $0 >= 0x80 } == true)
        #expect(pair != DiffieHellmanKeyPair(group: .modp1024, using: &first))
    }
}
