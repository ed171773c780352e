/// The keys and nonces of a session, as one end sees them (RFC 7425 §4.6).
public struct SessionKeys: Hashable, Sendable {
    /// ENCRYPT_KEY: 32 octets, of which the cipher takes the first 16 (RFC 7425 §4.6.3).
    public var encryptKey: [UInt8]
    /// DECRYPT_KEY: 32 octets, of which the cipher takes the first 16 (RFC 7425 §4.6.3).
    public var decryptKey: [UInt8]
    /// HMAC_SEND_KEY: 32 octets (RFC 7425 §4.6.4).
    public var hmacSendKey: [UInt8]
    /// HMAC_RECV_KEY: 32 octets (RFC 7425 §4.6.4).
    public var hmacReceiveKey: [UInt8]
    /// NEAR_NONCE: 32 octets (RFC 7425 §4.6.5).
    public var nearNonce: [UInt8]
    /// FAR_NONCE: 32 octets (RFC 7425 §4.6.5).
    public var farNonce: [UInt8]

    /// Derives them.
    ///
    /// - Parameters:
    ///   - secret: DH_SECRET, without leading zeros.
    ///   - nearComponent: SKNC, the keying component as this end sent it.
    ///   - farComponent: SKFC, the keying component as the other end sent it.
    public init(secret: [UInt8], nearComponent: [UInt8], farComponent: [UInt8]) {
        let mac = HMACSHA256(key: secret)
        encryptKey = mac.code(HMACSHA256.code(key: farComponent, nearComponent))
        decryptKey = mac.code(HMACSHA256.code(key: nearComponent, farComponent))
        hmacSendKey = mac.code(encryptKey)
        hmacReceiveKey = mac.code(decryptKey)
        nearNonce = mac.code(nearComponent)
        farNonce = mac.code(farComponent)
    }

    /// How this end protects what it sends, after what both ends negotiated.
    public func sending(near: KeyingComponent, far: KeyingComponent) -> PacketProtection {
        protection(key: encryptKey, hmacKey: hmacSendKey, sender: near, receiver: far)
    }

    /// How the other end protects what this one receives, after what both ends negotiated.
    public func receiving(near: KeyingComponent, far: KeyingComponent) -> PacketProtection {
        protection(key: decryptKey, hmacKey: hmacReceiveKey, sender: far, receiver: near)
    }

    private func protection(
        key: [UInt8],
        hmacKey: [UInt8],
        sender: KeyingComponent,
        receiver: KeyingComponent
    ) -> PacketProtection {
        PacketProtection(
            key: key,
            verification: sender.hmac.sends(to: receiver.hmac)
                ? .hmac(key: hmacKey, length: Int(clamping: sender.hmacLength)) : .checksum,
            sequenceNumbers: sender.sequenceNumbers.sends(to: receiver.sequenceNumbers)
        )
    }
}
