import RTMFP
import Testing

/// What a stranger sends must give a value or an error, never a trap.
struct HostileProfileTests {
    @Test("Anything may stand where a certificate, a discriminator, a component or a signature belongs")
    func anything() throws {
        let known = try KnownAnswers.load()
        var random = SeededGenerator(seed: 11)
        let seeds =
            known.certificates.map(\.certificate.octets) + known.selections.map(\.discriminator.octets)
            + known.keys.flatMap { [$0.initiatorComponent.octets, $0.responderComponent.octets] }
        var read = 0
        for _ in 0..<100 {
            for seed in seeds {
                var octets = seed
                for _ in 0..<Int.random(in: 0...4, using: &random) where !octets.isEmpty {
                    let index = Int.random(in: 0..<octets.count, using: &random)
                    switch Int.random(in: 0...2, using: &random) {
                    case 0: octets[index] = UInt8.random(in: 0...255, using: &random)
                    case 1: octets.removeSubrange(index...)
                    default: octets.insert(0xff, at: index)
                    }
                }
                read += (try? Certificate(decoding: octets)) == nil ? 0 : 1
                read += (try? KeyingComponent(decoding: octets)) == nil ? 0 : 1
                read += (try? EndpointDiscriminator(octets)) == nil ? 0 : 1
                read += KeyingSignature(octets).simplePasswords.count
            }
        }
        #expect(read > 0)
    }

    @Test("No public key is too much", arguments: DiffieHellmanGroup.allCases)
    func publicKeys(_ group: DiffieHellmanGroup) {
        let pair = DiffieHellmanKeyPair(group: group, privateKey: [3])
        for key in [[], [0], [UInt8](repeating: 0, count: 600), [UInt8](repeating: 0xff, count: 4000), group.prime] {
            #expect(throws: KeyingError.self) { try pair.sharedSecret(with: key) }
            let keys = SessionKeys(secret: pair.sharedSecretUnchecked(with: key), nearComponent: [], farComponent: [])
            #expect(keys.encryptKey.count == 32)
        }
    }
}
