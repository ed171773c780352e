import RTMFP

/// RFC 7425 §4.3: certificates and signatures.
enum CertificateCases {
    static let all: [Case] = [
        .opens(
            "rendezvous/flash-crypto/certificate-options-in-any-order",
            "A certificate's options may come in any order.",
            ["RFC7425-4.3.1-03", "RFC7016-2.3.7-05"],
            saboteurs: ["certificate-key-must-be-first"]
        ) { plan, probe in
            plan.certificateOptions = [.certificate(.extraRandomness, probe.octets(32))]
        },
        .opens(
            "rendezvous/flash-crypto/unknown-certificate-option-ignored",
            "A certificate option of an unknown type is ignored.",
            ["RFC7425-4.3.3-01", "RFC7016-2.3.7-05"],
            saboteurs: ["unknown-certificate-option-refused", "certificate-key-must-be-first"]
        ) { plan, probe in
            plan.certificateOptions = [.value(type: 0x70, probe.octets(8))]
        },
        .opens(
            "rendezvous/flash-crypto/key-after-marker-ignored",
            "A static key after the certificate's first Marker is ignored in favour of the one before.",
            ["RFC7425-4.3.1-02"],
            saboteurs: ["non-canonical-options-count"]
        ) { plan, probe in
            plan.nonCanonicalOptions = [.staticPublicKey(probe.keyPair(.modp1024)), .marker]
        },
        .opens(
            "rendezvous/flash-crypto/any-certificate-is-authentic",
            "Any properly encoded certificate is authentic: one with a hostname and ancillary data as well.",
            ["RFC7425-4.3.4-01"],
            saboteurs: ["hostname-certificate-refused", "certificate-key-must-be-first"]
        ) { plan, probe in
            plan.certificateOptions = [
                .certificate(.hostname, Array("peer.example".utf8)), .certificate(.acceptsAncillaryData),
            ]
        },
        .opens(
            "rendezvous/flash-crypto/several-static-keys",
            "A certificate may list static keys of several groups; the initiator's selection counts.",
            ["RFC7425-4.3.3.5-04"],
            saboteurs: ["first-static-key-taken"]
        ) { plan, probe in
            plan.group = .modp1024
            plan.certificateOptions = [.staticPublicKey(probe.keyPair(.modp2048))]
        },
        .opens(
            "rendezvous/flash-crypto/zero-extended-public-key",
            "A public key with a leading zero octet is the same integer.",
            ["RFC7425-4.3.3.5-02"],
            saboteurs: ["leading-zeros-refused"]
        ) { plan, _ in
            plan.leadingZeros = 1
        },
        .refuses(
            "rendezvous/flash-crypto/truncated-certificate-refused",
            "An IIKeying whose certificate has an option that does not fit is ignored.",
            ["RFC7016-3.5.1.1.2-10", "RFC7425-3-04"],
            saboteurs: ["truncated-certificate-accepted"]
        ) { keying in
            keying.chunk.initiatorCertificate += [0x20, 0x0e]
        },
        .refuses(
            "rendezvous/flash-crypto/both-kinds-of-keys-refused",
            "A certificate with a static key and an ephemeral group is invalid.",
            ["RFC7425-4.3.3.4-04", "RFC7016-3.5.1.1.2-10"],
            saboteurs: ["both-kinds-of-keys-accepted"],
            plan: { plan, _ in
                plan.certificateOptions = [.certificate(.supportedEphemeralGroup, [2])]
            }
        ),
        .refuses(
            "rendezvous/flash-crypto/static-key-only-after-marker-refused",
            "A static key outside the canonical section does not count: without another key there is none.",
            ["RFC7425-4.3.3.5-03"],
            saboteurs: ["non-canonical-options-count"]
        ) { keying in
            let key = keying.chunk.initiatorCertificate
            keying.chunk.initiatorCertificate =
                [Option.certificate(.supportedEphemeralGroup, [2]), .marker].encoded + key
        },
        signature("empty", []),
        signature("malformed", [0x7f, 0x01]),
        signature("of-300-random-octets", nil),
        signature(
            "with-unknown-option",
            [0x05, 0x77, 1, 2, 3, 4],
            requirement: "RFC7425-4.3.5.1-01"
        ),
        signature(
            "with-unknown-password-id",
            [0x27, 0x1d] + [UInt8](repeating: 0xa5, count: 32) + Array("nobody".utf8),
            requirement: "RFC7425-4.3.5.1.1-02"
        ),
        Case(
            "rendezvous/flash-crypto/server-accepts-ancillary-data",
            "A server that is asked for by URI says in its certificate that it accepts ancillary data.",
            ["RFC7425-4.3.3.2-01"],
            saboteurs: ["ancillary-data-not-offered"],
            .startup { probe in
                let certificate = try probe.certificate(of: probe.greet(from: probe.peer()))
                try require(
                    certificate.acceptsAncillaryData,
                    expected: "option 0x0a in the canonical section",
                    actual: "none"
                )
            }
        ),
    ]

    private static func signature(
        _ name: String,
        _ octets: [UInt8]?,
        requirement: String = "RFC7425-4.3.5-04"
    ) -> Case {
        .opens(
            "rendezvous/flash-crypto/signature-\(name)-accepted",
            "A responder that requires no signature accepts any signature field.",
            Array(Set([requirement, "RFC7016-2.3.7-07", "RFC7425-4.3.5-03"])).sorted(),
            saboteurs: [name == "empty" ? "empty-signature-refused" : "odd-signature-refused"]
        ) { plan, probe in
            plan.signature = octets ?? probe.octets(300)
        }
    }
}
