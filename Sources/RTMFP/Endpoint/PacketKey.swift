/// By which key a packet is protected.
public enum PacketKey: String, Hashable, Sendable, CaseIterable {
    /// The Default Session Key (RFC 7016 §2.2.3).
    case standard
    /// The session's keys.
    case session
}
