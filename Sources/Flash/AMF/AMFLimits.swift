/// What a decoder of AMF accepts from a stranger.
///
/// Every value takes an octet at least, so that what is decoded is bounded by what was received; these limits bound
/// what an octet can grow to.
public struct AMFLimits: Hashable, Sendable {
    /// What becomes of references to values that came earlier.
    public enum References: Hashable, Sendable {
        /// They stay as they are: `AMF0Value.reference`, `AMF3Value.reference`. Encoding gives the same references.
        case kept
        /// They are replaced by the values, each time counted as often as it stands there. A reference to a value that
        /// encloses it cannot be, and stays.
        case expanded
    }

    /// How deep values may stand in each other.
    public var maximumDepth: Int
    /// How many values there may be in a message, those within others included.
    public var maximumValues: Int
    /// What becomes of references.
    public var references: References

    /// Makes limits; the default ones fit every message of the system with a wide margin.
    public init(maximumDepth: Int = 64, maximumValues: Int = 65_536, references: References = .expanded) {
        self.maximumDepth = maximumDepth
        self.maximumValues = maximumValues
        self.references = references
    }
}
