extension Recipe {
    /// Requests to a tracker, and what it answers.
    static let trackerExchanges = Recipe(
        "hlsp2p",
        "tracker-exchange",
        "Requests to a tracker, and what it answers",
        specification: [
            "tracker-protocol §2", "tracker-protocol §3", "tracker-protocol §4", "tracker-protocol §5",
            "tracker-protocol §6",
        ],
        notes: [
            "`body` of a request is sent with Content-Type application/x-www-form-urlencoded. Fields are compared by value; of Content-Type only the media type, without parameters as charset.",
            "`registered`: lists of peers by resource, the newest first. `statuses`: those that a tracker may answer with; `peers` and `body` are for 200.",
            "`peers`: the body is an array of `count` different ones of `of`. `fields`: header fields that the answer has. `after`: the lists after it.",
            "A peer that goes is announced from its own address: a tracker may take nobody else's word for it (Q-062). `after` holds in the end; a tracker need not wait for its registry before it answers.",
            "That the peers of an answer are different ones is a SHOULD where more are registered than wanted (TRK-009).",
        ]
    ) {
        var exchanges = TrackerBatch()
        exchanges.addPeers()
        exchanges.addSizes()
        exchanges.addCounts()
        exchanges.addDisconnects()
        exchanges.addRest()
        return exchanges.batch
    }
}

/// The exchanges, as they are being made.
private struct TrackerBatch {
    var batch = Batch("tracker-exchange", [], [])
    /// Why the exchanges that are added next may go otherwise; nil if they must not.
    private var leave: String?
    private let ids = (0..<12).map { hexadecimal(filler(32, from: UInt8($0 * 17 + 3))) }
    private var registered: [String: [String]] {
        ["channel": Array(ids.prefix(5)), "one": [ids[5]], "ü b": [ids[6], ids[7]]]
    }

    private mutating func add(
        _ name: String,
        _ comment: String,
        _ target: String,
        by method: String = "GET",
        form: String = "",
        statuses: [Int] = [200],
        type: String? = nil,
        peers: (count: Int, of: [String])? = nil,
        body: String? = nil,
        after: [String: [String]]? = nil,
        isRouted: Bool = true
    ) {
        func lists(_ lists: [String: [String]]) -> JSONValue {
            .object(lists.mapValues { .array($0.map(JSONValue.string)) })
        }
        var fields: [String: JSONValue] = isRouted ? ["Access-Control-Allow-Origin": "*"] : [:]
        fields["Content-Type"] = type.map(JSONValue.string)
        var expected: [String: JSONValue] = [
            "statuses": .array(statuses.map(JSONValue.integer)), "fields": .object(fields),
            "after": lists(after ?? registered),
        ]
        expected["peers"] = peers.map {
            .object(["count": .integer($0.count), "of": .array($0.of.map(JSONValue.string))])
        }
        expected["body"] = body.map(JSONValue.string)
        let input: [String: JSONValue] = [
            "registered": lists(registered), "method": .string(method), "target": .string(target),
            "body": .string(form),
        ]
        if let leave {
            batch.acceptable(name, comment, input, expected, because: leave)
        } else {
            batch.valid(name, comment, input, expected)
        }
    }

    mutating func addPeers() {
        let channel = Array(ids.prefix(5))
        batch.section = ["tracker-protocol §3"]
        for size in [5, 100, 1, 2, 4, 6, 7, 1_000_000] {
            batch.requirements =
                size < 5 ? ["TRK-005", "TRK-007", "TRK-008", "TRK-009"] : ["TRK-005", "TRK-006", "TRK-009", "TRK-012"]
            add(
                "peers-\(size)",
                "\(size) of five peers",
                "/get_peers?resourceID=channel&size=\(size)",
                type: "application/json",
                peers: (min(size, 5), channel)
            )
        }
        batch.requirements = ["TRK-013"]
        add("peers-single", "the only peer", "/get_peers?resourceID=one&size=1", peers: (1, [ids[5]]))
        batch.requirements = ["TRK-004"]
        add("peers-order", "parameters in another order", "/get_peers?size=9&resourceID=channel", peers: (5, channel))
        add(
            "peers-unknown-parameter",
            "a parameter that nobody knows",
            "/get_peers?x=y&resourceID=channel&size=9&z",
            peers: (5, channel)
        )
        batch.requirements = ["TRK-023"]
        for (name, escaped) in [("escaped", "%C3%BC%20b"), ("plus", "%c3%bc+b")] {
            add(
                "peers-\(name)",
                "an escaped name",
                "/get_peers?resourceID=\(escaped)&size=9",
                peers: (2, [ids[6], ids[7]])
            )
        }
        for name in ["Channel", "channel%20", "%20channel", "channel/", "chan"] {
            add(
                "peers-other-\(hexadecimal(name.utf8))",
                "the name is another one",
                "/get_peers?resourceID=\(name)&size=9",
                peers: (0, [])
            )
        }
        batch.requirements = ["TRK-014"]
        add("peers-unknown", "a resource that nobody is at", "/get_peers?resourceID=nobody&size=3", peers: (0, []))
        leave = "a tracker SHOULD answer so"
        batch.requirements = ["TRK-019"]
        for (name, query) in [("missing", "size=3"), ("no-query", "")] {
            add("resource-\(name)", "no resource", "/get_peers?\(query)", statuses: [200, 400], peers: (0, []))
        }
        batch.requirements = ["TRK-021"]
        for name in ["cumulus_app", "hlsp2p:peer", "%00", "a%0Ab"] {
            add(
                "resource-\(hexadecimal(name.utf8))",
                "what cannot be a resource",
                "/get_peers?resourceID=\(name)&size=3",
                statuses: [200, 400],
                peers: (0, [])
            )
        }
        leave = "an empty array, says the specification; this repository refuses the name"
        add(
            "resource-empty",
            "an empty resource",
            "/get_peers?resourceID=&size=3",
            statuses: [200, 400],
            peers: (0, [])
        )
        leave = "a tracker SHOULD answer so"
        batch.requirements = ["TRK-022"]
        add(
            "resource-twice",
            "two resources: the first counts, or neither",
            "/get_peers?resourceID=one&resourceID=channel&size=9",
            statuses: [200, 400],
            peers: (1, [ids[5]])
        )
        batch.section = ["tracker-protocol §2"]
        batch.requirements = ["TRK-044"]
        leave = "the specification infers that paths are compared so, and demands nothing"
        for path in ["/GET_PEERS", "/Get_Peers", "/get_peers/"] {
            add(
                "path-\(hexadecimal(path.utf8))",
                "the path \(path)",
                "\(path)?resourceID=one&size=1",
                peers: (1, [ids[5]])
            )
        }
        leave = nil
        add(
            "absolute",
            "an absolute target",
            "http://tracker.example/get_peers?resourceID=one&size=1",
            peers: (1, [ids[5]])
        )
    }

    mutating func addSizes() {
        batch.section = ["tracker-protocol §3", "tracker-protocol §3.2"]
        batch.requirements = ["TRK-020"]
        let digits = ["007", "9223372036854775808", "99999999999999999999999"]
        for (text, size) in [
            ("3x", 3), ("2.9", 2), ("1e2", 1), ("%207", 7), ("+4", 4), ("%2B4", 4), ("007", 7), ("%093", 3), ("4,5", 4),
            ("9223372036854775808", 5), ("99999999999999999999999", 5),
        ] {
            leave =
                digits.contains(text)
                ? nil : "a tracker MAY take the leading integer; else it answers with 400 or an empty array"
            batch.requirements = [digits.contains(text) ? "TRK-006" : "TRK-020"]
            let count = min(size, 5)
            add(
                "size-\(hexadecimal(text.utf8))",
                "a size of \(text)",
                "/get_peers?resourceID=channel&size=\(text)",
                peers: (count, Array(ids.prefix(5)))
            )
        }
        leave = "a tracker SHOULD answer so"
        batch.requirements = ["TRK-017"]
        for text in ["", "x", "x3", "%20", "-", "NaN", "null", ".5", "%EF%BC%93"] {
            add(
                "no-size-\(hexadecimal(text.utf8))",
                "a size of \(text), which is no number",
                "/get_peers?resourceID=channel&size=\(text)",
                statuses: [200, 400],
                peers: (0, [])
            )
        }
        add("size-missing", "no size", "/get_peers?resourceID=channel", statuses: [200, 400], peers: (0, []))
        batch.requirements = ["TRK-018"]
        for text in ["-1", "-5", "-99999999999999999999"] {
            add(
                "size-\(text)",
                "a size of \(text)",
                "/get_peers?resourceID=channel&size=\(text)",
                statuses: [200, 400],
                peers: (0, [])
            )
        }
        batch.requirements = ["TRK-015"]
        for text in ["0", "00", "-0", "0x10"] {
            leave =
                text.hasPrefix("0") && !text.contains("x")
                ? nil : "a tracker MAY take the leading integer; else it answers with 400 or an empty array"
            add(
                "size-\(hexadecimal(text.utf8))",
                "a size of \(text)",
                "/get_peers?resourceID=channel&size=\(text)",
                peers: (0, [])
            )
        }
    }

    mutating func addCounts() {
        batch.section = ["tracker-protocol §4"]
        for (name, query, count, row) in [
            ("channel", "resourceID=channel", 5, "TRK-027"), ("one", "resourceID=one", 1, "TRK-027"),
            ("escaped", "resourceID=%C3%BC+b", 2, "TRK-023"),
            ("unknown", "resourceID=nobody", 0, "TRK-028"), ("empty", "resourceID=", 0, "TRK-028"),
            ("missing", "", 0, "TRK-028"),
            ("set", "resourceID=cumulus_app", 0, "TRK-029"), ("reserved", "resourceID=hlsp2p:x", 0, "TRK-028"),
            ("upper", "resourceID=CHANNEL", 0, "TRK-023"),
        ] {
            batch.requirements = [row]
            leave = row == "TRK-029" ? "a tracker SHOULD answer so" : nil
            add(
                "count-\(name)",
                "how many peers are at \(name)",
                "/get_total_count?\(query)",
                type: "application/json",
                body: "\(count)"
            )
        }
    }

    mutating func addDisconnects() {
        batch.section = ["tracker-protocol §5"]
        func without(_ id: String, _ resource: String) -> [String: [String]] {
            registered.merging([resource: registered[resource, default: []].filter { $0 != id }]) { $1 }
        }
        batch.requirements = ["TRK-030", "TRK-031", "TRK-032", "TRK-037"]
        for index in 0..<5 {
            add(
                "disconnect-\(index)",
                "peer \(index) goes",
                "/peer_disconnect",
                by: "POST",
                form: "peer_id=\(ids[index])&app=channel",
                body: "",
                after: without(ids[index], "channel")
            )
        }
        add(
            "disconnect-order",
            "fields in another order, and another one",
            "/peer_disconnect",
            by: "POST",
            form: "x=1&app=channel&peer_id=\(ids[0])",
            body: "",
            after: without(ids[0], "channel")
        )
        add(
            "disconnect-escaped",
            "an escaped name",
            "/peer_disconnect",
            by: "POST",
            form: "peer_id=\(ids[6])&app=%C3%BC+b",
            body: "",
            after: without(ids[6], "ü b")
        )
        add(
            "disconnect-only",
            "the only peer goes",
            "/peer_disconnect",
            by: "POST",
            form: "peer_id=\(ids[5])&app=one",
            body: "",
            after: without(ids[5], "one")
        )
        batch.requirements = ["TRK-033", "TRK-034"]
        for (name, form) in [
            ("unknown-peer", "peer_id=\(ids[11])&app=channel"), ("other-resource", "peer_id=\(ids[5])&app=channel"),
            ("unknown-resource", "peer_id=\(ids[0])&app=nobody"),
            ("set", "peer_id=\(ids[0])&app=cumulus_app"), ("no-peer", "app=channel"),
            ("no-resource", "peer_id=\(ids[0])"), ("nothing", ""), ("no-id", "peer_id=x&app=channel"),
            ("upper", "peer_id=\(ids[0].uppercased())&app=channel"), ("empty", "peer_id=&app="), ("garbage", "%%%=&&&"),
        ] {
            add("disconnect-\(name)", "nobody goes: \(name)", "/peer_disconnect", by: "POST", form: form, body: "")
        }
    }

    mutating func addRest() {
        batch.section = ["tracker-protocol §6"]
        batch.requirements = ["TRK-038"]
        for (name, form) in [
            ("line", "log=1429867200000%7CP2PLoader+words"), ("empty", "log="), ("control", "log=a%0Ab%1B%5B2J"),
            ("not-utf8", "log=%FF%FE"), ("long", "log=\(String(repeating: "x", count: 5000))"),
        ] {
            add("log-\(name)", "a line of a log: \(name)", "/remote_log", by: "POST", form: form, body: "")
        }
        batch.requirements = ["TRK-039"]
        leave = "a tracker SHOULD answer so"
        add("log-missing", "no line", "/remote_log", by: "POST", body: "")
        batch.section = ["tracker-protocol §2"]
        batch.requirements = ["TRK-044"]
        for (name, method, target) in [
            ("root", "GET", "/"), ("unknown", "GET", "/get_peer"),
            ("post-peers", "POST", "/get_peers?resourceID=one&size=1"), ("get-disconnect", "GET", "/peer_disconnect"),
            ("get-log", "GET", "/remote_log?log=x"), ("put", "PUT", "/get_peers"),
            ("delete", "DELETE", "/get_total_count"), ("post-count", "POST", "/get_total_count"),
            ("below", "GET", "/get_peers/x"), ("double-slash", "GET", "//get_peers"),
        ] {
            add("not-found-\(name)", "there is nothing: \(method) \(target)", target, by: method, statuses: [404])
        }
        leave = nil
        batch.section = ["tracker-protocol §7"]
        batch.requirements = ["TRK-043"]
        for path in ["/package.json", "/app.js", "/../app.js", "/%2e%2e/app.js", "/node_modules/express/package.json"] {
            add(
                "file-\(hexadecimal(path.utf8))",
                "a file of the tracker",
                path,
                statuses: [400, 403, 404],
                isRouted: false
            )
        }
        batch.section = ["tracker-protocol §2"]
        batch.requirements = ["TRK-044"]
        leave = "a tracker SHOULD answer so"
        add("head-peers", "HEAD where GET is", "/get_peers?resourceID=channel&size=9", by: "HEAD")
        add("head-count", "HEAD where GET is", "/get_total_count?resourceID=channel", by: "HEAD")
        batch.section = ["tracker-protocol §7"]
        batch.requirements = ["TRK-042"]
        leave = "a tracker MAY serve it; the type is inferred"
        add(
            "policy",
            "the policy for the Flash runtime",
            "/crossdomain.xml",
            type: "application/xml",
            isRouted: false
        )
    }
}
