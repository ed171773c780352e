import RTMFP

/// The way from one address to another: decides when each datagram arrives, and how often.
///
/// Every path has a random sequence of its own, and each datagram takes the same number of draws from it, so what
/// happens on one path depends neither on other traffic nor on which impairments are on.
struct Path {
    private var generator: SeededGenerator
    private var lastArrival = Instant.origin

    init(seed: UInt64, name: String) {
        generator = SeededGenerator(seed: seed, name: name)
    }

    /// When the next datagram, sent `now`, arrives: never, once or twice.
    mutating func arrivals(of octets: Int, now: Instant, under conditions: Conditions) -> [Instant] {
        let isLost = chance() < conditions.loss
        let isDoubled = chance() < conditions.duplication
        let isHeldBack = chance() < conditions.reordering
        let extra = conditions.jitter * chance()
        if let mtu = conditions.mtu, octets > mtu { return [] }
        guard !isLost else { return [] }
        var arrival = max(now + conditions.delay + extra, lastArrival)
        if isHeldBack {
            // Does not count for the order, which is how others come to overtake it.
            arrival = arrival + conditions.holdBack
        } else {
            lastArrival = arrival
        }
        return isDoubled ? [arrival, arrival] : [arrival]
    }

    /// The next number from 0 up to, not including, 1.
    private mutating func chance() -> Double {
        Double(generator.next() >> 11) * 0x1p-53
    }
}
