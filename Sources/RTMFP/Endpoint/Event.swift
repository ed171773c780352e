/// What an endpoint has to tell its owner.
public enum Event: Hashable, Sendable {
    /// A session is open.
    case opened(SessionHandle, OpenedSession)
    /// A session could not be opened.
    case openFailed(SessionHandle, OpenFailure)
    /// An open session carries nothing any more: the last event of its handle and of those of all its flows.
    case closed(SessionHandle, CloseReason)
    /// The far end returned the message of a `ping`.
    case pingReplied(SessionHandle, message: [UInt8])
    /// An opening session learned of further addresses (RFC 7016 §3.5.1.4).
    case redirected(SessionHandle, [SocketAddress])
    /// The far end was verified to be at another address (RFC 7016 §3.5.3).
    case addressChanged(SessionHandle, SocketAddress)
    /// The far end has begun a flow (RFC 7016 §3.6.3.1).
    case flowOpened(FlowHandle, ReceivedFlow)
    /// The far end has begun a flow that this end has rejected at once, since it has no metadata, is in return to a flow that
    /// is not open, or carries an option that must not be ignored (RFC 7016 §3.6.3.1); the only event of its handle.
    case flowTurnedAway(FlowHandle, ReceivedFlow)
    /// A receiving flow has brought a complete message.
    case message(FlowHandle, ReceivedMessage)
    /// A receiving flow is complete and all its messages have been delivered; the last event of its handle.
    case flowEnded(FlowHandle)
    /// This end has rejected a receiving flow by itself, since it carried an option that must not be ignored or needed
    /// more room than `FlowLimits` permit (RFC 7016 §3.6.3.2); the last event of its handle.
    case flowRefused(FlowHandle)
    /// The far end has rejected a sending flow, which is closed now (RFC 7016 §3.6.2.10); the last event of its handle.
    case flowRejected(FlowHandle, code: UInt64)
    /// A sending flow that was closed has been acknowledged as a whole; the last event of its handle.
    case flowFinished(FlowHandle)
    /// A sending flow that had refused a message takes messages again.
    case flowWritable(FlowHandle)
    /// The keys of a session, before `opened`; only if `Configuration.logsKeys`.
    case keyed(SessionHandle, KeyLogEntry)
}
