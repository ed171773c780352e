import Flash
import RTMFP

/// RFC 7425 §5.1: which of the server's messages and flows a client makes nothing of.
enum ClientMessageCases {
    static let all: [Case] = [
        .connected(
            "messages/protocol-control-ignored",
            "Messages of the types 1, 2, 3, 5 and 6 are ignored.",
            ["RFC7425-5.1-03"],
            saboteurs: ["client-rejects-protocol-control"]
        ) { connection in
            for type in [1, 2, 3, 5, 6] as [UInt8] {
                for payload in [[], [0, 0, 16, 0], [UInt8](repeating: 0xff, count: 20)] as [[UInt8]] {
                    try connection.send(Message(MessageType(rawValue: type), payload))
                }
            }
            try connection.requireStanding("after messages of the types 1, 2, 3, 5 and 6")
        },
        .connected(
            "messages/short-messages-ignored",
            "What is shorter than a type and a timestamp is no message, and is ignored.",
            ["RFC7425-5.1.2-02"],
            saboteurs: ["client-rejects-short-messages"]
        ) { connection in
            for octets in [[], [20], [20, 0, 0, 0]] as [[UInt8]] { _ = try connection.control.deliver(octets) }
            try connection.requireStanding("after messages of 0, 1 and 4 octets")
        },
        .connected(
            "messages/receive-intent-accepted",
            "The receive intent in a flow's metadata is a hint: both values are acceptable.",
            ["RFC7425-5.1.1-04", "RFC7425-5.1.1-05"],
            saboteurs: ["client-rejects-arrival-order", "second-return-flow-rejected"]
        ) { connection in
            let flow = connection.flow(for: 0, intent: .networkArrivalOrder)
            let heard = try flow.deliver(Command("hlsp2pCheckNote").message().encoded)
            try require(
                heard.exceptionCode == nil,
                expected: "a flow that is accepted",
                actual: "a Flow Exception Report"
            )
            try connection.requireStanding("after a flow in arrival order")
        },
        metadata(
            "metadata-without-stream-id-rejected",
            "A flow whose metadata have no stream ID is rejected.",
            ["RFC7425-5.1.1-07"],
            ["client-requires-no-stream-id"],
            [0x54, 0x43, 0x00]
        ),
        metadata(
            "metadata-of-unknown-signature-rejected",
            "A flow whose metadata begin with a signature that nobody knows is rejected.",
            ["RFC7425-5.1.1-08"],
            ["client-accepts-any-signature"],
            [0x58, 0x58, 0x04, 0x00]
        ),
        .connected(
            "netconnection/unknown-command-ignored",
            "A command of the server's that the client does not know, such as participantChanged, changes nothing.",
            ["RDV-019"],
            level: .observed,
            saboteurs: ["unknown-command-ends-connection"]
        ) { connection in
            _ = try? connection.expect("setPeerInfo")
            try connection.send(Command("participantChanged", [.string("hlsp2p-check")]).message())
            try connection.send(Command("participantChanged", [.string("hlsp2p-check")], form: .extended).message())
            try connection.requireStanding("after commands that it does not know")
        },
        .connected(
            "netconnection/unknown-user-control-ignored",
            "A user control event that nobody knows changes nothing.",
            ["RFC7425-5.1.2-01"],
            level: .observed,
            saboteurs: ["unknown-user-control-ends-connection"]
        ) { connection in
            for event in [7, 99, 0xffff] as [UInt16] {
                try connection.send(UserControl.other(event: event, [0, 0, 0, 1]).message)
            }
            try connection.requireStanding("after user control events that nobody knows")
        },
        .connected(
            "netconnection/odd-commands-survived",
            "Commands that break off, or hold no name, end at most the connection: the client lives.",
            ["RFC7425-5.1.2-01"],
            level: .should,
            saboteurs: ["client-dies-of-odd-commands"],
            mayEnd: true
        ) { connection in
            var broken = Command("onStatus", [.string("cut off")]).message()
            broken.payload.removeLast(4)
            for message in [broken, Message(.command, []), Message(.command, [0x05]), Message(.commandExtended, [])] {
                guard !connection.isOver else { return }
                try connection.part(with: message.encoded)
            }
            if !connection.isOver { _ = try? connection.session.ping() }
            try require(
                connection.isOver || connection.session.isAnswering,
                expected: "Ping Replies, or a connection that the client has closed",
                actual: "silence"
            )
        },
    ]

    private static func metadata(
        _ name: String,
        _ title: String,
        _ requirements: [String],
        _ saboteurs: [String],
        _ metadata: [UInt8]
    ) -> Case {
        .connected("messages/\(name)", title, requirements, level: .should, saboteurs: saboteurs) { connection in
            let options: [Option] = [.metadata(metadata), .association(connection.controlID)]
            try connection.session.requireRejected(connection.session.flow(id: 19, options: options))
            try connection.requireStanding("after a flow that was rejected")
        }
    }
}

extension ProbeSession {
    /// Whether a Ping is answered.
    fileprivate var isAnswering: Bool { (try? ping()) != nil }
}
