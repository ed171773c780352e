/// What a case says of a target.
public enum Verdict: String, Sendable, Hashable, CaseIterable, Codable {
    /// The rule is kept.
    case passed
    /// A legal alternative was chosen, which the case names.
    case tolerated
    /// The rule is broken.
    case failed
    /// The target stopped answering.
    case crashed
    /// The target lacks a capability that the case needs.
    case unsupported
    /// An exchange that the case builds on does not work; another case says why.
    case blocked
    /// There is no evidence either way.
    case undecided
    /// The checker itself is at fault.
    case error

    /// Whether the target did something wrong.
    public var isRed: Bool { self == .failed || self == .crashed }
}
