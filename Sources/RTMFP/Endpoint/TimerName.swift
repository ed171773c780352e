/// An interval that the endpoint keeps.
public enum TimerName: String, Hashable, Sendable, CaseIterable {
    /// From the begin of opening a session to giving up: 95 s (RFC 7016 §3.5.1.1.1).
    case openTimeout
    /// From one IHello to an address to the next; grows by 1.5 s at least (RFC 7016 §3.5.1.1.1).
    case helloBackoff
    /// From one IIKeying to the next; grows by 1.5 s at least (RFC 7016 §3.5.1.1.1).
    case keyingBackoff
    /// How long a cookie is valid: at least 95 s (RFC 7016 §3.5.1.1.2).
    case cookieLifetime
    /// From one Session Close Request to the next: 5 s (RFC 7016 §3.5.5).
    case closeRequestRepeat
    /// From the first Session Close Request to giving up: 90 s (RFC 7016 §3.5.5).
    case nearCloseTimeout
    /// From a Session Close Request received to the end of its being answered: 19 s (RFC 7016 §3.5.5).
    case farCloseLinger
    /// Silence of the far end after which it is pinged (RFC 7016 §3.5.4.1).
    case keepalive
    /// Silence of the far end after which the session is dead (RFC 7016 §3.5.4.1).
    case silenceTimeout
    /// From one mobility check to the next: at least 1 s (RFC 7016 §3.5.4.2).
    case mobilityCheck
    /// How long a mobility check can be answered: 120 s (RFC 7016 §3.5.4.2).
    case mobilityTokenLifetime
    /// From one packet that probes the path's MTU to the next (RFC 7016 §3.5.4.3).
    case pathProbe
    /// How long a fragmented packet may take as a whole: 60 s (RFC 7016 §3.4).
    case fragmentedPacketLifetime
    /// How long a fragmented packet may rest without a new fragment: 1 s at least (RFC 7016 §3.4).
    case fragmentProgress
    /// From User Data received to its acknowledgement: at most 200 ms (RFC 7016 §3.6.3.4.4).
    case delayedAcknowledgement
    /// From User Data sent to its being taken for lost: ERTO (RFC 7016 §3.6.2.6).
    case retransmission
    /// From one Buffer Probe to the next (RFC 7016 §3.6.2.9.1).
    case bufferProbe
    /// How long the flow ID of a complete sending flow is kept in reserve: 130 s (RFC 7016 §3.6.2.11).
    case sendingFlowLinger
    /// How long the flow ID of a complete receiving flow is kept in reserve: 120 s (RFC 7016 §3.6.3.8).
    case receivingFlowLinger
}
