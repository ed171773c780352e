import RTMFP
import Testing

/// RFC 7425 §4.7.3.1.
struct InternetChecksumTests {
    @Test(
        "An odd last octet is the low half of its word",
        arguments: [
            ([], 0xffff),
            ([0xff], 0xff00),
            ([0xff, 0xff], 0x0000),
            ([0x01, 0x02, 0x03], 0xfefa),
            ([0xff, 0xff, 0x00, 0x01], 0xfffe),
            ([0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7], 0x220d),
        ] as [([UInt8], UInt16)]
    )
    func checksum(_ octets: [UInt8], _ expected: UInt16) {
        #expect(internetChecksum(octets.span) == expected)
    }

    @Test("Carries are folded in however many there are")
    func carries() {
        let octets = [UInt8](repeating: 0xff, count: 200_001)
        // 100 000 words of -0 and a last word 0x00ff.
        #expect(internetChecksum(octets.span) == 0xff00)
    }
}
