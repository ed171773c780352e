/// Why a session could not be opened.
public enum OpenFailure: Hashable, Sendable {
    /// The ultimate open timeout has passed (RFC 7016 §3.5.1.1.1).
    case timedOut
    /// There is another session with the same far end (RFC 7016 §3.5.1.1.1).
    case duplicate(of: SessionHandle)
    /// The far end opened a session to this one at the same time, and prevailed (RFC 7016 §3.5.1.3).
    case glare
    /// The responder's certificate and this end have no Diffie-Hellman group in common (RFC 7425 §4.6.1).
    case noCommonGroup
    /// The endpoint has as many sessions as its configuration permits.
    case tooManySessions
    /// The owner gave up.
    case abandoned
}
