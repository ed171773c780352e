/// Names one session of one endpoint, from the begin of opening it; never used again.
public struct SessionHandle: Hashable, Comparable, Sendable {
    /// Counts the endpoint's sessions from 1.
    public let number: UInt64

    /// Whether `left` was named before `right`.
    public static func < (left: SessionHandle, right: SessionHandle) -> Bool {
        left.number < right.number
    }
}
