/// What a flow says of itself when it begins (RFC 7016 §3.6.3.1).
public struct ReceivedFlow: Hashable, Sendable {
    /// The flow ID, chosen by the far end. It means nothing by itself (RFC 7016 §3.6.1.1).
    public var flowID: UInt64
    /// The user metadata by which the flow is named; may be empty.
    public var metadata: [UInt8]
    /// The sending flow of this end that the flow is in return to, if any (RFC 7016 §2.3.11.1.2).
    public var association: FlowHandle?
}

/// A complete message that a flow has brought.
public struct ReceivedMessage: Hashable, Sendable {
    /// The message.
    public var bytes: [UInt8]
    /// The sequence number of its first fragment.
    public var sequenceNumber: UInt64
    /// Whether sequence numbers between the message delivered before and this one were abandoned: the gap indication
    /// of RFC 7016 §3.6.1.2. Never in ``DeliveryOrder/arrival``, where a missing message may still come.
    public var missedBefore: Bool
}

/// In which order a receiving flow delivers its messages.
public enum DeliveryOrder: Hashable, Sendable {
    /// As they were queued by the sender (RFC 7016 §3.6.3.3).
    case sequence
    /// As they become complete.
    case arrival
}
