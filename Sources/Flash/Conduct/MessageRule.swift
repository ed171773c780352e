/// A rule by which a connection, a stream or an application judges what it receives, or decides what to do about it.
///
/// Each says what is true when the correct one goes on; the other outcome is given after the dash. Applications add
/// rules of their own.
public struct MessageRule: Hashable, Sendable {
    /// Tells it from all others.
    public let name: String

    /// Makes a rule.
    public init(_ name: String) {
        self.name = name
    }
}

extension MessageRule {
    // Flows.

    /// The metadata begin with `TC` — else the flow is rejected (RFC 7425 §5.1.1).
    public static let signatureKnown = MessageRule("signatureKnown")
    /// The metadata hold a stream ID in range — else the flow is rejected (RFC 7425 §5.1.1).
    public static let streamIDPresent = MessageRule("streamIDPresent")
    /// A flow may hint at either order of delivery — else it is rejected (RFC 7425 §5.1.1).
    public static let receiveIntentAcceptable = MessageRule("receiveIntentAcceptable")
    /// The flow belongs to the connection, or to a stream that exists — else it is rejected (RFC 7425 §5.3.5).
    public static let flowBelongs = MessageRule("flowBelongs")
    /// A stream, and the connection itself, may have several flows — else those after the first are rejected
    /// (RFC 7425 §5.1.1, §5.3.5).
    public static let furtherFlowTaken = MessageRule("furtherFlowTaken")
    /// A sending flow is in return to the far end's control flow — else it is associated with none
    /// (RFC 7425 §5.3.2, §5.3.5).
    public static let flowAssociated = MessageRule("flowAssociated")
    /// A flow that the far end rejected has no successor — else another is opened for the next message
    /// (RFC 7425 §5.3.5.3).
    public static let rejectedFlowGivenUp = MessageRule("rejectedFlowGivenUp")

    // Barriers.

    /// All flows have come to the barrier — else those that have wait there (RFC 7425 §5.2).
    public static let barrierComplete = MessageRule("barrierComplete")
    /// Enough flows are left that can come to the barrier — else nobody waits there any longer (RFC 7425 §5.2).
    public static let barrierPossible = MessageRule("barrierPossible")

    // Messages.

    /// What is no message for a flow is ignored — else the connection is terminated (RFC 7425 §5.1, §5.1.2).
    public static let senselessMessageIgnored = MessageRule("senselessMessageIgnored")
    /// A command that cannot be decoded is ignored — else the connection is terminated (RFC 7425 §5.3.3).
    public static let senselessCommandIgnored = MessageRule("senselessCommandIgnored")

    // NetConnection.

    /// The client is connected — else its command gets an error (RFC 7425 §5.3.1).
    public static let connectedBefore = MessageRule("connectedBefore")
    /// The client has not asked to connect before — else it gets an error (RFC 7425 §5.3.1).
    public static let connectOnce = MessageRule("connectOnce")
    /// There is room for another stream — else the client gets an error.
    public static let roomForStream = MessageRule("roomForStream")
    /// The far end has closed its control flow, so that this end closes its flows too (RFC 7425 §5.3.6).
    public static let farCloseAnswered = MessageRule("farCloseAnswered")
    /// The far end has rejected the control flow, so that the connection is at its end (RFC 7425 §5.3, §5.3.6).
    public static let rejectionEndsConnection = MessageRule("rejectionEndsConnection")
    /// A keepalive period is below the client's minimum — else it is set as advised (RFC 7425 §5.3.4).
    public static let keepaliveTooShort = MessageRule("keepaliveTooShort")

    // NetStream.

    /// Data messages travel on the flow of the commands, in order with them — else on another one.
    public static let dataWithCommands = MessageRule("dataWithCommands")

    /// The end that serves was asked for a stream by name — else nothing goes on (RFC 7425 §5.3.7, §5.4.1).
    public static let streamNamed = MessageRule("streamNamed")
}
