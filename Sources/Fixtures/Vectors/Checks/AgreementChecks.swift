internal import RTMFP

extension VectorKind {
    /// Certificates, discriminators and the way to a session's keys (RFC 7425 §4).
    static let agreement: [VectorKind] = [
        VectorKind("diffie-hellman") { vector in
            let input = try vector.inputFields()
            let pair = try input.keyPair("privateKey")
            let secret = try vector.accepted { try pair.sharedSecret(with: try input.octets("publicKey")) }
            guard let secret else { return }
            try vector.compare(["sharedSecret": .octets(secret)])
        },
        VectorKind("diffie-hellman-public-key") { vector in
            let input = try vector.inputFields()
            let pair = try input.keyPair("privateKey")
            try vector.compare(["publicKey": .octets(pair.publicKey)])
        },
        VectorKind("diffie-hellman-integer") { vector in
            // To the power of 1, a key is its own shared secret.
            let integer = try vector.inputFields().decimal("integer")
            let octets = (0..<8).map { UInt8(truncatingIfNeeded: integer >> (56 - 8 * UInt64($0))) }
            let pair = DiffieHellmanKeyPair(group: .modp1024, privateKey: [1])
            try vector.compare(["octets": .octets(pair.sharedSecretUnchecked(with: octets))])
        },
        VectorKind("diffie-hellman-key-check") { vector in
            let input = try vector.inputFields()
            try vector.holds(try input.group().objection(to: try input.octets("publicKey")) == nil, else: .value)
        },
        VectorKind("certificate") { vector in
            let octets = try vector.inputFields().octets("certificate")
            guard let certificate = try vector.accepted({ try Certificate(octets) }) else { return }
            try vector.compare([
                "canonicalSection": .octets(certificate.canonicalSection),
                "fingerprint": .octets(certificate.fingerprint),
                "hostname": .optional(certificate.hostname, JSONValue.octets),
                "acceptsAncillaryData": .bool(certificate.acceptsAncillaryData),
                "ephemeralGroups": .array(certificate.ephemeralGroups.map(JSONValue.decimal)),
                "staticKeys": .object(
                    .init(
                        certificate.staticKeys.map { (String($0.key), .octets($0.value)) },
                        uniquingKeysWith: { first, _ in first }
                    )
                ),
            ])
            try require("encoded", octets, certificate.encoded)
        },
        VectorKind("certificate-precedence") { vector in
            let input = try vector.inputFields()
            let prevails = Certificate.prevails(try input.octets("near"), over: try input.octets("far"))
            try vector.compare(["nearPrevails": .bool(prevails)])
        },
        VectorKind("endpoint-discriminator") { vector in
            let input = try vector.inputFields()
            let discriminator = try EndpointDiscriminator(try input.octets("discriminator"))
            let certificate = try Certificate(try input.octets("certificate"))
            try vector.compare(["selected": .bool(discriminator.selects(certificate))])
        },
        VectorKind("canonical-discriminator") { vector in
            let octets = try vector.inputFields().octets("discriminator")
            let fingerprint = EndpointDiscriminator.canonicalFingerprint(octets)
            try vector.holds(fingerprint != nil, else: octets.count == 34 ? .value : .length)
            guard let fingerprint, vector.result == .valid else { return }
            try vector.compare(["fingerprint": .octets(fingerprint)])
            try require("encoded", octets, EndpointDiscriminator(fingerprint: fingerprint).encoded)
        },
        VectorKind("keying-component") { vector in
            let octets = try vector.inputFields().octets("component")
            guard let component = try vector.accepted({ try KeyingComponent(octets) }) else { return }
            let options = try [Option](sequence: octets)
            try vector.compare([
                "options": JSONValue(options),
                "ephemeralKey": .optional(component.ephemeralKey) {
                    .object(["group": .decimal($0.group), "publicKey": .octets($0.publicKey)])
                },
                "groupSelect": .optional(component.groupSelect, JSONValue.decimal),
                "extraRandomness": .optional(component.extraRandomness, JSONValue.octets),
                "hmac": JSONValue(component.hmac),
                "hmacLength": .decimal(component.hmacLength),
                "sequenceNumbers": JSONValue(component.sequenceNumbers),
            ])
            try require("encoded", octets, options.encoded)
        },
        VectorKind("negotiation") { vector in
            let input = try vector.inputFields()
            let initiator = try NegotiationFlags(try input.fields("initiator"))
            let responder = try NegotiationFlags(try input.fields("responder"))
            try vector.compare([
                "initiatorSends": .bool(initiator.sends(to: responder)),
                "responderSends": .bool(responder.sends(to: initiator)),
            ])
        },
        VectorKind("key-derivation") { vector in
            let input = try vector.inputFields()
            let keys = SessionKeys(
                secret: try input.octets("secret"),
                nearComponent: try input.octets("nearComponent"),
                farComponent: try input.octets("farComponent")
            )
            let derived: [(String, [UInt8])] = [
                ("encryptKey", keys.encryptKey), ("decryptKey", keys.decryptKey), ("hmacSendKey", keys.hmacSendKey),
                ("hmacReceiveKey", keys.hmacReceiveKey), ("nearNonce", keys.nearNonce), ("farNonce", keys.farNonce),
            ]
            for (name, key) in derived where vector.result == .valid {
                try require(name, try input.octets(name), key)
            }
            try vector.holds(try derived.allSatisfy { try input.octets($0.0) == $0.1 })
        },
        VectorKind("simple-password") { vector in
            let input = try vector.inputFields()
            let parameters = try input.octets("signedParameters")
            let passwordID = try input.octets("passwordID")
            let password = try input.octets("password")
            let signature = KeyingSignature(try input.octets("signature"))
            let verdict = signature.verdict(signing: parameters, passwords: [passwordID: password])
            try vector.holds(verdict == .valid, else: verdict == .unsigned ? .missing : .authentication)
            guard vector.result == .valid else { return }
            let signed = KeyingSignature.SimplePassword(
                password: password,
                passwordID: passwordID,
                signing: parameters
            )
            try require(
                "signature",
                try input.octets("signature"),
                KeyingSignature(simplePasswords: [signed]).encoded
            )
        },
    ]
}

extension VectorFields {
    /// A group that this package knows.
    func group() throws(VectorFormatError) -> DiffieHellmanGroup {
        guard let group = DiffieHellmanGroup(rawValue: try integer("group")) else {
            throw VectorFormatError("\(place)/group", "is not a known group")
        }
        return group
    }

    /// A pair of that group; throws if the exponent is longer than the group's modulus, which would take for ever.
    func keyPair(_ name: String) throws(VectorFormatError) -> DiffieHellmanKeyPair {
        let group = try group()
        let privateKey = try octets(name)
        guard privateKey.count <= group.prime.count else { throw VectorFormatError("\(place)/\(name)", "is too long") }
        return DiffieHellmanKeyPair(group: group, privateKey: privateKey)
    }
}

extension NegotiationFlags {
    fileprivate init(_ fields: VectorFields) throws(VectorFormatError) {
        self = []
        if try fields.bool("willSendAlways") { insert(.willSendAlways) }
        if try fields.bool("willSendOnRequest") { insert(.willSendOnRequest) }
        if try fields.bool("request") { insert(.request) }
    }
}
