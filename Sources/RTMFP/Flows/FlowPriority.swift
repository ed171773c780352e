/// Which sending flow of a session goes first when not all may send (RFC 7016 §3.6.2.3).
public enum FlowPriority: Int, Hashable, Comparable, Sendable, CaseIterable {
    /// Only when nothing else is to be sent.
    case background
    /// The usual one.
    case routine
    /// Before the usual ones.
    case urgent
    /// First of all, and marked: packets with its data carry the timeCritical flag, and congestion control treats the
    /// session accordingly (RFC 7016 §3.5.2.1, Appendix A).
    case timeCritical

    /// Whether `left` waits for `right`.
    public static func < (left: FlowPriority, right: FlowPriority) -> Bool {
        left.rawValue < right.rawValue
    }
}
