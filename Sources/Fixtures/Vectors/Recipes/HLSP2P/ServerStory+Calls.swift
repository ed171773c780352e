internal import Flash
internal import HLSP2P
internal import RTMFP

/// Stories of rendezvous that are told nonsense, and of connections that end.
extension ServerStory {
    static let nonsense = [
        ServerStory(
            name: "unknown",
            comment:
                "a call of a method that there is not gets an error, without a transaction ID perhaps; nothing ends",
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
            comment: "a call before `connect` does not harm others, whatever becomes of who has made it",
            section: ["RFC 7425 §5.3.1", "RFC 7425 §5.3.2"],
            requirements: ["RFC7425-5.3.2-05"]
        ) { scene in
            try scene.open("alice")
            try scene.call("createStream", by: "alice")
            try scene.connect("alice")
            scene.expect(
                "alice",
                ["act": "message", "transaction": 2, "command": "_result"],
                ["code": "NetConnection.Connect.Success"],
                least: 0,
                most: 1,
                "RFC 7425 §5.3.2"
            )
            try scene.join("bob")
            try scene.isAlive("bob")
        },
        ServerStory(
            name: "twice",
            comment: "who connects twice on a connection is listed once, and others are not harmed",
            section: ["RFC 7425 §5.3.2", "tracker-protocol §1"],
            requirements: ["RFC7425-5.3.2-05", "TRK-009"],
            faults: [
                Fault(
                    name: "twice",
                    error: .value,
                    requirements: ["TRK-009"],
                    reason: "the first one is listed twice",
                    place: ["act": "response", "request": 0],
                    end: "bob",
                    change: .listed("alice")
                )
            ]
        ) { scene in
            try scene.join("alice")
            try scene.connect("alice")
            try scene.join("bob")
            try scene.isAlive("bob")
            let request = try scene.ask("GET", "/get_peers?resourceID=film&size=9", by: "bob")
            let ids = try ["alice", "bob"].map { name in try scene.id(of: name).description }
            // Whether the first one still is connected is open.
            let count = JSONValue.object([
                "oneOf": .array([
                    .array(ids.map(JSONValue.string)), .array(ids.reversed().map(JSONValue.string)),
                    .array([.string(ids[1])]),
                ])
            ])
            scene.expect(
                "bob",
                ["act": "response", "request": .integer(request)],
                ["status": 200, "peers": count],
                most: 1,
                "tracker-protocol §1"
            )
        },
        ServerStory(
            name: "ignored",
            comment: "commands in a format that there is not, and messages of types that no flow carries, are ignored",
            section: ["RFC 7425 §5.1", "RFC 7425 §5.3.3"],
            requirements: ["RFC7425-5.3.3-08", "RFC7425-5.3.3-09"],
            clients: ["alice"],
            faults: [
                Fault(
                    name: "answered",
                    error: .mismatch,
                    requirements: ["RFC7425-5.3.3-09"],
                    reason: "the call in a format that there is not is answered",
                    place: ["transaction": 100],
                    end: "alice",
                    change: .octets([0, 0x40, 0x59, 0], [0, 0x40, 0x58, 0xc0])
                )
            ]
        ) { scene in
            try scene.join("alice")
            let call = Command("ping", transactionID: 99).message().encoded
            try scene.say([17, 0, 0, 0, 0, 3] + call.dropFirst(5), by: "alice")
            scene.forbid("alice", ["act": "message", "transaction": 99], "RFC 7425 §5.3.3")
            for type: UInt8 in [1, 2, 3, 5, 6] { try scene.say([type, 0, 0, 0, 0] + call.dropFirst(5), by: "alice") }
            try scene.say(Command("ping", transactionID: 100, form: .extended).message().encoded, by: "alice")
            scene.expectAnswer("alice", 100)
            try scene.isAlive("alice")
        },
        ServerStory(
            name: "malformed",
            comment: "messages that cannot be read do not harm others, whatever becomes of who has sent them",
            section: ["RFC 7425 §5.3.2"],
            requirements: ["RFC7425-5.3.2-05"]
        ) { scene in
            try scene.join("bob")
            try scene.join("alice")
            for message: [UInt8] in [
                [], [20], [20, 0, 0], [20, 0, 0, 0, 0], [20, 0, 0, 0, 0, 2, 0xff, 0xff, 0x61], [20, 0, 0, 0, 0, 5],
                [17, 0, 0, 0, 0], [4, 0, 0, 0, 0, 0], [77, 1, 2, 3, 4, 5],
            ] {
                try scene.say(message, by: "alice")
            }
            try scene.isAlive("bob")
            try scene.list(for: "bob", with: "bob")
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
            try scene.settle()
            try scene.participants(are: [], for: "alice")
            let tag = try scene.seek(try scene.id(of: end).octets, by: "alice")
            scene.forbid("alice", ["act": "redirect", "tag": .hex(tag)], "RFC 7425 §5.4.1")
            scene.forbid(end, ["act": "forward", "tag": .hex(tag)], "RFC 7425 §5.4.1")
            try scene.list(are: ["alice"], for: "alice")
        }
    }
}
