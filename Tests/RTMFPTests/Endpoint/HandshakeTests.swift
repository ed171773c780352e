import RTMFP
import Testing

@Suite("Handshake (RFC 7016 §3.5.1.1)")
struct HandshakeTests {
    @Test("two round trips open a session on both ends")
    func opens() throws {
        let pair = try Pair()
        pair.open()
        pair.pump.run(.seconds(1))
        let near = try #require(pair.clientEvents().opened.first)
        let far = try #require(pair.serverEvents().opened.first)
        #expect(near.1.role == .initiator)
        #expect(far.1.role == .responder)
        #expect(near.1.farFingerprint == pair.server.configuration.identity.certificate.fingerprint)
        #expect(far.1.farFingerprint == pair.client.configuration.identity.certificate.fingerprint)
        #expect(near.1.nearNonce == far.1.farNonce)
        #expect(near.1.farNonce == far.1.nearNonce)
        #expect(pair.pump.sent.count == 4)

        pair.client.ping(near.0, message: [1, 2, 3], at: pair.pump.now)
        pair.server.ping(far.0, message: [4], at: pair.pump.now)
        pair.pump.run(.seconds(1))
        #expect(pair.clientEvents() == [.pingReplied(near.0, message: [1, 2, 3])])
        #expect(pair.serverEvents() == [.pingReplied(far.0, message: [4])])
    }
}
