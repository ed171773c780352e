import Flash
import RTMFP

/// RFC 7425 §5.3, §5.3.6: what a client does when its server ends the connection.
enum ClientClosingCases {
    static let all: [Case] = [
        ending(
            "control-flow-closed",
            "When the server closes its control flow, the client closes its own flows.",
            ["RFC7425-5.3.6-01"],
            ["server-close-ignored"]
        ) { connection in
            try connection.part(with: [], final: true)
        },
        ending(
            "control-flow-rejected",
            "When the server rejects the control flow, the connection is over, and the client closes its flows.",
            ["RFC7425-5.3-03", "RFC7425-5.3.6-02"],
            ["client-exceptions-ignored"]
        ) { connection in
            guard let control = connection.farControl else { return }
            try connection.session.reject(control)
        },
    ]

    /// Something after which the client has to end its flows, unless it ends the session.
    private static func ending(
        _ name: String,
        _ title: String,
        _ requirements: [String],
        _ saboteurs: [String],
        _ say: @escaping @Sendable (ClientConnection) throws -> Void
    ) -> Case {
        .connected(name, title, requirements, saboteurs: saboteurs, mayEnd: true) { connection in
            _ = try? connection.expect("setPeerInfo")
            try say(connection)
            try connection.session.waitFor(
                "the end of the client's control flow, or of the session",
                within: .seconds(4)
            ) {
                connection.isOver ? () : nil
            } otherwise: {
                "the flow stays open"
            }
        }
    }
}
