/// What has become of a replay.
public enum ReplayOutcome: Hashable, Sendable {
    /// Every answer meant what the recorded one did.
    case same(answers: Int)
    /// An answer did not.
    case differs(ReplayDifference)
    /// No session could be opened; a sentence says why.
    case notOpened(String)
    /// The replay was ended before its time.
    case interrupted
}

/// The first message at which a run is not what was recorded.
public struct ReplayDifference: Hashable, Sendable {
    /// The frame of the capture that brought the recorded message; nil if the recording has no such message.
    public var frame: Int?
    /// What was recorded.
    public var expected: String
    /// What came instead.
    public var actual: String
}

/// A line of what was said in a replay.
public struct ReplayLine: Hashable, Sendable {
    /// Milliseconds since the session opened.
    public var milliseconds: Double
    /// Whether the replay said it.
    public var isSent: Bool
    /// The message.
    public var text: String
    /// Whether the recording has no such message, and that is to be told.
    public var isUnexpected = false
}

/// What came in a replay that the recording does not have.
public struct UnexpectedMessages: Hashable, Sendable {
    /// How many messages.
    public var count = 0
    /// The first of them; empty if there is none.
    public var first = ""
}

/// What to do with a message that the recording does not have; it holds to the end of the run.
public enum UnexpectedPolicy: String, Hashable, Sendable, CaseIterable {
    /// Nothing.
    case ignore
    /// Tell, and go on.
    case report
    /// It is a difference, and the run is over.
    case stop
}
