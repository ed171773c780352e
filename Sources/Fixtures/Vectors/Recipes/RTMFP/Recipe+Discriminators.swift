extension Recipe {
    /// Every discriminator of some parts against every certificate of some parts.
    static let endpointDiscriminator = Recipe(
        "rtmfp",
        "endpoint-discriminator",
        "Which discriminators select which certificates",
        specification: ["RFC 7425 §4.4.3"],
        notes: [
            "A fingerprint decides alone; else a required hostname, with ancillary data only if the certificate accepts them; else ancillary data."
        ]
    ) {
        var batch = Batch("endpoint-discriminator", ["RFC 7425 §4.4.3"], ["RFC7425-4.4.3-01"])
        let name = Array("example.com".utf8)
        let uri = Array("rtmfp://example.com/app".utf8)
        for (certificateName, hostname, ancillary) in [
            ("bare", nil, false), ("named", name, false), ("open", nil, true), ("named-open", name, true),
        ] as [(String, [UInt8]?, Bool)] {
            let certificate = CertificateContent(hostname: hostname, ancillary: ancillary, groups: [2])
            let own = certificate.fingerprint
            for (fingerprintName, fingerprint) in [("none", nil), ("own", own), ("other", filler(32))]
                as [(String, [UInt8]?)]
            {
                for (hostName, host) in [
                    ("none", nil), ("right", name), ("wrong", Array("example.org".utf8)),
                    ("upper", Array("EXAMPLE.COM".utf8)),
                ] as [(String, [UInt8]?)] {
                    for hasURI in [false, true] {
                        let octets =
                            (host.map { optionOctets(0x00, $0) } ?? []) + (hasURI ? optionOctets(0x0a, uri) : [])
                            + (fingerprint.map { optionOctets(0x0f, $0) } ?? [])
                        let selected: Bool
                        if fingerprint != nil {
                            selected = fingerprintName == "own"
                            batch.requirements = ["RFC7425-4.4.3-03"]
                        } else if host != nil {
                            selected = hostName == "right" && hostname != nil && (!hasURI || ancillary)
                            batch.requirements = ["RFC7425-4.4.3-04", "RFC7425-4.4.2.1-02"]
                        } else {
                            selected = hasURI && ancillary
                            batch.requirements = hasURI ? ["RFC7425-4.4.3-05"] : ["RFC7425-4.4.3-02"]
                        }
                        batch.valid(
                            "\(certificateName).fingerprint-\(fingerprintName).hostname-\(hostName).uri-\(hasURI ? "some" : "none")",
                            "certificate: \(certificateName); fingerprint: \(fingerprintName), hostname: \(hostName), URI: \(hasURI ? "some" : "none")",
                            ["discriminator": .hex(octets), "certificate": .hex(certificate.encoded)],
                            ["selected": .bool(selected)]
                        )
                    }
                }
            }
        }
        return batch
    }

    /// The one canonical form, and what is next to it.
    static let canonicalDiscriminator = Recipe(
        "rtmfp",
        "canonical-discriminator",
        "Canonical endpoint discriminators",
        specification: ["RFC 7425 §4.4.4"],
        notes: [
            "Length 33 and type 15 in an octet each, and 32 octets of fingerprint: 34 octets, or the error is `length`."
        ]
    ) {
        var batch = Batch("canonical-discriminator", ["RFC 7425 §4.4.4"], ["RFC7425-4.4.4-01"])
        for (name, fingerprint) in [
            ("zeros", [UInt8](repeating: 0, count: 32)), ("ones", [UInt8](repeating: 255, count: 32)),
            ("mixed", filler(32)),
        ] {
            let octets: [UInt8] = [0x21, 0x0f] + fingerprint
            let twin = batch.valid(
                name,
                "a fingerprint",
                ["discriminator": .hex(octets)],
                ["fingerprint": .hex(fingerprint)]
            )
            for (edit, change, why) in [
                ("type", .splice("/discriminator", at: 1, count: 1, [0x0a]), "the option is no fingerprint"),
                (
                    "long-length", .splice("/discriminator", at: 0, count: 1, [0x80, 0x21]),
                    "the length is in a longer form"
                ),
                (
                    "long-type", .splice("/discriminator", at: 0, count: 2, [0x22, 0x80, 0x0f]),
                    "the type is in a longer form"
                ),
                (
                    "short", .splice("/discriminator", at: 0, count: 34, [0x20, 0x0f] + fingerprint.dropLast()),
                    "the fingerprint has 31 octets"
                ),
                (
                    "longer", .splice("/discriminator", at: 0, count: 34, [0x22, 0x0f] + fingerprint + [0]),
                    "the fingerprint has 33 octets"
                ),
                ("marker", .splice("/discriminator", at: 34, count: 0, [0]), "there is a Marker behind it"),
                ("another", .splice("/discriminator", at: 34, count: 0, [0x01, 0x0a]), "there is another option"),
                ("empty", .cut("/discriminator", to: 0), "there is nothing"),
                ("cut", .cut("/discriminator", to: 33), "the fingerprint is cut off"),
            ] as [(String, Batch.Edit, String)] {
                // Whatever has not 34 octets can be told by that.
                try batch.edited(twin, edit, change, edit == "type" ? .value : .length, because: why)
            }
        }
        return batch
    }
}
