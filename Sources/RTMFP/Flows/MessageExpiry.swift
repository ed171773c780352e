/// When a queued message is abandoned (RFC 7016 §3.6.2.7).
public struct MessageExpiry: Hashable, Sendable {
    /// How long after it was queued it may still be under way; nil for ever.
    public var lifetime: Interval?
    /// How often one of its fragments may be sent again after it was lost; nil for as often as it takes.
    public var retransmissions: Int?

    /// Makes one.
    public init(lifetime: Interval? = nil, retransmissions: Int? = nil) {
        self.lifetime = lifetime
        self.retransmissions = retransmissions
    }

    /// The message is sent until it arrives.
    public static let never = MessageExpiry()
}
