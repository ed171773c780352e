extension Case {
    /// A case about peers; `name` is the part of the id after `peer/`.
    static func peer(
        _ name: String,
        _ title: String,
        _ requirements: [String],
        level: Level = .must,
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
            accepts: accepts,
            saboteurs: saboteurs + PeerConsequences.of(name),
            setting: .cold,
            aftermath: .greeting,
            .peer(body)
        )
    }
}
