/// Why two ends cannot agree on a session's keys (RFC 7425 §4.5, §4.6).
public enum KeyingError: Error, Hashable, Sendable {
    /// A certificate or keying component is not a sequence of Options.
    case malformed(WireError)
    /// The far end's certificate breaks a rule; the text says which.
    case certificate(String)
    /// A keying component breaks a rule; the text says which.
    case component(String)
    /// A keying component announces HMACs of a length that is not acceptable; the text says which (RFC 7425 §4.5.2.4).
    case hmacLength(String)
    /// A Diffie-Hellman public key is not acceptable; the text says why (RFC 7425 §4.6.2).
    case publicKey(String)
    /// The far end will not send what this end requires: "HMAC" or "session sequence numbers".
    case refusal(String)
}
