import RTMFP
import Testing

/// RFC 7425 §4.3.
struct CertificateTests {
    @Test(
        "The fingerprint is the hash of the canonical section, as it was sent",
        arguments: try KnownAnswers.load().certificates
    )
    func fingerprint(_ known: KnownAnswers.Certificate) throws {
        guard let fingerprint = known.fingerprint else {
            #expect(throws: KeyingError.self) { try Certificate(known.certificate.octets) }
            return
        }
        let certificate = try Certificate(decoding: known.certificate.octets)
        #expect(certificate.fingerprint == fingerprint.octets)
        #expect(certificate.encoded == known.certificate.octets)
        if let canonical = known.canonicalSection {
            #expect(certificate.canonicalSection == canonical.octets)
            #expect(certificate.objection == nil)
        }
    }

    @Test("Options are found in any order, unknown ones between them")
    func options() throws {
        let certificate = try Certificate(options: [
            .value(type: 0x70, [1, 2]), .certificate(.staticPublicKey, [14, 0xaa]), .certificate(.acceptsAncillaryData),
            .certificate(.extraRandomness, [9, 9]), .certificate(.staticPublicKey, [2, 0xbb, 0xcc]),
            .certificate(.staticPublicKey, [2, 0xdd]), .certificate(.hostname, Array("a.example".utf8)),
        ])
        #expect(certificate.staticKeys == [14: [0xaa], 2: [0xbb, 0xcc]])
        #expect(certificate.groups == [2, 14])
        #expect(certificate.acceptsAncillaryData)
        #expect(certificate.hostname == Array("a.example".utf8))
    }

    @Test("What stands after the first Marker counts for nothing")
    func afterMarker() throws {
        let certificate = try Certificate(options: [
            .supportedEphemeralGroup(.modp1024), .marker, .certificate(.hostname, [1]),
            .certificate(.acceptsAncillaryData), .certificate(.supportedEphemeralGroup, [5]), .marker,
            .certificate(.staticPublicKey, [2, 1]), .certificate(.hostname, [2]),
        ])
        #expect(certificate.hostname == nil)
        #expect(!certificate.acceptsAncillaryData)
        #expect(certificate.groups == [2])
        #expect(certificate.canonicalSection == [2, 0x15, 2])
    }

    /// Options, and whether together they break a rule.
    static let combinations: [([Option], isImproper: Bool)] = [
        ([.supportedEphemeralGroup(.modp1024), .supportedEphemeralGroup(.modp2048)], false),
        ([.certificate(.staticPublicKey, [2, 1])], false),
        ([.certificate(.staticPublicKey, [2, 1]), .supportedEphemeralGroup(.modp1024)], true),
        ([.certificate(.acceptsAncillaryData)], true),
        ([], true),
        ([.marker, .certificate(.staticPublicKey, [2, 1])], true),
        ([.certificate(.hostname), .certificate(.hostname), .certificate(.staticPublicKey, [2, 1])], true),
        (
            [.certificate(.hostname, [1]), .certificate(.staticPublicKey, [2, 1]), .marker, .certificate(.hostname)],
            false
        ),
    ]

    @Test("A certificate that breaks a rule is refused, but can be read", arguments: combinations)
    func rules(_ options: [Option], _ isImproper: Bool) throws {
        let certificate = try Certificate(decoding: options.encoded)
        #expect((certificate.objection != nil) == isImproper)
        if let objection = certificate.objection {
            #expect(throws: objection) { try Certificate(options.encoded) }
        } else {
            #expect(try Certificate(options.encoded) == certificate)
        }
    }

    @Test("Of two ends the one with the smaller certificate stays the initiator; a prefix is smaller")
    func glare() {
        let ordered: [[UInt8]] = [
            [], [1], [1, 2], [1, 2, 3], [1, 0xff], [2, 0], [0x7f], [0x80], [0x80, 0], [0xff],
        ]
        for (index, near) in ordered.enumerated() {
            for (otherIndex, far) in ordered.enumerated() {
                #expect(Certificate.prevails(near, over: far) == (index <= otherIndex))
            }
        }
    }
}
