internal import Flash
internal import HLSP2P
internal import RTMFP

/// Stories of trackers: requests are made while clients of the rendezvous come and go.
extension ServerStory {
    static let tracker: [ServerStory] = [listing, coming, going] + departures + [malformed, plain]

    private static let listing = ServerStory(
        name: "list",
        comment: "clients come, are listed, and go: who asks for more than there are gets all of them",
        section: ["tracker-protocol §3.1", "tracker-protocol §4"],
        requirements: [
            "TRK-001", "TRK-003", "TRK-005", "TRK-006", "TRK-009", "TRK-014", "TRK-027", "TRK-028", "RDV-001",
            "RDV-004",
        ],
        clients: ["alice", "bob", "carol"],
        faults: [
            Fault(
                name: "null",
                error: .value,
                requirements: ["TRK-016"],
                reason: "there is a null in the list",
                place: ["act": "response", "request": 1],
                end: "alice",
                change: .body { "\($0.dropLast()),null]" }
            ),
            Fault(
                name: "object",
                error: .value,
                requirements: ["TRK-001"],
                reason: "the list stands in an object",
                place: ["act": "response", "request": 1],
                end: "alice",
                change: .body { "{\"peers\":\($0)}" }
            ),
            Fault(
                name: "empty",
                error: .value,
                requirements: ["TRK-006", "RDV-001"],
                reason: "who is there is not listed",
                place: ["act": "response", "request": 1],
                end: "alice",
                change: .body { _ in "[]" }
            ),
            Fault(
                name: "twice",
                error: .value,
                requirements: ["TRK-009"],
                reason: "somebody is listed twice",
                place: ["act": "response", "request": 2],
                end: "bob",
                change: .body { text in
                    let first = text.dropFirst().prefix(66)
                    return "[\(first),\(first)]"
                }
            ),
            Fault(
                name: "invented",
                error: .value,
                requirements: ["TRK-005"],
                reason: "somebody is listed who is not there",
                place: ["act": "response", "request": 1],
                end: "alice",
                change: .body { _ in "[\"\(String(repeating: "0123456789abcdef", count: 4))\"]" }
            ),
            Fault(
                name: "uppercase",
                error: .value,
                requirements: ["RDV-002"],
                reason: "the ID is in capital letters",
                place: ["act": "response", "request": 1],
                end: "alice",
                change: .body { $0.uppercased() }
            ),
            Fault(
                name: "count",
                error: .value,
                requirements: ["TRK-027"],
                reason: "the count is another",
                place: ["act": "response", "request": 3],
                end: "bob",
                change: .body { _ in "3" }
            ),
            Fault(
                name: "count-text",
                error: .value,
                requirements: ["TRK-027", "TRK-029"],
                reason: "the count is a text",
                place: ["act": "response", "request": 3],
                end: "bob",
                change: .body { "\"\($0)\"" }
            ),
            Fault(
                name: "status",
                error: .value,
                requirements: ["TRK-001"],
                reason: "the answer is no success",
                place: ["act": "response", "request": 1],
                end: "alice",
                change: .member("status", 500)
            ),
            Fault(
                name: "origin",
                error: .value,
                requirements: ["TRK-003"],
                reason: "no page may read the answer",
                place: ["act": "response", "request": 1],
                end: "alice",
                change: .member("fields", .array([]))
            ),
            Fault(
                name: "request",
                error: .mismatch,
                requirements: ["TRK-001"],
                reason: "it answers a request that was not made yet",
                place: ["act": "response", "request": 1],
                end: "alice",
                change: .member("request", 2)
            ),
        ]
    ) { scene in
        try scene.list(are: [], for: "alice")
        try scene.join("alice")
        try scene.list(are: ["alice"], for: "alice")
        try scene.join("bob")
        try scene.list(are: ["alice", "bob"], for: "bob")
        try scene.count(is: 2, for: "bob")
        try scene.join("carol")
        try scene.list(are: ["alice", "bob", "carol"], for: "carol")
        try scene.perform(.act(.finish(flow: try scene.flow(.control, of: "alice"))), by: "alice")
        try scene.settle()
        try scene.count(is: 2, for: "carol")
        try scene.list(are: ["bob", "carol"], for: "carol")
        try scene.perform(.act(.close), by: "bob")
        try scene.perform(.act(.close), by: "carol")
        try scene.settle()
        try scene.list(are: [], for: "carol")
        try scene.count(is: 0, for: "carol")
    }

    private static let coming = ServerStory(
        name: "some",
        comment:
            "who asks for fewer than there are gets so many different ones of them, whichever; resources are apart",
        section: ["tracker-protocol §3.1"],
        requirements: ["TRK-005", "TRK-007", "TRK-008", "TRK-009", "TRK-012", "TRK-013", "TRK-014", "TRK-023"],
        clients: ["alice", "bob", "carol", "dave"],
        faults: [
            Fault(
                name: "all",
                error: .value,
                requirements: ["TRK-008"],
                reason: "there are more than were asked for",
                place: ["act": "response", "request": 1],
                end: "alice",
                change: .body { text in
                    "[\(text.dropFirst().prefix(66)),\"\(String(repeating: "a", count: 64))\",\(text.dropFirst())"
                }
            ),
            Fault(
                name: "fewer",
                error: .value,
                requirements: ["TRK-007"],
                reason: "there are fewer than were asked for, though there are enough",
                place: ["act": "response", "request": 1],
                end: "alice",
                change: .body { "\($0.prefix(67))]" }
            ),
        ]
    ) { scene in
        for name in ["alice", "bob", "carol"] { try scene.join(name) }
        try scene.join("dave", [.string("another film")])
        let all = JSONValue.array(try ["alice", "bob", "carol"].map { .string(try scene.id(of: $0).description) })
        for size in 1...3 {
            let request = try scene.ask("GET", "/get_peers?size=\(size)&resourceID=film", by: "alice")
            scene.expect(
                "alice",
                ["act": "response", "request": .integer(request)],
                ["status": 200, "peers": .object(["among": all, "count": .integer(size)])],
                most: 1,
                "tracker-protocol §3.1"
            )
        }
        try scene.list("another+film", are: ["dave"], for: "dave")
        try scene.list("another%20film", are: ["dave"], size: 1, for: "dave")
        try scene.list("a+third+film", are: [], for: "dave")
    }

    private static let going = ServerStory(
        name: "disconnect",
        comment:
            "a page that closes has its viewer taken off the list, and nobody else; its connection goes on until it ends",
        section: ["tracker-protocol §5"],
        requirements: ["TRK-030", "TRK-031", "TRK-032", "TRK-033", "TRK-035"],
        faults: [
            Fault(
                name: "status",
                error: .value,
                requirements: ["TRK-030"],
                reason: "the answer is no success",
                place: ["act": "response", "request": 1],
                end: "alice",
                change: .member("status", 404)
            ),
            Fault(
                name: "stays",
                error: .value,
                requirements: ["TRK-032"],
                reason: "nobody is listed any longer",
                place: ["act": "response", "request": 2],
                end: "bob",
                change: .body { _ in "[]" }
            ),
        ]
    ) { scene in
        try scene.join("alice")
        try scene.join("bob")
        try scene.list(are: ["alice", "bob"], for: "bob")
        try disconnect(try scene.id(of: "alice").description, in: scene)
        try scene.settle()
        try scene.list(are: ["bob"], for: "bob")
        // Whom nobody knows.
        try disconnect(String(repeating: "0", count: 64), in: scene)
        try disconnect("", in: scene)
        try scene.settle()
        try scene.list(are: ["bob"], for: "bob")
        try scene.isAlive("alice")
        try scene.perform(.act(.close), by: "alice")
        try scene.settle()
        try scene.list(are: ["bob"], for: "bob")
    }

    private static func disconnect(_ id: String, in scene: ServerScene) throws {
        let request = try scene.ask("POST", "/peer_disconnect", "app=film&peer_id=\(id)", by: "alice")
        scene.expect(
            "alice",
            ["act": "response", "request": .integer(request)],
            ["status": 200, "origin": "*"],
            most: 1,
            "tracker-protocol §5"
        )
    }

    private static let departures = [
        ServerStory(
            name: "expiry",
            comment: "who falls silent is taken off the list in the end, without a word",
            section: ["tracker-protocol §1", "tracker-protocol §8.3", "RFC 7425 §5.3.6"],
            requirements: ["RFC7425-5.3.6-03", "RDV-004", "RDV-005", "TRK-046"],
            faults: [
                Fault(
                    name: "stays",
                    error: .value,
                    requirements: ["TRK-046"],
                    reason: "who has long been silent still is listed",
                    place: ["act": "response", "request": 1],
                    end: "bob",
                    change: .listed("alice")
                )
            ]
        ) { scene in
            try scene.join("alice")
            try scene.join("bob")
            try scene.list(are: ["alice", "bob"], for: "bob")
            try scene.perform(.silent, by: "alice")
            try scene.wait(300_000)
            try scene.isAlive("bob")
            try scene.list(are: ["bob"], for: "bob")
            try scene.count(is: 1, for: "bob")
        },
        ServerStory(
            name: "refused",
            comment: "a client that is refused is not listed",
            section: ["tracker-protocol §8.1", "tracker-protocol §8.3"],
            requirements: ["RFC7425-5.3.2-04", "RDV-008", "TRK-005"]
        ) { scene in
            try scene.join("bob")
            try scene.open("alice")
            try scene.connect("alice", [])
            scene.expect(
                "alice",
                ["act": "message", "command": "_error", "transaction": 1],
                ["level": "error", "code": "NetConnection.Connect.Rejected"],
                most: 1,
                "tracker-protocol §8.1"
            )
            try scene.list(are: ["bob"], for: "bob")
        },
    ]

    private static let malformed = ServerStory(
        name: "malformed",
        comment: "requests that make no sense are refused, or answered with nothing, and do no harm",
        section: ["tracker-protocol §3.2", "tracker-protocol §5"],
        requirements: ["TRK-015", "TRK-016", "TRK-017", "TRK-018", "TRK-019", "TRK-021", "TRK-044"],
        faults: [
            Fault(
                name: "null",
                error: .value,
                requirements: ["TRK-016"],
                reason: "a list that nobody can be on holds a null",
                place: ["act": "response", "request": 5],
                end: "alice",
                change: .body { _ in "[null]" }
            ),
            Fault(
                name: "everybody",
                error: .value,
                requirements: ["TRK-015"],
                reason: "the size is 0, and somebody is listed",
                place: ["act": "response", "request": 4],
                end: "alice",
                change: .body { _ in "[\"\(String(repeating: "0", count: 64))\"]" }
            ),
            Fault(
                name: "crash",
                error: .value,
                requirements: ["TRK-017"],
                reason: "the tracker fails",
                place: ["act": "response", "request": 1],
                end: "alice",
                change: .member("status", 500)
            ),
        ]
    ) { scene in
        try scene.join("alice")
        let refusable = [
            "/get_peers?resourceID=film", "/get_peers?resourceID=film&size=", "/get_peers?resourceID=film&size=many",
            "/get_peers?resourceID=film&size=-1", "/get_peers?resourceID=film&size=0",
            "/get_peers?resourceID=cumulus_app&size=5", "/get_peers?resourceID=&size=5", "/get_peers?size=5",
        ]
        for target in refusable {
            let request = try scene.ask("GET", target, by: "alice")
            let kind: [String: JSONValue] = ["act": "response", "request": .integer(request)]
            let mustBeEmpty = target.hasSuffix("size=0")
            scene.expect(
                "alice",
                kind,
                ["status": mustBeEmpty ? 200 : .object(["oneOf": .array([200, 400])])],
                most: 1,
                "tracker-protocol §3.2"
            )
            scene.expect(
                "alice",
                kind.merging(["status": 200]) { $1 },
                ["peers": .array([])],
                least: 0,
                "tracker-protocol §3.2"
            )
        }
        for (method, target) in [
            ("GET", "/peer_disconnect"), ("GET", "/remote_log"), ("GET", "/"), ("GET", "/nothing"),
        ] {
            let request = try scene.ask(method, target, by: "alice")
            scene.expect(
                "alice",
                ["act": "response", "request": .integer(request)],
                ["status": 404],
                most: 1,
                "tracker-protocol §2"
            )
        }
        try scene.list(are: ["alice"], for: "alice")
    }

    private static let plain = ServerStory(
        name: "forms",
        comment: "parameters in another order, unknown ones, escaped letters; a log line",
        section: ["tracker-protocol §2", "tracker-protocol §6"],
        requirements: ["TRK-003", "TRK-004", "TRK-023", "TRK-038"]
    ) { scene in
        try scene.join("alice")
        let id = try scene.id(of: "alice").description
        for target in [
            "/get_peers?size=3&resourceID=film", "/get_peers?x=y&resourceID=film&size=3&z",
            "/get_peers?resourceID=%66%69lm&size=3",
        ] {
            let request = try scene.ask("GET", target, by: "alice")
            scene.expect(
                "alice",
                ["act": "response", "request": .integer(request)],
                ["status": 200, "origin": "*", "peers": .array([.string(id)])],
                most: 1,
                "tracker-protocol §2"
            )
        }
        let request = try scene.ask("POST", "/remote_log", "log=1700000000000%7Cp2p+network+ok", by: "alice")
        scene.expect(
            "alice",
            ["act": "response", "request": .integer(request)],
            ["status": 200, "origin": "*"],
            most: 1,
            "tracker-protocol §6"
        )
        try scene.list(are: ["alice"], for: "alice")
    }
}
