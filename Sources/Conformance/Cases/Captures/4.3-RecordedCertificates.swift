import Capture
import RTMFP

/// RFC 7425 §4.3 and §4.4: certificates, signatures and endpoint discriminators that were sent.
enum RecordedCertificateCases {
    static let all: [Case] = [
        .recorded(
            "flash-crypto/certificate-offers-keys",
            "A certificate is a sequence of options, with a group of type 0x15 or a key of type 0x1d among them.",
            ["RFC7425-4.3.3-02"],
            saboteurs: ["certificate-of-other-types"]
        ) { implementation in
            for certificate in try implementation.certificates() {
                let readable = try? Certificate(decoding: certificate.encoded)
                try certificate.require(
                    readable.map { !$0.groups.isEmpty } ?? (certificate.options != nil && !certificate.offers.isEmpty),
                    expected: "options that offer a key or a group",
                    actual: "the certificate is \(hex(certificate.encoded, limit: 24))"
                )
            }
        },
        .recorded(
            "flash-crypto/one-hostname",
            "A certificate has at most one hostname.",
            ["RFC7425-4.3.3.1-02"],
            saboteurs: ["certificate-with-two-hostnames"]
        ) { implementation in
            for certificate in try implementation.certificates() {
                let names = certificate.canonical.values(of: Certificate.OptionType.hostname.rawValue)
                try certificate.require(
                    names.count <= 1,
                    expected: "one hostname or none",
                    actual: "there are \(names.count)"
                )
            }
        },
        .recorded(
            "flash-crypto/one-group-an-option",
            "Each option that offers a group for ephemeral keys has the ID of one.",
            ["RFC7425-4.3.3.4-01"],
            saboteurs: ["certificate-group-list"]
        ) { implementation in
            let offers = try implementation.certificates().flatMap { certificate in
                certificate.groups.map { (certificate, $0) }
            }
            for (certificate, value) in try offers.evidence("certificate of it that offers groups") {
                try certificate.require(
                    value.isOneInteger,
                    expected: "a group ID and nothing else",
                    actual: "the option's value is \(hex(value, limit: 12))"
                )
            }
        },
        .recorded(
            "flash-crypto/static-or-ephemeral",
            "A certificate has static keys or groups for ephemeral ones, not both.",
            ["RFC7425-4.3.3.4-03", "RFC7425-4.3.3.5-06"],
            saboteurs: ["certificate-static-and-ephemeral"]
        ) { implementation in
            for certificate in try implementation.certificates() {
                try certificate.require(
                    certificate.groups.isEmpty || certificate.keys.isEmpty,
                    expected: "options of type 0x15 or of type 0x1d",
                    actual: "there are \(certificate.groups.count) and \(certificate.keys.count)"
                )
            }
        },
        .recorded(
            "flash-crypto/one-key-a-group",
            "A certificate has at most one static key of a group.",
            ["RFC7425-4.3.3.5-05"],
            level: .should,
            saboteurs: ["certificate-with-two-keys-of-a-group"]
        ) { implementation in
            let certificates = try implementation.certificates().filter { !$0.keys.isEmpty }
            for certificate in try certificates.evidence("certificate of it with static keys") {
                var groups: Set<UInt64> = []
                for value in certificate.keys {
                    var reader = ByteReader(value.span)
                    guard let group = try? reader.vlu("groupID") else { continue }
                    try certificate.require(
                        groups.insert(group).inserted,
                        expected: "one key of group \(group)",
                        actual: "there is another"
                    )
                }
            }
        },
        .recorded(
            "flash-crypto/signature-well-formed",
            "A signature field is a sequence of options, a lone “X”, or empty.",
            ["RFC7425-4.3.5-01", "RFC7425-4.3.5-02"],
            saboteurs: ["signature-of-rubbish"]
        ) { implementation in
            let signatures = implementation.startup.compactMap { sent in
                switch sent.chunk {
                case .initiatorInitialKeying(let keying): (sent, keying.signature)
                case .responderInitialKeying(let keying): (sent, keying.signature)
                default: nil
                }
            }
            for (sent, signature) in try signatures.evidence("signature field of it") {
                try sent.require(
                    signature == Array("X".utf8) || (try? [Option](sequence: signature)) != nil,
                    expected: "options, “X”, or nothing",
                    actual: "the field is \(hex(signature, limit: 24))"
                )
            }
        },
        discriminator(
            "one-required-hostname",
            "An endpoint discriminator requires at most one hostname.",
            "RFC7425-4.4.2.1-01",
            .requiredHostname,
            "discriminator-with-two-hostnames"
        ),
        discriminator(
            "one-ancillary-data",
            "An endpoint discriminator has ancillary data at most once.",
            "RFC7425-4.4.2.2-02",
            .ancillaryData,
            "discriminator-with-two-uris"
        ),
        discriminator(
            "one-fingerprint",
            "An endpoint discriminator has at most one fingerprint.",
            "RFC7425-4.4.2.3-02",
            .fingerprint,
            "discriminator-with-two-fingerprints"
        ),
        .recorded(
            "flash-crypto/canonical-discriminator",
            "A canonical endpoint discriminator is 21 0f and 32 octets of fingerprint.",
            ["RFC7425-4.4.4-01"],
            saboteurs: ["canonical-discriminator-in-long-form", "canonical-discriminator-short"]
        ) { implementation in
            let canonical = try implementation.discriminators().filter { discriminator in
                guard let options = discriminator.options, options.count == 1 else { return false }
                return !options.values(of: EndpointDiscriminator.OptionType.fingerprint.rawValue).isEmpty
            }
            for discriminator in try canonical.evidence("IHello of it for a fingerprint alone") {
                try discriminator.require(
                    discriminator.encoded.count == 34 && discriminator.encoded.starts(with: [0x21, 0x0f]),
                    expected: "34 octets that begin with 21 0f",
                    actual: "there are \(discriminator.encoded.count): \(hex(discriminator.encoded, limit: 8))"
                )
            }
        },
    ]

    /// A case that an option is not repeated in endpoint discriminators.
    private static func discriminator(
        _ id: String,
        _ title: String,
        _ requirement: String,
        _ type: EndpointDiscriminator.OptionType,
        _ saboteur: String
    ) -> Case {
        .recorded("flash-crypto/\(id)", title, [requirement], saboteurs: [saboteur]) { implementation in
            let carriers = try implementation.discriminators().compactMap { discriminator in
                discriminator.options.map { (discriminator, $0.values(of: type.rawValue).count) }
            }.filter { $0.1 > 0 }
            for (discriminator, count) in try carriers.evidence("IHello of it with this option") {
                try discriminator.require(
                    count == 1,
                    expected: "one option of type \(hex([UInt8(type.rawValue)]))",
                    actual: "there are \(count)"
                )
            }
        }
    }
}

extension RecordedImplementation.OptionSequence {
    /// The values of the options that offer groups for ephemeral keys.
    fileprivate var groups: [[UInt8]] { canonical.values(of: Certificate.OptionType.supportedEphemeralGroup.rawValue) }

    /// The values of the options with static keys.
    fileprivate var keys: [[UInt8]] { canonical.values(of: Certificate.OptionType.staticPublicKey.rawValue) }

    fileprivate var offers: [[UInt8]] { groups + keys }
}

extension [UInt8] {
    /// Whether these octets are one variable-length integer.
    fileprivate var isOneInteger: Bool {
        var reader = ByteReader(span)
        return (try? reader.vlu("integer")) != nil && reader.remaining == 0
    }
}
