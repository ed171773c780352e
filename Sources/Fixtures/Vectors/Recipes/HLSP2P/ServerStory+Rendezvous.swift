internal import Flash
internal import HLSP2P
internal import RTMFP

/// Stories of rendezvous: connections, calls, and how they end.
extension ServerStory {
    static let rendezvous: [ServerStory] =
        [connect, participants] + refusals + nonsense + endings + introductions + media

    /// The answer to `connect`, as a place.
    static let accepted: [String: JSONValue] = ["command": "_result", "transaction": 1]

    private static let connect = ServerStory(
        name: "connect",
        comment: "a viewer connects, names its resource, tells its address, and is advised of keepalive periods or not",
        section: ["RFC 7425 §5.3.1", "RFC 7425 §5.3.2", "RFC 7425 §5.3.3", "RFC 7425 §5.3.4", "tracker-protocol §8.1"],
        requirements: [
            "RFC7425-5.3.1-03", "RFC7425-5.3.2-01", "RFC7425-5.3.4-01", "RFC7425-5.3.4-02", "RFC7425-5.3.4-08",
            "RDV-009",
        ],
        faults: acceptanceFaults + adviceFaults
    ) { scene in
        try scene.join("alice")
        try scene.tell("alice", ["192.0.2.1:40001"])
        scene.expectAdvice("alice")
        try scene.isAlive("alice")
        try scene.wait(2_000)
    }

    private static let acceptanceFaults = [
        Fault(
            name: "transaction",
            error: .mismatch,
            requirements: ["RFC7425-5.3.2-01"],
            reason: "the answer has the transaction ID of no call",
            place: accepted,
            end: "alice",
            change: .octets([0, 0x3f, 0xf0], [0, 0x40, 0x00])
        ),
        Fault(
            name: "code",
            error: .value,
            requirements: ["RDV-009"],
            reason: "the code is no success",
            place: accepted,
            end: "alice",
            change: .text("Connect.Success", "Connect.Sucesso")
        ),
        Fault(
            name: "level",
            error: .value,
            requirements: ["RDV-009"],
            reason: "the level is another",
            place: accepted,
            end: "alice",
            change: .text("status", "silent")
        ),
        Fault(
            name: "encoding",
            error: .value,
            requirements: ["RDV-009"],
            reason: "AMF0 is settled on, though the client asked for AMF3",
            place: accepted,
            end: "alice",
            change: .octets([0, 0x40, 0x08], [0, 0x00, 0x00])
        ),
        Fault(
            name: "name",
            error: .missing,
            requirements: ["RFC7425-5.3.2-01"],
            reason: "the answer is another command",
            place: accepted,
            end: "alice",
            change: .text("_result", "_resume")
        ),
        Fault(
            name: "independent",
            error: .missing,
            requirements: ["RFC7425-5.3.2-01"],
            reason: "the flow is in return to none",
            place: accepted,
            end: "alice",
            change: .member("association", .null)
        ),
        Fault(
            name: "association",
            error: .mismatch,
            requirements: ["RFC7425-5.3.2-01"],
            reason: "the flow is in return to itself",
            place: accepted,
            end: "alice",
            change: .member("association", 1)
        ),
        Fault(
            name: "metadata",
            error: .value,
            requirements: ["RFC7425-5.3.2-01"],
            reason: "the flow's metadata has another signature",
            place: accepted,
            end: "alice",
            change: .member("metadata", "54540400")
        ),
        Fault(
            name: "stream",
            error: .mismatch,
            requirements: ["RFC7425-5.3.2-01"],
            reason: "the flow is for a stream that the client was not given",
            place: accepted,
            end: "alice",
            change: .member("metadata", "54430401")
        ),
        Fault(
            name: "end",
            error: .mismatch,
            requirements: ["RFC7425-5.3.2-01"],
            reason: "the answer goes to somebody else",
            place: accepted,
            end: "alice",
            change: .member("end", "bob")
        ),
        Fault(
            name: "truncated",
            error: .truncated,
            requirements: ["RFC7425-5.3.2-01"],
            reason: "the message ends within the transaction ID",
            place: accepted,
            end: "alice",
            change: .cut(to: 20)
        ),
        Fault(
            name: "control",
            error: .value,
            requirements: ["RFC7425-5.3.2-01"],
            reason: "the message is of a type that no flow carries",
            place: accepted,
            end: "alice",
            change: .octets { [3] + $0.dropFirst() }
        ),
    ]

    private static let adviceFaults = [
        Fault(
            name: "advice.truncated",
            error: .truncated,
            requirements: ["RFC7425-5.3.4-01"],
            reason: "the period towards peers is cut off",
            place: ["event": 41],
            end: "alice",
            change: .cut(to: 13)
        ),
        Fault(
            name: "answered-twice",
            error: .mismatch,
            requirements: ["RFC7425-5.3.2-01"],
            reason: "in the place of the advice, `connect` is answered a second time",
            place: ["event": 41],
            end: "alice",
            change: .octets { _ in
                Command("_result", transactionID: 1, [Status("NetConnection.Connect.Success").value]).message().encoded
            }
        ),
        Fault(
            name: "answered-unasked",
            error: .mismatch,
            requirements: ["RFC7425-5.3.3-02"],
            reason: "in the place of the advice, `setPeerInfo` is answered, which wants no answer",
            place: ["event": 41],
            end: "alice",
            change: .octets { _ in Command("_result").message().encoded }
        ),
    ]

    private static let participants = ServerStory(
        name: "participants",
        comment:
            "viewers ask for the participants of a resource: if told, all others who are connected for it, in any order",
        section: ["tracker-protocol §8.4"],
        requirements: ["RDV-012"],
        clients: ["alice", "bob", "carol", "dave"],
        faults: [
            Fault(
                name: "caller",
                error: .value,
                requirements: ["RDV-012"],
                reason: "the caller is among them, in the place of somebody else",
                place: ["command": "_result", "transaction": 2],
                end: "carol",
                change: .identified("alice", as: "carol")
            ),
            Fault(
                name: "other-resource",
                error: .value,
                requirements: ["RDV-012"],
                reason: "somebody is among them who is connected for another resource",
                place: ["command": "_result", "transaction": 2],
                end: "carol",
                change: .identified("bob", as: "dave")
            ),
            Fault(
                name: "twice",
                error: .value,
                requirements: ["RDV-012"],
                reason: "somebody is among them twice, and somebody is not",
                place: ["command": "_result", "transaction": 2],
                end: "carol",
                change: .identified("bob", as: "alice")
            ),
            Fault(
                name: "member",
                error: .value,
                requirements: ["RDV-012"],
                reason: "the IDs stand in a member of another name",
                place: ["command": "_result", "transaction": 2],
                end: "carol",
                change: .text("farID", "nigID")
            ),
        ]
    ) { scene in
        try scene.join("alice")
        try scene.tell("alice", ["192.0.2.1:40001"])
        scene.expectAdvice("alice")
        try scene.participants(are: [], for: "alice")
        try scene.join("bob")
        try scene.participants(are: ["alice"], for: "bob")
        try scene.join("carol")
        try scene.participants(are: ["alice", "bob"], for: "carol")
        try scene.join("dave", [.string("another film")])
        try scene.participants(of: "another film", are: [], for: "dave")
        try scene.participants(of: ServerScene.film, are: ["alice", "bob", "carol"], for: "dave")
        try scene.participants(of: "another film", are: ["dave"], for: "alice")
        try scene.participants(of: "nobody-is-here", are: [], for: "alice")
    }

    private static let refusals = [
        ServerStory(
            name: "refused.no-resource",
            comment: "who names no resource is refused, and the connection ends, in whichever way",
            section: ["tracker-protocol §8.1", "RFC 7425 §5.3.2", "RFC 7425 §5.3.6"],
            requirements: ["RDV-008", "RFC7425-5.3.2-04", "RFC7425-5.3.6-01"],
            clients: ["alice", "bob", "carol"],
            faults: [
                Fault(
                    name: "accepted",
                    error: .order,
                    requirements: ["RDV-008"],
                    reason: "the client is accepted",
                    place: ["command": "_error", "transaction": 1],
                    end: "alice",
                    change: .octets { _ in
                        Command("_result", transactionID: 1, [Status("NetConnection.Connect.Success").value]).message()
                            .encoded
                    }
                ),
                Fault(
                    name: "code",
                    error: .value,
                    requirements: ["RDV-008"],
                    reason: "the code is another",
                    place: ["command": "_error", "transaction": 1],
                    end: "alice",
                    change: .text("Connect.Rejected", "Connect.Repulsed")
                ),
                Fault(
                    name: "listed",
                    error: .value,
                    requirements: ["RDV-008", "RDV-012"],
                    reason: "who was refused is among the participants, in the place of who is there",
                    place: ["command": "_result", "transaction": 2],
                    end: "bob",
                    change: .identified("carol", as: "alice")
                ),
            ]
        ) { scene in
            try scene.join("carol")
            try scene.open("alice")
            try scene.connect("alice", [])
            refused(scene)
            try scene.join("bob")
            try scene.participants(are: ["carol"], for: "bob")
        },
        ServerStory(
            name: "refused.null-resource",
            comment: "null is the name of no resource",
            section: ["tracker-protocol §8.1"],
            requirements: ["RDV-008", "RFC7425-5.3.2-04"],
            clients: ["alice"]
        ) { scene in
            try scene.open("alice")
            try scene.connect("alice", [.null])
            refused(scene)
        },
    ]

    private static func refused(_ scene: ServerScene) {
        scene.forbid("alice", ["act": "message", "command": "_result"], "RFC 7425 §5.3.2")
        scene.expect(
            "alice",
            ["act": "message", "command": "_error", "transaction": 1],
            ["streamID": 0, "level": "error", "code": "NetConnection.Connect.Rejected"],
            most: 1,
            "tracker-protocol §8.1"
        )
        scene.expect("alice", ServerScene.ending, "RFC 7425 §5.3.6")
    }
}
