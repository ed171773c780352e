extension Case {
    /// A case about peers; `name` is the part of the id after `peer/`.
    ///
    /// - Parameter needs: nothing if a session with the peer is enough, wherever it comes from.
    static func peer(
        _ name: String,
        _ title: String,
        _ requirements: [String],
        level: Level = .must,
        needs: Set<Capability> = [.staging],
        accepts: [Alternative] = [],
        saboteurs: [String],
        _ body: @escaping @Sendable (Stage) throws -> Void
    ) -> Case {
        Case(
            "peer/\(name)",
            title,
            requirements,
            level: level,
            role: .peer,
            needs: needs,
            accepts: accepts,
            saboteurs: saboteurs + PeerConsequences.of(name),
            setting: .cold,
            aftermath: .greeting,
            .peer(body)
        )
    }
}
