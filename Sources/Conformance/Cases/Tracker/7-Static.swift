/// tracker-protocol §2 and §7: files, and paths that nobody has.
enum TrackerStaticCases {
    static let all: [Case] = [
        .tracker(
            "static/cross-domain-policy",
            "`/crossdomain.xml` allows all domains, without requiring security.",
            ["TRK-042"],
            level: .may,
            accepts: [.init("there is none", "tracker-protocol §7: clients other than Flash do not need it.")],
            saboteurs: ["policy-closed", "policy-fails", "no-content-type"]
        ) { tracker in
            let answer = try tracker.ask(HTTPQuestion("GET", "/crossdomain.xml"))
            if answer.status == 404 { throw Settled(alternative: "there is none") }
            try answer.requireStatus(200)
            let text = String(decoding: answer.body, as: UTF8.self)
            let holds = ["<cross-domain-policy", "allow-access-from", "domain=\"*\"", "secure=\"false\""].filter {
                !text.contains($0)
            }
            try require(
                holds.isEmpty
                    && ["application/xml", "text/xml", "text/x-cross-domain-policy"].contains(answer.mediaType),
                expected: "a policy in XML that allows access from all domains, secure or not",
                actual: "\(answer.summary)" + (holds.isEmpty ? "" : ", without \(holds.joined(separator: ", "))")
            )
        },
        hidden(
            "program-files",
            "The tracker does not serve its own program files.",
            ["program-files-served"],
            [
                "/index.js", "/package.json", "/app.js", "/server.js", "/main.js", "/tracker.js", "/tracker.py",
                "/app.py",
                "/main.go", "/Package.swift", "/Cargo.toml", "/go.mod", "/Dockerfile", "/Makefile", "/README.md",
                "/.git/config",
                "/.env", "/node_modules/express/package.json", "/public/crossdomain.xml", "/npm-shrinkwrap.json",
                "/package-lock.json", "/requirements.txt", "/hlsp2p-check",
            ]
        ),
        hidden(
            "files-of-the-machine",
            "The tracker serves no file from outside its directory.",
            ["parent-directories-served"],
            [
                "/../../../../../../etc/passwd", "/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
                "/..%2f..%2f..%2f..%2f..%2fetc%2fpasswd", "//etc/passwd", "/crossdomain.xml/../../../../etc/passwd",
                "/..%5c..%5c..%5cetc/passwd", "/%252e%252e/%252e%252e/etc/passwd", "/etc/passwd",
            ]
        ),
        undefined("path-unknown", "GET", "/no_such_path", ["unknown-paths-answered", "unknown-paths-fail"]),
        undefined("get-of-peer-disconnect", "GET", "/peer_disconnect", ["any-method-answered", "wrong-methods-fail"]),
        undefined("get-of-remote-log", "GET", "/remote_log", ["any-method-answered", "wrong-methods-fail"]),
        undefined(
            "post-of-get-peers",
            "POST",
            "/get_peers?resourceID=x&size=1",
            ["any-method-answered", "wrong-methods-fail"]
        ),
        undefined(
            "delete-of-get-peers",
            "DELETE",
            "/get_peers?resourceID=x&size=1",
            ["any-method-answered", "wrong-methods-fail"]
        ),
    ]

    /// Paths under which nothing may be found.
    private static func hidden(_ name: String, _ title: String, _ saboteurs: [String], _ paths: [String]) -> Case {
        .tracker("static/\(name)", title, ["TRK-043"], saboteurs: saboteurs) { tracker in
            for path in paths {
                let answer = try tracker.ask(HTTPQuestion("GET", path))
                try require(answer.status >= 300, expected: "no success for \(path)", actual: answer.summary)
            }
        }
    }

    /// A method and a path that are not defined together.
    private static func undefined(_ name: String, _ method: String, _ target: String, _ saboteurs: [String]) -> Case {
        .tracker(
            "static/\(name)",
            "\(method) \(target.prefix { $0 != "?" }), which is not defined, is answered with 404.",
            ["TRK-044"],
            level: .should,
            accepts: [
                .init(
                    "405 with Allow",
                    "RFC 9110 §15.5.6: a method that is known but not supported by the resource is answered so."
                )
            ],
            saboteurs: saboteurs
        ) { tracker in
            var question = HTTPQuestion(method, target)
            if method == "POST" { question.body = [] }
            let answer = try tracker.ask(question)
            if answer.status == 405, !answer.values("Allow").isEmpty { throw Settled(alternative: "405 with Allow") }
            try answer.requireStatus(404)
        }
    }
}
