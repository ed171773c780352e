import RTMFP
import Testing

/// RFC 7425 §4.6.3-§4.6.6.
struct SessionKeysTests {
    @Test("Each end's sending keys and near nonce are the other's receiving keys and far nonce")
    func derivation() throws {
        for known in try KnownAnswers.load().keys {
            let keys = SessionKeys(
                secret: known.secret.octets,
                nearComponent: known.initiatorComponent.octets,
                farComponent: known.responderComponent.octets
            )
            #expect(keys.encryptKey == known.encryptKey.octets)
            #expect(keys.decryptKey == known.decryptKey.octets)
            #expect(keys.hmacSendKey == known.hmacSendKey.octets)
            #expect(keys.hmacReceiveKey == known.hmacReceiveKey.octets)
            #expect(keys.nearNonce == known.nearNonce.octets)
            #expect(keys.farNonce == known.farNonce.octets)
            let far = SessionKeys(
                secret: known.secret.octets,
                nearComponent: known.responderComponent.octets,
                farComponent: known.initiatorComponent.octets
            )
            #expect(far.encryptKey == keys.decryptKey)
            #expect(far.hmacSendKey == keys.hmacReceiveKey)
            #expect(far.nearNonce == keys.farNonce)
        }
    }

    /// Flags of the initiator and of the responder, and who sends then (SND 4, SOR 2, REQ 1).
    static let negotiations: [(UInt8, UInt8, initiator: Bool, responder: Bool)] = [
        (2, 0, false, false), (2, 3, true, false), (4, 0, true, false), (1, 2, false, true), (3, 3, true, true),
        (0, 7, false, true), (7, 7, true, true), (3, 0, false, false), (0xf8, 0xff, false, true), (1, 1, false, false),
    ]

    @Test(
        "An end sends what it always sends, and what it sends on request if that is requested",
        arguments: negotiations
    )
    func negotiation(_ near: UInt8, _ far: UInt8, _ initiator: Bool, _ responder: Bool) {
        let keys = SessionKeys(secret: [1], nearComponent: [2], farComponent: [3])
        let hmacKey = keys.hmacSendKey
        func component(_ flags: UInt8, _ length: UInt64, hmac: Bool) -> KeyingComponent {
            hmac
                ? KeyingComponent(hmac: NegotiationFlags(rawValue: flags), hmacLength: length)
                : KeyingComponent(sequenceNumbers: NegotiationFlags(rawValue: flags))
        }
        let (nearHMAC, farHMAC) = (component(near, 10, hmac: true), component(far, 16, hmac: true))
        let sending = keys.sending(near: nearHMAC, far: farHMAC)
        let receiving = keys.receiving(near: nearHMAC, far: farHMAC)
        #expect(sending.verification == (initiator ? .hmac(key: hmacKey, length: 10) : .checksum))
        #expect(receiving.verification == (responder ? .hmac(key: keys.hmacReceiveKey, length: 16) : .checksum))
        #expect(!sending.sequenceNumbers && !receiving.sequenceNumbers)

        let (nearNumbers, farNumbers) = (component(near, 0, hmac: false), component(far, 0, hmac: false))
        #expect(keys.sending(near: nearNumbers, far: farNumbers).sequenceNumbers == initiator)
        #expect(keys.receiving(near: nearNumbers, far: farNumbers).sequenceNumbers == responder)
        #expect(keys.sending(near: nearNumbers, far: farNumbers).verification == .checksum)
    }
}
