import RTMFP

extension Case {
    /// A case in which a session must open as planned, and answer a Ping.
    static func opens(
        _ id: String,
        _ title: String,
        _ requirements: [String],
        level: Level = .must,
        needs: Set<Capability> = [],
        saboteurs: [String],
        _ plan: @escaping @Sendable (inout HandshakePlan, Probe) -> Void
    ) -> Case {
        Case(
            id,
            title,
            requirements,
            level: level,
            needs: needs.union([.sessions]),
            saboteurs: saboteurs,
            setting: .opened,
            .startup { probe in
                var change = HandshakePlan()
                plan(&change, probe)
                try probe.openSomewhere(change, startingAt: probe.peer()).ping()
            }
        )
    }

    /// A case in which an IIKeying, made as planned and then changed, must be ignored.
    static func refuses(
        _ id: String,
        _ title: String,
        _ requirements: [String],
        level: Level = .must,
        needs: Set<Capability> = [],
        saboteurs: [String],
        change: @escaping @Sendable (inout Keying) throws -> Void = { _ in },
        plan: @escaping @Sendable (inout HandshakePlan, Probe) throws -> Void = { _, _ in }
    ) -> Case {
        Case(
            id,
            title,
            requirements,
            level: level,
            needs: needs.union([.sessions]),
            saboteurs: saboteurs,
            aftermath: .handshake,
            .startupIgnored { probe in
                let peer = try probe.peer()
                var made = HandshakePlan()
                try plan(&made, probe)
                var keying = try given { try probe.keying(made, for: probe.greet(from: peer)) }
                try change(&keying)
                try peer.say([.initiatorInitialKeying(keying.chunk)])
            }
        )
    }
}
