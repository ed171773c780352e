/// What an endpoint has to tell its owner.
public enum Event: Hashable, Sendable {
    /// A session is open.
    case opened(SessionHandle, OpenedSession)
    /// A session could not be opened.
    case openFailed(SessionHandle, OpenFailure)
    /// An open session carries nothing any more; the last event of its handle.
    case closed(SessionHandle, CloseReason)
    /// The far end returned the message of a `ping`.
    case pingReplied(SessionHandle, message: [UInt8])
    /// An opening session learned of further addresses (RFC 7016 §3.5.1.4).
    case redirected(SessionHandle, [SocketAddress])
    /// The far end was verified to be at another address (RFC 7016 §3.5.3).
    case addressChanged(SessionHandle, SocketAddress)
    /// Chunks that belong to flows, in order; only if `Configuration.reportsFlowChunks`.
    case flowChunks(SessionHandle, [Chunk])
    /// The keys of a session, before `opened`; only if `Configuration.logsKeys`.
    case keyed(SessionHandle, KeyLogEntry)
}

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

/// All that is needed to decrypt a session from its datagrams.
public struct KeyLogEntry: Hashable, Sendable {
    /// The near end's part.
    public var role: Role
    /// Where the far end is.
    public var address: SocketAddress
    /// The session ID of datagrams to this end.
    public var nearSessionID: UInt32
    /// The session ID of datagrams to the far end.
    public var farSessionID: UInt32
    /// Protects what this end sends.
    public var sending: PacketProtection
    /// Protects what the far end sends.
    public var receiving: PacketProtection
    /// The keys of which these were made.
    public var keys: SessionKeys
}
