public import RTMFP

/// What befalls datagrams on the way from one address to another.
public struct Conditions: Hashable, Sendable {
    /// How long the way takes at least.
    public var delay = Interval.zero
    /// How much longer it may take: evenly spread from nothing to this. Jitter alone never changes the order.
    public var jitter = Interval.zero
    /// The probability, 0 to 1, that a datagram is lost.
    public var loss = 0.0
    /// The probability, 0 to 1, that a datagram arrives twice.
    public var duplication = 0.0
    /// The probability, 0 to 1, that a datagram is held back by ``holdBack``, so that later ones overtake it.
    public var reordering = 0.0
    /// How long a reordered datagram is held back.
    public var holdBack = Interval.milliseconds(10)
    /// The longest datagram that gets through, in octets; longer ones vanish. Nil for any.
    public var mtu: Int?

    /// No delay, no losses, everything in order.
    public init() {}

    /// Conditions that differ from the ideal in what `change` sets.
    public init(_ change: (inout Conditions) -> Void) {
        change(&self)
    }

    var isRandom: Bool {
        jitter > .zero || loss > 0 || duplication > 0 || reordering > 0
    }
}
