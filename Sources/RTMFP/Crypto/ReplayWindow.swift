/// Which session sequence numbers have come, so that none is accepted twice (RFC 7425 §4.7.3.3).
///
/// Remembers the 128 numbers up to the newest; the specification asks for at least 32. What is older is refused.
public struct ReplayWindow: Hashable, Sendable {
    private var newest: UInt64?
    /// Bit n: whether `newest` - n has come.
    private var seen: UInt128 = 0

    /// A window that has seen nothing.
    public init() {}

    /// Whether `number` is new; it is remembered then.
    public mutating func accept(_ number: UInt64) -> Bool {
        guard let newest else {
            self.newest = number
            seen = 1
            return true
        }
        if number > newest {
            let advance = number - newest
            seen = advance < 128 ? seen << UInt128(advance) | 1 : 1
            self.newest = number
            return true
        }
        let age = newest - number
        guard age < 128, seen >> UInt128(age) & 1 == 0 else { return false }
        seen |= 1 << UInt128(age)
        return true
    }
}
