internal import Flash
internal import HLSP2P
internal import RTMFP

/// Stories of viewers who publish to the rendezvous and play from it.
extension ServerStory {
    static let media = [stream, taken, strange]

    private static let audio: [UInt8] = [8, 0, 0, 0, 10, 0xaf, 1, 2, 3]
    /// A key frame: who begins to play in between is told nothing of what builds on frames before.
    private static let video: [UInt8] = [9, 0, 0, 0, 20, 0x17, 1, 0, 0, 0, 7]

    private static let stream = ServerStory(
        name: "stream",
        comment: "one viewer publishes, another plays: what is published comes as it is",
        section: ["RFC 7425 §5.3.5", "RFC 7425 §5.3.7"],
        requirements: [
            "RFC7425-5.3.5.1-01", "RFC7425-5.3.5.2-01", "RFC7425-5.3.5.2-02", "RFC7425-5.3.7-01", "RFC7425-5.3.7-02",
            "RFC7425-5.3.7-03", "RFC7425-5.3.7-04",
        ],
        faults: [
            Fault(
                name: "number",
                error: .mismatch,
                requirements: ["RFC7425-5.3.7-01"],
                reason:
                    "the number of the stream is a text, and a flow comes for a stream that the client was not given",
                place: ["command": "_result", "transaction": 2],
                end: "bob",
                change: .octets { $0.dropLast(9) + [2, 0, 1, 0x31] }
            ),
            Fault(
                name: "zero",
                error: .mismatch,
                requirements: ["RFC7425-5.3.7-01"],
                reason: "the number of the stream is 0, and a flow comes for a stream that the client was not given",
                place: ["command": "_result", "transaction": 2],
                end: "bob",
                change: .octets { $0.dropLast(8) + [UInt8](repeating: 0, count: 8) }
            ),
            Fault(
                name: "publish",
                error: .missing,
                requirements: ["RFC7425-5.3.7-03"],
                reason: "the status is that of something else",
                place: ["code": "NetStream.Publish.Start"],
                end: "alice",
                change: .text("Publish.Start", "Publish.Stare")
            ),
            Fault(
                name: "publish.stream",
                error: .mismatch,
                requirements: ["RFC7425-5.3.5.2-01"],
                reason: "the flow is for another stream",
                place: ["code": "NetStream.Publish.Start"],
                end: "alice",
                change: .member("metadata", "54430402")
            ),
            Fault(
                name: "play",
                error: .missing,
                requirements: ["RFC7425-5.3.7-02"],
                reason: "the status is that of something else",
                place: ["code": "NetStream.Play.Start"],
                end: "bob",
                change: .text("Play.Start", "Play.Stare")
            ),
            Fault(
                name: "begin",
                error: .value,
                requirements: ["RFC7425-5.3.7-02"],
                reason: "another stream begins",
                place: ["event": 0],
                end: "bob",
                change: .octets { $0.dropLast() + [2] }
            ),
            Fault(
                name: "payload",
                error: .missing,
                requirements: ["RFC7425-5.3.7-04"],
                reason: "the payload is another",
                place: ["type": 8],
                end: "bob",
                change: .octets { $0.dropLast() + [4] }
            ),
            Fault(
                name: "type",
                error: .missing,
                requirements: ["RFC7425-5.3.7-04"],
                reason: "audio comes as video",
                place: ["type": 8],
                end: "bob",
                change: .octets { [9] + $0.dropFirst() }
            ),
        ]
    ) { scene in
        try scene.join("alice")
        let published = try publish("alice", in: scene)
        scene.expect(
            "alice",
            ["act": "message", "command": "onStatus", "code": "NetStream.Publish.Start"],
            ["streamID": published, "level": "status"],
            most: 1,
            "RFC 7425 §5.3.7"
        )
        let played = try play("bob", in: scene)
        scene.expect("bob", ["act": "message", "event": 0], ["parameters": one(played)], "RFC 7425 §5.3.7")
        scene.expect(
            "bob",
            ["act": "message", "command": "onStatus", "code": "NetStream.Play.Start"],
            ["streamID": played, "level": "status"],
            most: 1,
            "RFC 7425 §5.3.7"
        )
        for message in [audio, video] {
            try relay(message, from: "alice", to: "bob", played, in: scene)
            scene.forbid("alice", ["act": "message", "type": .integer(Int(message[0]))], "RFC 7425 §5.3.7")
        }
        try scene.perform(.act(.close), by: "alice")
        try scene.isAlive("bob")
    }

    private static let taken = ServerStory(
        name: "stream.taken",
        comment: "who publishes under a name that is taken is told that it begins or that it cannot; the first goes on",
        section: ["RFC 7425 §5.3.7"],
        requirements: ["RFC7425-5.3.7-03", "RFC7425-5.3.7-04"],
        clients: ["alice", "bob", "carol"],
        faults: [
            Fault(
                name: "untold",
                error: .missing,
                requirements: ["RFC7425-5.3.7-03"],
                reason: "the second one is told something else",
                place: ["code": "NetStream.Publish.BadName"],
                end: "bob",
                change: .text("Publish.BadName", "Publish.BadGame")
            ),
            Fault(
                name: "harmed",
                error: .missing,
                requirements: ["RFC7425-5.3.7-04"],
                reason: "what the first one goes on to publish does not come as it is",
                place: ["type": 8],
                end: "carol",
                change: .octets { $0.dropLast() + [4] }
            ),
        ]
    ) { scene in
        try scene.join("alice")
        try publish("alice", in: scene)
        let played = try play("carol", in: scene)
        try scene.join("bob")
        try publish("bob", in: scene)
        let codes = JSONValue.object(["oneOf": .array(["NetStream.Publish.Start", "NetStream.Publish.BadName"])])
        scene.expect("bob", ["act": "message", "command": "onStatus", "code": codes], "RFC 7425 §5.3.7")
        for message in [audio, video] { try relay(message, from: "alice", to: "carol", played, in: scene) }
        try scene.isAlive("alice")
        try scene.isAlive("bob")
    }

    private static let strange = ServerStory(
        name: "stream.unknown",
        comment: "a flow for a stream that there is not is rejected, and nothing else ends",
        section: ["RFC 7425 §5.3.5"],
        requirements: ["RFC7425-5.3.5.1-03"],
        clients: ["alice"],
        faults: [
            Fault(
                name: "other",
                error: .missing,
                requirements: ["RFC7425-5.3.5.1-03"],
                reason: "the control flow is rejected instead",
                place: ["act": "reject"],
                end: "alice",
                change: .member("flow", 0)
            )
        ]
    ) { scene in
        try scene.join("alice")
        try scene.say(Command("play", [.string("cam")]).message().encoded, on: .stream(9_999), by: "alice")
        scene.expect("alice", ["act": "reject", "streamID": 9999], "RFC 7425 §5.3.5")
        try scene.isAlive("alice")
    }

    /// A client is given a stream; gives back what tells its number, whichever that is.
    private static func create(_ end: String, in scene: ServerScene) throws -> JSONValue {
        let transaction = try scene.call("createStream", by: end)
        scene.expect(
            end,
            ["act": "message", "command": "_result", "transaction": .double(transaction)],
            ["streamID": 0, "number": .object(["least": 1])],
            most: 1,
            "RFC 7425 §5.3.7"
        )
        return .object(["given": .double(transaction)])
    }

    /// A client is given a stream and publishes on it; gives back what tells its number.
    @discardableResult
    private static func publish(_ end: String, in scene: ServerScene) throws -> JSONValue {
        let stream = try create(end, in: scene)
        try scene.say(
            Command("publish", [.string("cam"), .string("live")]).message().encoded,
            on: .stream(1),
            by: end
        )
        return stream
    }
    /// A client comes, is given a stream and plays on it; gives back what tells its number.
    private static func play(_ end: String, in scene: ServerScene) throws -> JSONValue {
        try scene.join(end)
        let stream = try create(end, in: scene)
        try scene.say(Command("play", [.string("cam")]).message().encoded, on: .stream(1), by: end)
        return stream
    }

    /// What one client says on its stream comes to another on its stream, as it is.
    private static func relay(
        _ message: [UInt8],
        from publisher: String,
        to player: String,
        _ stream: JSONValue,
        in scene: ServerScene
    ) throws {
        try scene.say(message, on: .stream(1), by: publisher)
        scene.expect(
            player,
            [
                "act": "message", "type": .integer(Int(message[0])), "payload": .octets(message.dropFirst(5)),
                "streamID": stream,
            ],
            [:],
            most: 1,
            "RFC 7425 §5.3.7"
        )
    }
    /// An array of that number alone.
    private static func one(_ number: JSONValue) -> JSONValue {
        guard case .object(let bounds) = number else { return .array([number]) }
        return .object(bounds.merging(["count": 1]) { $1 })
    }
}
