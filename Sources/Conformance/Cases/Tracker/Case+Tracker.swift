extension Case {
    /// A case about trackers.
    static func tracker(
        _ name: String,
        _ title: String,
        _ requirements: [String],
        level: Level = .must,
        needs: Set<Capability> = [],
        accepts: [Alternative] = [],
        saboteurs: [String],
        setting: Setting? = nil,
        isAlone: Bool = false,
        _ body: @escaping @Sendable (TrackerProbe) throws -> Void
    ) -> Case {
        Case(
            "tracker/\(name)",
            title,
            requirements,
            level: level,
            role: .tracker,
            needs: needs,
            accepts: accepts,
            saboteurs: saboteurs,
            setting: setting,
            isAlone: isAlone,
            .tracker(body)
        )
    }
}

/// Fails unless two collections of peers are the same, whatever their order; each has to be there as often.
func requireSame(_ actual: [String], _ expected: [String], _ what: String) throws {
    guard actual.sorted() != expected.sorted() else { return }
    let missing = Set(expected).subtracting(actual).map { "\($0.prefix(8))…" }.sorted()
    let strange = Set(actual).subtracting(expected).map { "\($0.prefix(8))…" }.sorted()
    let details = [
        missing.isEmpty ? nil : "without \(missing.prefix(4).joined(separator: ", "))",
        strange.isEmpty ? nil : "with \(strange.prefix(4).joined(separator: ", ")) besides",
    ].compactMap(\.self)
    throw Unmet(
        expected: "\(what): \(expected.count) of them",
        actual: "\(actual.count)" + (details.isEmpty ? ", some twice" : ", " + details.joined(separator: ", "))
    )
}

extension HTTPAnswer {
    /// Fails unless the tracker refuses with 400 or says that nobody is there.
    func requireRefusalOrNobody() throws {
        if status == 400 { return }
        guard status == 200 else { throw Unmet(expected: "status 400, or an empty array", actual: summary) }
        let peers = try peers()
        try require(peers.isEmpty, expected: "status 400, or an empty array", actual: summary)
    }

    /// Fails if the tracker has failed at the request, rather than refused it.
    func requireNoFailure() throws {
        try require(status < 500, expected: "an answer, or a refusal with a status below 500", actual: summary)
    }
}
