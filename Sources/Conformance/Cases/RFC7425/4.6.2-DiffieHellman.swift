import RTMFP

/// RFC 7425 §4.2, §4.6.2: groups, acceptable public keys, the shared secret.
enum DiffieHellmanCases {
    static let all: [Case] = [
        .opens(
            "rendezvous/flash-crypto/group-5",
            "Diffie-Hellman group 5, if it is offered, works.",
            ["RFC7425-4.2-02"],
            level: .should,
            needs: [.group5],
            saboteurs: ["group-5-broken"]
        ) { plan, _ in plan.group = .modp1536 },
        .opens(
            "rendezvous/flash-crypto/group-14",
            "Diffie-Hellman group 14, if it is offered, works.",
            ["RFC7425-4.2-02"],
            level: .should,
            needs: [.group14],
            saboteurs: ["group-14-broken"]
        ) { plan, _ in plan.group = .modp2048 },
        Case(
            "rendezvous/flash-crypto/offered-groups-work",
            "Every group that the certificate offers can be used.",
            ["RFC7425-4.2-04", "RFC7425-4.2-03"],
            needs: [.sessions],
            saboteurs: ["group-5-broken", "group-14-broken"],
            setting: .opened,
            .startup { probe in
                let certificate = try probe.certificate(of: probe.greet(from: probe.peer()))
                for group in certificate.groups.compactMap(DiffieHellmanGroup.init) {
                    var plan = HandshakePlan()
                    plan.group = group
                    try probe.open(plan, from: probe.newPeer()).ping()
                }
            }
        ),
        refused("0", "less than 2^24", "RFC7425-4.6.2-01") { _ in [0] },
        refused("1", "less than 2^24", "RFC7425-4.6.2-01") { _ in [1] },
        refused("2-to-24-minus-1", "less than 2^24", "RFC7425-4.6.2-01") { _ in [0xff, 0xff, 0xff] },
        refused("modulus-minus-1", "more than the modulus minus 2^24", "RFC7425-4.6.2-02") { group in
            var key = group.prime
            key[key.count - 1] -= 1
            return key
        },
        refused("modulus", "more than the modulus minus 2^24", "RFC7425-4.6.2-02") { $0.prime },
        refused("beyond-modulus", "more than the modulus minus 2^24", "RFC7425-4.6.2-02") { group in
            [UInt8](repeating: 0xff, count: group.prime.count)
        },
        refused("15-ones", "15 one bits only", "RFC7425-4.6.2-03") { group in
            bits(of: group, ones: 15)
        },
        refused("15-zeros", "15 zero bits only", "RFC7425-4.6.2-04") { group in
            // The three leading zeros of the first octet must not count.
            zeros(of: group, count: 15)
        },
        accepted("16-ones", "16 one bits", "RFC7425-4.6.2-03") { bits(of: $0, ones: 16) },
        accepted("16-zeros", "16 zero bits", "RFC7425-4.6.2-04") { zeros(of: $0, count: 16) },
        Case(
            "rendezvous/flash-crypto/secret-without-leading-zeros",
            "A shared secret that begins with zeros goes into the keys without them.",
            ["RFC7425-4.6.2-06"],
            needs: [.sessions],
            saboteurs: ["secret-keeps-leading-zeros"],
            setting: .opened,
            .startup(shortSecret)
        ),
    ]

    /// Opens session after session, each in the place of the last, until the shared secret begins with a zero octet.
    @Sendable
    private static func shortSecret(_ probe: Probe) throws {
        let peer = try probe.peer()
        let first = try given { try probe.keying(for: probe.greet(from: peer)) }
        let modulus = first.pair.group.prime.count
        for _ in 0..<2500 {
            var keying = first
            keying.chunk.initiatorSessionID = probe.sessionID()
            var component = first.component
            component.extraRandomness = probe.octets(32)
            keying.chunk.sessionKeyInitiatorComponent = component.encoded
            let answer = try given { try probe.exchange(keying, from: peer) }
            guard let far = (try? KeyingComponent(answer.sessionKeyResponderComponent))?.ephemeralKey else {
                throw Lacking(reason: "its key is static, so one secret does not differ from another")
            }
            if keying.pair.sharedSecretUnchecked(with: far.publicKey).count < modulus {
                return _ = try probe.session(keying, answer, on: peer).ping()
            }
        }
        throw Inconclusive(reason: "no shared secret with a leading zero came up in 2500 handshakes")
    }

    private static func refused(
        _ name: String,
        _ what: String,
        _ requirement: String,
        _ key: @escaping @Sendable (DiffieHellmanGroup) -> [UInt8]
    ) -> Case {
        .refuses(
            "rendezvous/flash-crypto/public-key-\(name)-refused",
            "A Diffie-Hellman public key with \(what) is not acceptable.",
            [requirement],
            saboteurs: ["public-key-unchecked"],
            plan: { plan, _ in
                plan.group = .modp1024
                plan.publicKey = key(.modp1024)
            }
        )
    }

    private static func accepted(
        _ name: String,
        _ what: String,
        _ requirement: String,
        _ key: @escaping @Sendable (DiffieHellmanGroup) -> [UInt8]
    ) -> Case {
        Case(
            "rendezvous/flash-crypto/public-key-\(name)-accepted",
            "A Diffie-Hellman public key with \(what) is acceptable.",
            [requirement],
            needs: [.sessions],
            saboteurs: ["public-key-checked-too-strictly", "ephemeral-initiator-refused"],
            setting: .opened,
            .startup { probe in
                let peer = try probe.peer()
                var plan = HandshakePlan()
                plan.group = .modp1024
                plan.identity = .ephemeralKey
                plan.publicKey = key(.modp1024)
                let keying = try given { try probe.keying(plan, for: probe.greet(from: peer)) }
                _ = try probe.exchange(keying, from: peer)
                // Nobody has the private key, so the session can be ended only by one that takes its place.
                var successor = keying
                successor.chunk.initiatorSessionID = probe.sessionID()
                successor.component.ephemeralKey?.publicKey = keying.pair.publicKey
                successor.chunk.sessionKeyInitiatorComponent = successor.component.encoded
                _ = try given { try probe.exchange(successor, from: peer) }
            }
        )
    }

    /// A number some octets shorter than the modulus with just so many one bits.
    private static func bits(of group: DiffieHellmanGroup, ones: Int) -> [UInt8] {
        var key = [UInt8](repeating: 0, count: group.prime.count - 8)
        for index in 0..<ones {
            key[index * 5] |= 0x10
        }
        return key
    }

    /// A number some octets shorter than the modulus with just so many zero bits below its highest one.
    private static func zeros(of group: DiffieHellmanGroup, count: Int) -> [UInt8] {
        var key = [UInt8](repeating: 0xff, count: group.prime.count - 8)
        key[0] = 0x1f
        for index in 0..<count {
            key[2 + index * 5] &= 0xfb
        }
        return key
    }
}
