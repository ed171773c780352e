internal import Flash
internal import HLSP2P
internal import RTMFP

/// Stories of rendezvous that are told nonsense, and of connections that end.
extension ServerStory {
    static let nonsense = [
        ServerStory(
            name: "unknown",
            comment:
                "a call of a method that there is not gets an error, without a transaction ID nothing; nothing ends",
            section: ["RFC 7425 §5.3.7", "tracker-protocol §8.4"],
            requirements: ["RFC7425-5.3.7-05", "RDV-013"],
            clients: ["alice"],
            faults: [
                Fault(
                    name: "result",
                    error: .missing,
                    requirements: ["RDV-013"],
                    reason: "there is a result",
                    place: ["command": "_error", "transaction": 2],
                    end: "alice",
                    change: .octets { _ in Command("_result", transactionID: 2, [.null]).message().encoded }
                ),
                Fault(
                    name: "code",
                    error: .value,
                    requirements: ["RDV-013"],
                    reason: "the code is another",
                    place: ["command": "_error", "transaction": 2],
                    end: "alice",
                    change: .text("NetConnection.Call.Failed", "NetConnection.Call.Fallen")
                ),
                Fault(
                    name: "transaction",
                    error: .mismatch,
                    requirements: ["RFC7425-5.3.7-05"],
                    reason: "the error is that of a call without a transaction ID, which wants no answer",
                    place: ["command": "_error", "transaction": 2],
                    end: "alice",
                    change: .octets([0, 0x40, 0x00], [0, 0x00, 0x00])
                ),
            ]
        ) { scene in
            try scene.join("alice")
            let transaction = try scene.call("noSuchMethod", [.string("film")], by: "alice")
            scene.expect(
                "alice",
                ["act": "message", "command": "_error", "transaction": .double(transaction)],
                ["streamID": 0, "level": "error", "code": "NetConnection.Call.Failed"],
                most: 1,
                "tracker-protocol §8.4"
            )
            try scene.say(Command("noSuchMethod", [.string("film")]).message().encoded, by: "alice")
            try scene.isAlive("alice")
        },
        ServerStory(
            name: "early",
            comment: "a call before `connect` gets no result, and `connect` still is answered",
            section: ["RFC 7425 §5.3.1", "RFC 7425 §5.3.2"],
            requirements: ["RFC7425-5.3.2-05"],
            clients: ["alice"],
            faults: [
                Fault(
                    name: "stream",
                    error: .order,
                    requirements: ["RFC7425-5.3.2-05"],
                    reason: "the client gets a stream before it has connected",
                    place: ["command": "_error", "transaction": 1],
                    end: "alice",
                    change: .octets { _ in Command("_result", transactionID: 1, [.number(1)]).message().encoded }
                )
            ]
        ) { scene in
            try scene.open("alice")
            let transaction = try scene.call("createStream", by: "alice")
            let kind: [String: JSONValue] = [
                "act": "message", "command": "_result", "transaction": .double(transaction),
            ]
            scene.forbid("alice", kind, "RFC 7425 §5.3.1")
            try scene.connect("alice")
            scene.expect(
                "alice",
                ["act": "message", "command": "_result", "transaction": 2],
                ["code": "NetConnection.Connect.Success"],
                most: 1,
                "RFC 7425 §5.3.2"
            )
            try scene.isAlive("alice")
        },
        ServerStory(
            name: "twice",
            comment: "who connects twice on a connection is not connected a second time, and stays connected",
            section: ["RFC 7425 §5.3.2", "tracker-protocol §1"],
            requirements: ["RFC7425-5.3.2-05", "TRK-009"],
            clients: ["alice"]
        ) { scene in
            try scene.join("alice")
            try scene.connect("alice")
            try scene.isAlive("alice")
            try scene.list(are: ["alice"], for: "alice")
            try scene.count(is: 1, for: "alice")
        },
        ServerStory(
            name: "malformed",
            comment: "messages that cannot be read, and such as flows do not carry, are ignored",
            section: ["RFC 7425 §5.1", "RFC 7425 §5.3.2", "RFC 7425 §5.3.3"],
            requirements: ["RFC7425-5.3.2-05", "RFC7425-5.3.3-08", "RFC7425-5.3.3-09"],
            clients: ["alice"]
        ) { scene in
            try scene.join("alice")
            let call = Command("ping", transactionID: 99).message().encoded
            for message: [UInt8] in [
                [], [20], [20, 0, 0], [20, 0, 0, 0, 0], [20, 0, 0, 0, 0, 2, 0xff, 0xff, 0x61],
                [17, 0, 0, 0, 0, 3] + call.dropFirst(5), [3, 0, 0, 0, 0] + call.dropFirst(5), [4, 0, 0, 0, 0, 0],
                [20, 0, 0, 0, 0, 5], [77, 1, 2, 3, 4, 5],
            ] {
                try scene.say(message, by: "alice")
            }
            scene.forbid("alice", ["act": "message", "transaction": 99], "RFC 7425 §5.3.3")
            try scene.say(
                Command("ping", transactionID: 100, form: .extended).message().encoded,
                by: "alice"
            )
            scene.expectAnswer("alice", 100)
            try scene.isAlive("alice")
        },
    ]

    static let endings = [
        ending("closed.flow", "by closing its control flow", "bob") { scene in
            try scene.perform(.act(.finish(flow: try scene.flow(.control, of: "bob"))), by: "bob")
            scene.expect("bob", ServerScene.ending, "RFC 7425 §5.3.6")
        },
        ending("closed.session", "by closing its session", "bob") { scene in
            try scene.perform(.act(.close), by: "bob")
        },
        ending("closed.rejected", "by rejecting the server's control flow", "bob") { scene in
            try scene.perform(.act(.reject(flow: try scene.control(of: "bob"), code: 0)), by: "bob")
            scene.expect("bob", ServerScene.ending, "RFC 7425 §5.3.6")
        },
        ending("closed.silent", "by falling silent, which is noticed in the end", "bob") { scene in
            try scene.perform(.silent, by: "bob")
            try scene.wait(300_000)
            try scene.isAlive("alice")
        },
    ]

    /// Somebody leaves: it is no participant any longer, is not introduced, and is not listed.
    private static func ending(
        _ name: String,
        _ way: String,
        _ end: String,
        _ leave: @escaping @Sendable (ServerScene) throws -> Void
    ) -> ServerStory {
        ServerStory(
            name: name,
            comment: "a viewer leaves \(way): it is no participant any longer, and is not introduced",
            section: ["RFC 7425 §5.3.6", "RFC 7425 §5.4.1", "tracker-protocol §8.3"],
            requirements: [
                "RFC7425-5.3.6-01", "RFC7425-5.3.6-02", "RFC7425-5.3.6-03", "RFC7425-5.4.1-03", "RDV-004",
                "RFC7016-3.5.1.4-03",
            ],
            faults: [
                Fault(
                    name: "listed",
                    error: .value,
                    requirements: ["RDV-004"],
                    reason: "it still is on the list",
                    place: ["act": "response", "request": 0],
                    end: "alice",
                    change: .listed(end)
                )
            ]
        ) { scene in
            try scene.join("alice")
            try scene.join(end)
            try leave(scene)
            try scene.participants(are: [], for: "alice")
            let tag = try scene.seek(try scene.id(of: end).octets, by: "alice")
            scene.forbid("alice", ["act": "redirect", "tag": .hex(tag)], "RFC 7425 §5.4.1")
            scene.forbid(end, ["act": "forward", "tag": .hex(tag)], "RFC 7425 §5.4.1")
            try scene.list(are: ["alice"], for: "alice")
        }
    }
}
