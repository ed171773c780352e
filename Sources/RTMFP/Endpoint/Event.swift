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
