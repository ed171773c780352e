/// What came out of one case.
public struct CaseResult: Sendable, Hashable {
    /// A line of the exchange.
    public struct TranscriptLine: Sendable, Hashable {
        /// Milliseconds since the case began.
        public var milliseconds: Double
        /// Whether the checker sent it.
        public var sent: Bool
        /// The packet in short.
        public var text: String

        /// Makes a line.
        public init(milliseconds: Double, sent: Bool, text: String) {
            self.milliseconds = milliseconds
            self.sent = sent
            self.text = text
        }
    }

    /// The case's id.
    public var id: String
    /// Which target it was, where a run has several; nil where the description of the run names the only one.
    public var target: String?
    /// The suite that the case belongs to: the first part of its id.
    public var suite: String
    /// The rule as a sentence.
    public var title: String
    /// How binding the rule is.
    public var level: Case.Level
    /// The requirements that the case claims.
    public var requirements: [String]
    /// The verdict.
    public var verdict: Verdict
    /// Milliseconds that the case took, on the clock of the network that it ran on.
    public var durationMilliseconds: Double
    /// What the specification demands; nil for passed cases.
    public var expected: String?
    /// What was seen instead; nil for passed cases.
    public var actual: String?
    /// Why: the sentence that permits an alternative, the capability that lacks, the case that blocks this one.
    public var note: String?
    /// How a tracker was judged: as a black box, with peers registered by sessions, or in its registry; nil for others.
    public var means: String?
    /// The exchange.
    public var transcript: [TranscriptLine]
    /// The command that repeats just this case.
    public var reproduce: String
    /// Where the capture of a failure is; nil if none was asked for.
    public var capture: String?

    /// The id, and which target it was where a run has several.
    var heading: String { id + (target.map { "  of \($0)" } ?? "") }

    /// Whether a release may rest on it: nothing that a MUST demands is broken, and the checker itself is not at fault.
    public var isAcceptable: Bool {
        verdict != .error && !(verdict.isRed && level == .must)
    }
}

extension CaseResult {
    /// The result of a case of which nothing is known yet but the verdict.
    init(_ subject: Case, verdict: Verdict, note: String? = nil, reproduce: String) {
        self.init(
            id: subject.id,
            suite: subject.role.rawValue,
            title: subject.title,
            level: subject.level,
            requirements: subject.requirements,
            verdict: verdict,
            durationMilliseconds: 0,
            expected: nil,
            actual: nil,
            note: note,
            transcript: [],
            reproduce: reproduce
        )
    }
}

extension CaseResult {
    /// The result of a judgement that is no case of a suite, and whose rule binds like a MUST.
    public init(id: String, title: String, verdict: Verdict, durationMilliseconds: Double, reproduce: String) {
        self.init(
            id: id,
            suite: String(id.prefix { $0 != "/" }),
            title: title,
            level: .must,
            requirements: [],
            verdict: verdict,
            durationMilliseconds: durationMilliseconds,
            transcript: [],
            reproduce: reproduce
        )
    }
}
