import RTMFP

/// RFC 7425 §4.4: endpoint discriminators and whom they select.
enum DiscriminatorCases {
    static let all: [Case] = [
        answered(
            "long-uri",
            "A URI of more than 125 octets, whose option length takes two octets, is understood.",
            ["RFC7425-4.4.2.2-03", "RFC7016-2.1.3-02"],
            ["long-discriminator-ignored"]
        ) { probe, _ in
            let path = String(repeating: "a", count: 200)
            return [Option.value(type: 0x0a, Array((probe.target.uri + path).utf8))].encoded
        },
        answered(
            "unknown-option-ignored",
            "An option of an unknown type in a discriminator is ignored.",
            ["RFC7425-4.4.2-02", "RFC7425-4.4.1-01"],
            ["unknown-discriminator-option-refused"]
        ) { probe, _ in
            [Option.value(type: 0x7e, Array("zz".utf8))].encoded + probe.target.endpointDiscriminator
        },
        answered(
            "selected-by-fingerprint",
            "A discriminator with the certificate's fingerprint selects it.",
            ["RFC7016-3.2-01", "RFC7425-4.4.2-01"],
            ["fingerprint-not-selected"]
        ) { _, certificate in
            EndpointDiscriminator(fingerprint: certificate.fingerprint).encoded
        },
        answered(
            "fingerprint-in-long-form",
            "A fingerprint whose length is written with more octets than needed selects as well.",
            ["RFC7425-4.4.4-02", "RFC7016-2.1.2-03"],
            ["fingerprint-not-selected", "long-form-refused"]
        ) { _, certificate in
            [0x80] + EndpointDiscriminator(fingerprint: certificate.fingerprint).encoded
        },
        answered(
            "fingerprint-decides-alone",
            "The certificate's fingerprint selects it, whatever hostname stands beside.",
            ["RFC7425-4.4.3-03"],
            ["fingerprint-not-selected", "fingerprint-does-not-decide"]
        ) { _, certificate in
            EndpointDiscriminator(
                requiredHostname: Array("nosuch.example".utf8),
                fingerprint: certificate.fingerprint
            ).encoded
        },
        unanswered(
            "empty-selects-nobody",
            "An empty discriminator selects nobody.",
            ["RFC7016-2.3.2-04", "RFC7425-4.4.3-02"],
            ["everything-selected"]
        ) { _ in [] },
        unanswered(
            "unknown-option-selects-nobody",
            "A discriminator of unknown options alone selects nobody.",
            ["RFC7425-4.4.3-02"],
            ["everything-selected"]
        ) { _ in [Option.value(type: 0x7e, Array("zz".utf8))].encoded },
        unanswered(
            "other-fingerprint-selects-nobody",
            "A fingerprint that is nobody's selects nobody, whatever URI stands beside, and brings no empty Redirect.",
            ["RFC7425-4.4.3-03", "RFC7016-3.5.1.4-03"],
            ["everything-selected", "fingerprint-does-not-decide", "empty-redirect-sent"]
        ) { probe in
            EndpointDiscriminator(ancillaryData: Array(probe.target.uri.utf8), fingerprint: probe.octets(32)).encoded
        },
        unanswered(
            "unknown-peer-not-redirected",
            "The fingerprint of an unknown peer alone brings no empty Redirect.",
            ["RFC7016-3.5.1.4-03"],
            ["everything-selected", "empty-redirect-sent"]
        ) { probe in
            EndpointDiscriminator(fingerprint: probe.octets(32)).encoded
        },
        unanswered(
            "other-hostname-selects-nobody",
            "Without fingerprint, a required hostname must be the certificate's.",
            ["RFC7425-4.4.3-04", "RFC7425-4.4.2-01"],
            ["everything-selected", "hostname-unchecked"]
        ) { probe in
            EndpointDiscriminator(
                requiredHostname: Array("nosuch.example".utf8),
                ancillaryData: Array(probe.target.uri.utf8)
            ).encoded
        },
        fingerprintOfLength(31),
        fingerprintOfLength(33),
        Case(
            "rendezvous/flash-crypto/odd-uris-harmless",
            "URIs that are empty, without scheme or full of escapes do no harm, answered or not.",
            ["RFC7425-4.4.2.2-04"],
            saboteurs: ["odd-uri-kills"],
            .startup { probe in
                let peer = try probe.peer()
                for uri in ["", "x", "rtmfp://[::1]/a%20b", "rtmfp:", "%", String(repeating: "/", count: 900)] {
                    let hello = IHello(
                        endpointDiscriminator: [Option.value(type: 0x0a, Array(uri.utf8))].encoded,
                        tag: probe.octets(16)
                    )
                    try peer.say([.initiatorHello(hello)])
                }
            }
        ),
    ]

    private static func answered(
        _ name: String,
        _ title: String,
        _ requirements: [String],
        _ saboteurs: [String],
        _ discriminator: @escaping @Sendable (Probe, Certificate) -> [UInt8]
    ) -> Case {
        Case(
            "rendezvous/flash-crypto/discriminator-\(name)",
            title,
            requirements,
            saboteurs: saboteurs,
            .startup { probe in
                let peer = try probe.peer()
                let usual = try probe.certificate(of: probe.greet(from: peer))
                var plan = HandshakePlan()
                plan.endpointDiscriminator = discriminator(probe, usual)
                let selected = try probe.certificate(of: probe.greet(plan, from: peer))
                try requireEqual(selected.fingerprint, usual.fingerprint, "fingerprint of the responder's certificate")
            }
        )
    }

    private static func unanswered(
        _ name: String,
        _ title: String,
        _ requirements: [String],
        _ saboteurs: [String],
        _ discriminator: @escaping @Sendable (Probe) -> [UInt8]
    ) -> Case {
        Case(
            "rendezvous/flash-crypto/discriminator-\(name)",
            title,
            requirements,
            saboteurs: saboteurs,
            .startupIgnored { probe in
                let hello = IHello(endpointDiscriminator: discriminator(probe), tag: probe.octets(16))
                try probe.peer().say([.initiatorHello(hello)])
            }
        )
    }

    private static func fingerprintOfLength(_ length: Int) -> Case {
        unanswered(
            "fingerprint-of-\(length)-octets",
            "A fingerprint has 32 octets; any other length selects nobody.",
            ["RFC7425-4.4.2.3-01"],
            ["everything-selected"]
        ) { probe in
            EndpointDiscriminator(fingerprint: probe.octets(length)).encoded
        }
    }
}
