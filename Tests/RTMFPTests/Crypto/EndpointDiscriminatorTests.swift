import RTMFP
import Testing

/// RFC 7425 §4.4.
struct EndpointDiscriminatorTests {
    @Test(
        "A discriminator selects by fingerprint, else by hostname and URI",
        arguments: try KnownAnswers.load().selections
    )
    func selection(_ known: KnownAnswers.Selection) throws {
        let discriminator = try EndpointDiscriminator(known.discriminator.octets)
        let certificate = try Certificate(known.certificate.octets)
        #expect(discriminator.selects(certificate) == known.selected)
    }

    @Test("The canonical discriminator has 34 octets, and no other form is canonical")
    func canonical() throws {
        let fingerprint = [UInt8](0..<32)
        let canonical = EndpointDiscriminator(fingerprint: fingerprint).encoded
        #expect(canonical == [0x21, 0x0f] + fingerprint)
        #expect(EndpointDiscriminator.canonicalFingerprint(canonical) == fingerprint)
        for other in [
            [0x80] + canonical, canonical + [0], Array(canonical.dropLast()), [0x20, 0x0f] + fingerprint, [],
        ] {
            #expect(EndpointDiscriminator.canonicalFingerprint(other) == nil)
        }
        #expect(try EndpointDiscriminator([0x80] + canonical).fingerprint == fingerprint)
    }

    @Test("What is encoded is read again")
    func roundTrip() throws {
        let discriminator = EndpointDiscriminator(
            requiredHostname: Array("b.example".utf8),
            ancillaryData: Array("rtmfp://b.example/app".utf8),
            fingerprint: [UInt8](repeating: 3, count: 32)
        )
        #expect(try EndpointDiscriminator(discriminator.encoded) == discriminator)
        #expect(try EndpointDiscriminator([]) == EndpointDiscriminator())
    }

    @Test("An option that does not fit is an error that says where", arguments: [[0x21, 0x0f, 1], [0x81], [1, 0x80]])
    func malformed(_ octets: [UInt8]) {
        let error = #expect(throws: WireError.self) { try EndpointDiscriminator(octets) }
        #expect(error?.path.first == "endpointDiscriminator")
    }
}
