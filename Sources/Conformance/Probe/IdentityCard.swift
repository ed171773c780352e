import RTMFP

/// A certificate with a static key, for a probe that must be the same to whoever meets it twice, or asks for it by its
/// fingerprint.
struct IdentityCard: Sendable {
    /// The pair of the certificate's key, of Diffie-Hellman group 2, which everybody has (RFC 7425 §4.2).
    let pair: DiffieHellmanKeyPair
    /// The certificate's octets.
    let certificate: [UInt8]
    /// Its fingerprint, also called peer ID.
    let fingerprint: [UInt8]

    /// A card that follows from the case's seed.
    init(of probe: Probe) throws {
        pair = probe.keyPair(.modp1024)
        certificate = [Option.staticPublicKey(pair)].encoded
        fingerprint = try Certificate(certificate).fingerprint
    }

    /// A handshake under this identity.
    var plan: HandshakePlan {
        var plan = HandshakePlan()
        plan.card = self
        return plan
    }
}
