/// Which cases of a suite to run.
public struct Selection: Sendable {
    /// Ids to run; all of them if empty.
    public var patterns: [IDPattern]
    /// Ids to leave out.
    public var skipped: [IDPattern]
    /// The weakest level to run; nil for every level.
    public var weakest: Case.Level?

    /// Makes a selection.
    public init(patterns: [IDPattern] = [], skipped: [IDPattern] = [], weakest: Case.Level? = nil) {
        self.patterns = patterns
        self.skipped = skipped
        self.weakest = weakest
    }

    /// The cases that are selected, in the order of `cases`.
    ///
    /// - Throws: `SelectionError` if a pattern matches no case, or no case is left: a run that tests nothing must not
    ///   look like one that found nothing.
    public func select(from cases: [Case]) throws(SelectionError) -> [Case] {
        for pattern in patterns + skipped where !cases.contains(where: { pattern.matches($0.id) }) {
            throw .noMatch(pattern, nearest: pattern.nearest(in: cases.map(\.id)))
        }
        let selected = cases.filter { subject in
            (patterns.isEmpty || patterns.contains { $0.matches(subject.id) })
                && !skipped.contains { $0.matches(subject.id) }
                && isBindingEnough(subject.level)
        }
        guard !selected.isEmpty else { throw .nothingLeft }
        return selected
    }

    private func isBindingEnough(_ level: Case.Level) -> Bool {
        let order = Case.Level.allCases
        guard let weakest, let limit = order.firstIndex(of: weakest), let place = order.firstIndex(of: level) else {
            return true
        }
        return place <= limit
    }
}

/// Why a selection selects nothing.
public enum SelectionError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A pattern matches no case; `nearest` are the ids that are most like it.
    case noMatch(IDPattern, nearest: [String])
    /// Each pattern matches, but what is skipped and the level leave no case.
    case nothingLeft

    /// One sentence.
    public var description: String {
        switch self {
        case .noMatch(let pattern, let nearest):
            "no case matches '\(pattern)'"
                + (nearest.isEmpty ? "" : "; the nearest ids are \(nearest.joined(separator: ", "))")
        case .nothingLeft: "no case is left to run: each one that matches is skipped or below the level"
        }
    }
}
