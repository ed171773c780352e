/// A flow of a session, as far as its chunks in a capture tell of it.
public struct CapturedFlow: Hashable, Sendable {
    /// Which direction of which session it belongs to: `PacketContents.direction`.
    public var direction: Int
    /// The flow, as its sender numbers it.
    public var flowID: UInt64
    /// The user's per-flow metadata (RFC 7016 §2.3.11.1.1); nil if the capture does not show it.
    public var metadata: [UInt8]?
    /// The flow of its receiver that it answers (RFC 7016 §2.3.11.1.2); nil if it has none, or none is shown.
    public var association: UInt64?
}

/// What the chunks of a packet complete.
public enum FlowEvent: Hashable, Sendable {
    /// A message of which every fragment was captured.
    case message(FlowMessage)
    /// Fragments that the sender has abandoned, or that the capture lacks and that will not be sent again.
    case missing(CapturedFlow, ClosedRange<UInt64>)
}

/// A message, put together.
public struct FlowMessage: Hashable, Sendable {
    /// The flow that carried it.
    public var flow: CapturedFlow
    /// The sequence numbers of its fragments.
    public var sequenceNumbers: ClosedRange<UInt64>
    /// The message.
    public var octets: [UInt8]
}
