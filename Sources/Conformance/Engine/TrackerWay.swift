/// How peers come to be registered with a tracker that is judged.
public enum TrackerWay: String, Sendable, Hashable, CaseIterable {
    /// They do not: the tracker is asked, and that is all.
    case blackBox = "black box"
    /// They connect to the rendezvous of the same run.
    case sessions
    /// The checker writes them into the registry.
    case registry
}

extension Survey {
    /// How a case judges a tracker, for reports; nil for cases about others.
    func means(of subject: Case) -> String? {
        guard subject.role == .tracker else { return nil }
        let named = [(Capability.sharedSessions, TrackerWay.sessions), (.registry, .registry)]
            .filter { subject.needs.contains($0.0) }.map(\.1.rawValue)
        if !named.isEmpty { return "by " + named.joined(separator: " and ") }
        guard subject.needs.contains(.peers) else { return "black box" }
        return way == .blackBox ? way.rawValue : "by " + way.rawValue
    }
}
