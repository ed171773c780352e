/// Why an open session was closed.
public enum CloseReason: Hashable, Sendable {
    /// This end closed, and the far end acknowledged.
    case nearClosed
    /// This end closed, and the far end did not acknowledge in time (RFC 7016 §3.5.5).
    case nearCloseTimedOut
    /// This end closed abruptly.
    case aborted
    /// The far end closed.
    case farClosed
    /// The far end opened another session from the same address with the same certificate (RFC 7016 §3.5.1.1.2).
    case overridden
    /// The far end was silent for too long (RFC 7016 §3.5.4.1).
    case silence
}
