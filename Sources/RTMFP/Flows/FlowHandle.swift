/// Names one flow of one endpoint, sending or receiving; never used again.
public struct FlowHandle: Hashable, Comparable, Sendable {
    /// The session that the flow belongs to.
    public let session: SessionHandle
    /// Counts the session's flows of both directions from 1. Not the flow ID.
    public let number: UInt64

    /// Whether `left` was named before `right`, of flows of one session.
    public static func < (left: FlowHandle, right: FlowHandle) -> Bool {
        (left.session, left.number) < (right.session, right.number)
    }
}
