/// Which requirements a set of cases claims, and why it does not claim the others.
public struct Coverage: Sendable {
    /// How many requirements of one area are claimed.
    public struct Count: Sendable, Hashable {
        /// The area.
        public var area: Requirement.Area
        /// Requirements that at least one case claims.
        public var claimed: Int
        /// All requirements.
        public var total: Int
        /// Those of the claimed that are to be seen by talking to a server.
        public var claimedActiveServer: Int
        /// Those of all that are to be seen by talking to a server.
        public var totalActiveServer: Int
    }

    /// By area, in the order of the registry's areas; areas without requirements are left out.
    public let counts: [Count]
    private let claims: [String: [String]]

    /// Counts what `cases` claim.
    public init(of cases: [Case]) {
        var claims: [String: [String]] = [:]
        for subject in cases {
            for id in subject.requirements {
                claims[id, default: []].append(subject.id)
            }
        }
        self.claims = claims
        counts = Requirement.Area.allCases.compactMap { area in
            let requirements = Requirements.requirements(in: area)
            guard !requirements.isEmpty else { return nil }
            let claimed = requirements.filter { claims[$0.id] != nil }
            return Count(
                area: area,
                claimed: claimed.count,
                total: requirements.count,
                claimedActiveServer: claimed.count { $0.testability == .activeServer },
                totalActiveServer: requirements.count { $0.testability == .activeServer }
            )
        }
    }

    /// The cases that claim a requirement.
    public func cases(claiming requirement: Requirement) -> [String] {
        claims[requirement.id] ?? []
    }

    /// Why no case claims a requirement; nil if one does.
    public func reason(_ requirement: Requirement) -> String? {
        claims[requirement.id] == nil ? Unclaimed.reason(requirement) : nil
    }

    /// A table of the counts by area, and below it how many requirements are not claimed for which reason.
    public var table: String {
        var lines = [Self.row("area", "claimed", "total", "of a server's", "total")]
        for count in counts {
            lines.append(
                Self.row(
                    count.area.rawValue,
                    "\(count.claimed)",
                    "\(count.total)",
                    "\(count.claimedActiveServer)",
                    "\(count.totalActiveServer)"
                )
            )
        }
        lines.append(
            Self.row(
                "all",
                "\(sum(\.claimed))",
                "\(sum(\.total))",
                "\(sum(\.claimedActiveServer))",
                "\(sum(\.totalActiveServer))"
            )
        )
        let reasons = Dictionary(grouping: Requirements.all.compactMap(reason), by: \.self).mapValues(\.count)
        lines.append("\nnot claimed, and why:")
        for (reason, count) in reasons.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
            lines.append(Self.padded("\(count)", 5) + "  \(reason)")
        }
        return lines.joined(separator: "\n")
    }

    private func sum(_ part: (Count) -> Int) -> Int {
        counts.reduce(0) { $0 + part($1) }
    }

    private static func row(_ area: String, _ numbers: String...) -> String {
        let name = area + String(repeating: " ", count: max(0, 18 - area.count))
        return name + zip(numbers, [8, 8, 16, 8]).map { padded($0, $1) }.joined()
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }
}
