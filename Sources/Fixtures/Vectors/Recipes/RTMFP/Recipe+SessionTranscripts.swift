internal import RTMFP

extension Recipe {
    /// What befalls sessions, and how they come about through a rendezvous.
    static let sessionTranscripts = Recipe(
        "rtmfp",
        "transcript",
        part: "sessions",
        "Introduction, losses, another address and the end of sessions",
        specification: ["RFC 7016 §3.5", "RFC 7016 §3.6"],
        notes: transcriptNotes
    ) {
        var batch = Batch("transcript.session", ["RFC 7016 §3.5.1.6"], [])
        try addIntroductions(to: &batch)
        let (alice, bob) = (try TranscriptCast.alice(), try TranscriptCast.bob())
        let opening = (at: 0, end: "alice", act: try TranscriptCast.open(bob, at: [bob.address]))
        func word(_ at: Int, _ end: String, _ text: String) -> (at: Int, end: String, act: TranscriptStep.Act) {
            (at, end, .write(session: 0, metadata: Array("words".utf8), message: Array(text.utf8)))
        }
        let outside = SocketAddress(.v4(0xc633_6402), port: 50_002)
        typealias Story = [(at: Int, end: String, act: TranscriptStep.Act)]
        let cases: [(String, String, [String], [String], Story, TranscriptScene.Path)] = [
            (
                "words", "a message each way", ["RFC 7016 §3.6"], ["RFC7016-3.6.3.1-01"],
                [
                    opening, word(100, "alice", "good day"), word(400, "bob", "good day to you"),
                    (800, "bob", .close(session: 0)),
                ],
                { _, _ in [10] }
            ),
            (
                "word-lost", "User Data are lost, and sent again", ["RFC 7016 §3.6.2.5"], ["RFC7016-3.6.2.5-01"],
                [opening, word(100, "alice", "good day"), (6_000, "alice", .close(session: 0))],
                TranscriptCast.path("alice", [2: []])
            ),
            (
                "ping", "a Ping and its reply", ["RFC 7016 §3.5.4"], ["RFC7016-3.5.4-01", "RFC7016-3.5.4-04"],
                [
                    opening, (100, "alice", .ping(session: 0, message: Array("there?".utf8))),
                    (500, "alice", .close(session: 0)),
                ],
                { _, _ in [10] }
            ),
            (
                "address-change", "the initiator's address changes: the responder verifies the new one",
                ["RFC 7016 §3.5.3", "RFC 7016 §3.5.4.2"],
                ["RFC7016-3.5.3-01", "RFC7016-3.5.3-02", "RFC7016-3.5.4.2-01", "RFC7016-3.5.4.2-04"],
                [
                    opening, word(100, "alice", "good day"), (1_400, "alice", .move(to: outside)),
                    word(1_500, "alice", "from here"), word(1_900, "bob", "to there"),
                    (2_400, "alice", .close(session: 0)),
                ],
                { _, _ in [10] }
            ),
            (
                "close", "an orderly close by the responder", ["RFC 7016 §3.5.5"],
                ["RFC7016-3.5.5-01", "RFC7016-3.5.5-05"], [opening, (300, "bob", .close(session: 0))], { _, _ in [10] }
            ),
            (
                "close-both", "both ends close at once", ["RFC 7016 §3.5.5"], ["RFC7016-3.5.5-05", "RFC7016-3.5.5-08"],
                [opening, (300, "alice", .close(session: 0)), (303, "bob", .close(session: 0))], { _, _ in [10] }
            ),
            (
                "close-lost", "the first Session Close Request is lost", ["RFC 7016 §3.5.5"],
                ["RFC7016-3.5.5-01", "RFC7016-3.5.5-05"], [opening, (300, "alice", .close(session: 0))],
                TranscriptCast.path("alice", [2: []])
            ),
            (
                "close-ack-lost", "the first Session Close Acknowledgement is lost", ["RFC 7016 §3.5.5"],
                ["RFC7016-3.5.5-01", "RFC7016-3.5.5-06"], [opening, (300, "alice", .close(session: 0))],
                TranscriptCast.path("bob", [2: []])
            ),
            (
                "abort", "an abrupt close", ["RFC 7016 §3.5.5"], ["RFC7016-3.5.5-04", "RFC7016-3.5.5-09"],
                [opening, (300, "alice", .abort(session: 0))], { _, _ in [10] }
            ),
        ]
        for (name, comment, section, requirements, script, path) in cases {
            batch.section = section
            batch.requirements = requirements
            let last = script.last?.at ?? 0
            try batch.transcript(
                name,
                comment,
                TranscriptScene(ends: [alice, bob], script: script, path: path, duration: last + 8_000)
            )
        }
        return batch
    }

    private static func addIntroductions(to batch: inout Batch) throws {
        let (alice, bob) = (try TranscriptCast.alice(.fixed(.modp1024)), try TranscriptCast.bob(.fixed(.modp1024)))
        var server = try TranscriptCast.server()
        server.introduces = true
        let script = [
            (at: 0, end: "bob", act: try TranscriptCast.open(server, at: [server.address])),
            (at: 1_000, end: "alice", act: try TranscriptCast.open(bob, at: [server.address])),
            (at: 2_000, end: "alice", act: .close(session: 0)),
        ]
        for (name, comment, requirements, path) in [
            (
                "introduction", "the server sends Alice to Bob, and Bob to Alice",
                ["RFC7016-3.5.1.6-01", "RFC7016-3.5.1.6-03", "RFC7016-3.5.1.6-04", "RFC7016-3.5.1.5-02"],
                { _, _ in [10] } as TranscriptScene.Path
            ),
            (
                "introduction.forwarded-only", "the Redirect is lost: Bob's RHello comes because of the FIHello",
                ["RFC7016-3.5.1.5-02", "RFC7016-3.5.1.5-03", "RFC7016-3.5.1.1.2-08"],
                // The server says RHello and RIKeying to Bob, then the FIHello, then the Redirect.
                { from, number in from == "server" && number == lostRedirect ? [] : [10] }
            ),
            (
                "introduction.redirect-only", "the FIHello is lost: Bob answers the IHello that comes from Alice",
                ["RFC7016-3.5.1.6-03", "RFC7016-3.5.1.1.1-04"],
                { from, number in from == "server" && number == lostForward ? [] : [10] }
            ),
        ] {
            batch.requirements = requirements
            let twin = try batch.transcript(
                name,
                comment,
                TranscriptScene(ends: [alice, bob, server], script: script, path: path, duration: 3_000)
            )
            guard name == "introduction.forwarded-only" else { continue }
            try batch.refused(
                twin,
                "other",
                .chunk(.forwardedInitiatorHello, otherFingerprint),
                .mismatch,
                because: "the FIHello asks for somebody else",
                ["RFC7016-3.5.1.1.2-08"]
            )
        }
    }

    private static let lostRedirect = 3
    private static let lostForward = 2
}
