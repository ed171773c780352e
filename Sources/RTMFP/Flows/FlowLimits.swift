/// How much the flows of a session may take.
public struct FlowLimits: Hashable, Sendable {
    /// Receiving flows of a session at most, those that linger included. What would begin another one is ignored.
    public var maximumReceivingFlows = 1_024
    /// Sending flows of a session at most, those that linger included.
    public var maximumSendingFlows = 1_024
    /// BUFFER_CAPACITY: octets that a receiving flow holds for reordering and reassembly (RFC 7016 §3.6.3).
    public var receiveBuffer = 2 << 20
    /// Octets of a message at most, sent or received. A flow that brings a longer one is rejected.
    public var maximumMessage = 16 << 20
    /// Octets that all receiving flows of a session hold at most; a flow that needs more is rejected.
    public var maximumBuffered = 64 << 20
    /// Octets queued on a sending flow from which on it takes no further message.
    public var sendQueue = 1 << 20
    /// Gaps in a receiving flow's sequence numbers at most; what would make another one is ignored.
    public var maximumGaps = 1_024

    /// The default limits.
    public init() {}
}
