import RTMFP
import Testing

/// FIPS 180-4, RFC 4231.
struct DigestTests {
    @Test(
        "SHA-256",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        ]
    )
    func sha256(_ text: String, _ digest: String) throws {
        #expect(SHA256.hash(Array(text.utf8)) == (try Hex(digest)).octets)
    }

    @Test("A key serves many messages, and an empty key is one")
    func hmac() throws {
        let jefe = HMACSHA256(key: Array("Jefe".utf8))
        let message = Array("what do ya want for nothing?".utf8)
        let code = try Hex("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843").octets
        #expect(jefe.code(message) == code)
        #expect(jefe.code([]).count == 32)
        #expect(jefe.code([]) == HMACSHA256.code(key: Array("Jefe".utf8), []))
        #expect(jefe.code(message) == code)
        let empty = try Hex("b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad").octets
        #expect(HMACSHA256.code(key: [], []) == empty)
    }
}
