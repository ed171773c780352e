/// What is known of a session that has just opened.
public struct OpenedSession: Hashable, Sendable {
    /// The near end's part.
    public var role: Role
    /// DESTADDR: where the far end is.
    public var address: SocketAddress
    /// The far end's certificate, as received.
    public var farCertificate: [UInt8]
    /// The far end's fingerprint, also called peer ID: 32 octets (RFC 7425 §4.3.2).
    public var farFingerprint: [UInt8]
    /// NEAR_NONCE (RFC 7425 §4.6.5).
    public var nearNonce: [UInt8]
    /// FAR_NONCE (RFC 7425 §4.6.5).
    public var farNonce: [UInt8]
}
