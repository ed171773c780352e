/// What a run is going to do: known before its first case begins.
public struct RunDescription: Sendable, Hashable {
    /// The name of the program that runs.
    public var tool: String
    /// The version of that program.
    public var version: String
    /// The seed from which all randomness of the run follows.
    public var seed: UInt64
    /// The targets, as the user wrote them.
    public var targets: [String]
    /// The ids of the cases, in the order in which reports list them.
    public var cases: [String]

    /// Describes a run.
    public init(
        tool: String = "hlsp2p-check",
        version: String,
        seed: UInt64,
        targets: [String],
        cases: [String]
    ) {
        self.tool = tool
        self.version = version
        self.seed = seed
        self.targets = targets
        self.cases = cases
    }
}
