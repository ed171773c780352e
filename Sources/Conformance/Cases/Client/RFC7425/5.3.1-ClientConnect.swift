import Flash
import RTMFP

/// RFC 7425 §5.3.1, §5.3.2: how a client asks to connect, and what it makes of the answers.
enum ClientConnectCases {
    static let all: [Case] = [
        .connecting(
            "control-flow-for-stream-0",
            "The client's control flow has metadata for stream 0 in original queuing order, and is no return of another.",
            ["RFC7425-5.3.1-02", "RFC7425-5.1.1-02"],
            saboteurs: ["control-flow-for-stream-1", "control-flow-in-arrival-order", "control-flow-associated"]
        ) { connection in
            guard let control = connection.farControl else { return }
            let metadata = control.metadata.flatMap { try? FlowMetadata(decoding: $0) }
            try require(
                metadata == FlowMetadata(streamID: 0, receiveIntent: .originalQueuingOrder),
                expected: "metadata 54430400",
                actual: control.metadata.map { hex($0, limit: 16) } ?? "none"
            )
            try require(
                control.association == nil,
                expected: "a flow that is no return",
                actual: "the return of flow \(control.association ?? 0)"
            )
        },
        .connecting(
            "connect-comes-first",
            "The first message on the control flow is `connect`.",
            ["RFC7425-5.3.1-02", "RFC7425-5.1.2-01"],
            saboteurs: ["connect-comes-second"]
        ) { connection in
            let first = connection.farControl?.rtmpMessages.first
            let name = first.flatMap { try? Command(decoding: $0) }?.name
            try require(name == "connect", expected: "`connect`", actual: name ?? first.map { "\($0.type)" } ?? "none")
        },
        .connecting(
            "connect-names-application",
            "The command object of `connect` names the application and the URI.",
            ["RFC7425-5.3.1-02"],
            level: .observed,
            saboteurs: ["connect-without-object"]
        ) { connection in
            for member in ["app", "tcUrl"] {
                try require(
                    connection.request.object[member]?.string != nil,
                    expected: "a string “\(member)” in the command object",
                    actual: "\(connection.request.object)"
                )
            }
        },
        .connecting(
            "answer-awaited",
            "A client waits for the answer to `connect` before it says anything else.",
            ["RFC7425-5.3.1-02"],
            level: .should,
            saboteurs: ["commands-before-answer", "connect-comes-second"]
        ) { connection in
            try connection.session.peer.wait(.milliseconds(600))
            let others = connection.commands.filter { $0.name != "connect" }
            try require(
                others.isEmpty,
                expected: "no other command before the answer",
                actual: others.map(\.name).joined(separator: ", ")
            )
        },
        .connecting(
            "answer-of-other-transaction-ignored",
            "A _result for another transaction than that of `connect` lets nobody in.",
            ["RFC7425-5.3.2-02"],
            saboteurs: ["any-result-admits", "commands-before-answer", "connect-comes-second"]
        ) { connection in
            try connection.send(connection.acceptance(transactionID: 77).message())
            try connection.session.ping()
            try connection.session.peer.wait(.milliseconds(600))
            let others = connection.commands.filter { $0.name != "connect" }
            try require(
                others.isEmpty,
                expected: "a client that still waits",
                actual: others.map(\.name).joined(separator: ", ")
            )
            let count = connection.said.count
            try given {
                try connection.accept()
                try connection.expect("something that only a client says that was let in", within: .seconds(3)) {
                    connection.said.count > count ? () : nil
                }
            }
        },
        .connecting(
            "refusal-heeded",
            "A client that was refused asks for nothing more on that connection.",
            ["RFC7425-5.3.3-01", "RFC7425-5.3.2-02"],
            saboteurs: ["refusal-unheeded"],
            mayEnd: true
        ) { connection in
            let information: [AMFMember<AMF0Value>] = [
                AMFMember("level", .string("error")), AMFMember("code", .string("NetConnection.Connect.Rejected")),
                AMFMember("description", .string("not here")),
            ]
            let early = Set(connection.said.map(\.place))
            let refusal = Command("_error", transactionID: connection.request.transactionID, [.object(information)])
            try connection.part(with: refusal.message().encoded)
            try connection.session.peer.wait(.seconds(1))
            let late = connection.said.filter { !early.contains($0.place) }.compactMap(\.command)
            let asked = late.filter { ["setPeerInfo", "createStream", "publish", "play"].contains($0.name) }
            try require(
                asked.isEmpty,
                expected: "nothing that only a connected client says",
                actual: asked.map(\.name).joined(separator: ", ")
            )
        },
    ]
}

extension Case {
    /// A case about a client that has asked to connect, and was not answered yet.
    ///
    /// - Parameter mayEnd: whether the client may end its session for what the body says.
    static func connecting(
        _ name: String,
        _ title: String,
        _ requirements: [String],
        level: Level = .must,
        needs: Set<Capability> = [],
        accepts: [Alternative] = [],
        saboteurs: [String],
        mayEnd: Bool = false,
        _ body: @escaping @Sendable (ClientConnection) throws -> Void
    ) -> Case {
        let id = name.contains("/") ? name : "netconnection/\(name)"
        let needs = needs.union([.netConnection])
        if mayEnd {
            let inward = Body.startup { probe in
                let session = try given { try probe.receive().open() }
                try body(session.expectConnect())
            }
            return .client(
                id,
                title,
                requirements,
                level: level,
                needs: needs,
                accepts: accepts,
                saboteurs: saboteurs,
                setting: .cold,
                inward
            )
        }
        return .client(
            id,
            title,
            requirements,
            level: level,
            needs: needs,
            accepts: accepts,
            saboteurs: saboteurs,
            .session { try body($0.expectConnect()) }
        )
    }

    /// A case about a client that was let in.
    static func connected(
        _ name: String,
        _ title: String,
        _ requirements: [String],
        level: Level = .must,
        needs: Set<Capability> = [],
        accepts: [Alternative] = [],
        saboteurs: [String],
        mayEnd: Bool = false,
        _ body: @escaping @Sendable (ClientConnection) throws -> Void
    ) -> Case {
        .connecting(
            name,
            title,
            requirements,
            level: level,
            needs: needs,
            accepts: accepts,
            saboteurs: saboteurs,
            mayEnd: mayEnd
        ) { connection in
            try given { try connection.accept() }
            try body(connection)
        }
    }
}
