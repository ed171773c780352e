internal import RTMFP

extension Recipe {
    /// Keys of secrets and components of every length that HMACs treat differently.
    static let keyDerivation = Recipe(
        "rtmfp",
        "key-derivation",
        "Session keys and nonces",
        specification: ["RFC 7425 §4.6.3", "RFC 7425 §4.6.4", "RFC 7425 §4.6.5"],
        notes: ["As in key-derivation.json: a test is valid if the keys and nonces are those that an end derives."]
    ) {
        var batch = Batch(
            "key-derivation",
            ["RFC 7425 §4.6.3", "RFC 7425 §4.6.4", "RFC 7425 §4.6.5"],
            ["RFC7425-4.6.3-01", "RFC7425-4.6.3-02", "RFC7425-4.6.3-03", "RFC7425-4.6.4-01", "RFC7425-4.6.5-01"]
        )
        // A key of more than 64 octets is hashed first.
        for (secret, near, far) in [
            (1, 0, 0), (63, 16, 16), (64, 64, 64), (65, 65, 65), (127, 3, 130), (128, 131, 77), (256, 77, 131),
        ] {
            let keys = derivedKeys(filler(secret, from: 9), filler(near, from: 21), filler(far, from: 77))
            let twin = batch.valid(
                "secret-\(secret).near-\(near).far-\(far)",
                "a secret of \(secret) octets, components of \(near) and \(far)",
                keys
            )
            for name in ["encryptKey", "decryptKey", "hmacSendKey", "hmacReceiveKey", "nearNonce", "farNonce"] {
                guard case .string(let text)? = keys[name], let last = octets(hexadecimal: text)?.last else { continue }
                try batch.edited(
                    twin,
                    name,
                    .splice("/\(name)", at: 31, count: 1, [last ^ 1]),
                    .mismatch,
                    because: "the last bit of \(name) is another one"
                )
            }
        }
        return batch
    }

    private static func derivedKeys(_ secret: [UInt8], _ near: [UInt8], _ far: [UInt8]) -> [String: JSONValue] {
        let encrypt = HMACSHA256.code(key: secret, HMACSHA256.code(key: far, near))
        let decrypt = HMACSHA256.code(key: secret, HMACSHA256.code(key: near, far))
        return [
            "secret": .hex(secret), "nearComponent": .hex(near), "farComponent": .hex(far), "encryptKey": .hex(encrypt),
            "decryptKey": .hex(decrypt), "hmacSendKey": .hex(HMACSHA256.code(key: secret, encrypt)),
            "hmacReceiveKey": .hex(HMACSHA256.code(key: secret, decrypt)),
            "nearNonce": .hex(HMACSHA256.code(key: secret, near)), "farNonce": .hex(HMACSHA256.code(key: secret, far)),
        ]
    }

    /// Signatures with passwords of every length that HMACs treat differently.
    static let simplePassword = Recipe(
        "rtmfp",
        "simple-password",
        "Signatures with a simple password",
        specification: ["RFC 7425 §4.3.5.1.1"],
        notes: [
            "An Option of type 0x1d: HMAC-SHA256 of the signed parameters under the password, and the password's ID.",
            "The verifier requires a signature with at least one option that is valid (RFC 7425 §4.3.5), and knows this password alone.",
        ]
    ) {
        var batch = Batch(
            "simple-password",
            ["RFC 7425 §4.3.5", "RFC 7425 §4.3.5.1.1"],
            ["RFC7425-4.3.5.1.1-01"]
        )
        for (password, id, parameters) in [
            (1, 0, 0), (6, 4, 100), (63, 1, 1), (64, 94, 64), (65, 95, 65), (200, 96, 300),
        ] {
            let code = HMACSHA256.code(key: filler(password, from: 3), filler(parameters))
            let signature = optionOctets(0x1d, code + filler(id, from: 99))
            let twin = batch.valid(
                "password-\(password).id-\(id)",
                "a password of \(password) octets whose ID has \(id)",
                [
                    "password": .hex(filler(password, from: 3)), "passwordID": .hex(filler(id, from: 99)),
                    "signedParameters": .hex(filler(parameters)), "signature": .hex(signature),
                ]
            )
            let start = signature.count - id - 32
            for (name, offset) in [("first", start), ("last", start + 31)] {
                try batch.edited(
                    twin,
                    "hmac-\(name)",
                    .splice("/signature", at: offset, count: 1, [signature[offset] ^ 1]),
                    .authentication,
                    because: "a bit of the HMAC is another one",
                    requirements: ["RFC7425-4.3.5-05", "RFC7425-4.3.5.1.1-01"]
                )
            }
            try batch.edited(
                twin,
                "password",
                .splice("/password", at: 0, count: 1, [0xee]),
                .authentication,
                because: "the password is another one",
                requirements: ["RFC7425-4.3.5-05", "RFC7425-4.3.5.1.1-01"]
            )
            try batch.edited(
                twin,
                "none",
                .cut("/signature", to: 0),
                .missing,
                because: "there is no signature, and the verifier requires one",
                requirements: ["RFC7425-4.3.5-05"]
            )
            let wrong = optionOctets(0x1d, filler(32, from: 1) + filler(id, from: 99))
            try batch.edited(
                twin,
                "beside-wrong",
                .splice("/signature", at: signature.count, count: 0, wrong),
                .authentication,
                because: "beside the valid option is one whose HMAC is wrong: the whole signature should be invalid",
                requirements: ["RFC7425-4.3.5.1.1-03"],
                accepting: [:]
            )
            try batch.edited(
                twin,
                "beside-unknown",
                .splice("/signature", at: 0, count: 0, optionOctets(0x1d, filler(32, from: 1) + [0xee, 0xee])),
                .authentication,
                because: "beside the valid option there is one of an unknown password, which should be ignored",
                requirements: ["RFC7425-4.3.5.1.1-02"],
                accepting: [:]
            )
        }
        return batch
    }

    /// Secrets as octets: the shortest form.
    static let diffieHellmanInteger = Recipe(
        "rtmfp",
        "diffie-hellman-integer",
        "Shared secrets as octets",
        specification: ["RFC 7425 §4.6.2"],
        notes: ["Most significant octet first, without leading zeros."]
    ) {
        var batch = Batch("diffie-hellman-integer", ["RFC 7425 §4.6.2"], ["RFC7425-4.6.2-06"])
        for count in 1...8 as ClosedRange<UInt64> {
            for value in [
                UInt64(1) << (8 * (count - 1)), UInt64.max >> (64 - 8 * count), UInt64(0x80) << (8 * (count - 1)),
            ] {
                batch.valid(
                    "count-\(count).\(value)",
                    "an integer of \(count) octets",
                    ["integer": .decimal(value)],
                    ["octets": .hex(bigEndian(value, Int(count)))]
                )
            }
        }
        return batch
    }
}
