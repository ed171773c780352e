internal import RTMFP

extension Recipe {
    static let transcriptNotes = [
        "`ends` are what the ends are before the first step; `flags` are those of RFC 7425 §4.5.2.4 and §4.5.2.5: 4 will send always, 2 will send on request, 1 request. `seed` is of use to this repository's endpoint alone: all that it draws by it can be read in the datagrams, but for the private keys, which stand in `sessions`.",
        "`sessions` stand in the order in which their RIKeyings were said. The times `at` and `arrivals` are in milliseconds; a datagram without arrivals is lost.",
        "A step with `act` is what an end's user has it do; `session` counts the sessions that this end has opened, from 0. `write` opens a flow, says one message and closes the flow; `move` gives the end another address.",
        "`expected` has for each datagram its session ID, the number of the session whose keys protect it (null: the Default Session Key), the plain packet without its padding, and where in it which chunks are. `key` is the whole of ENCRYPT_KEY, of which the cipher takes 16 octets; `hmacLength` 0 is a checksum.",
        "To follow a transcript: derive the keys from `sessions` and the components in the datagrams, open each datagram and compare. To play an end: give it the certificate, the private key, and the tag, session ID, cookie and randomness that it shows; what reaches it must have it say what it says.",
        "An invalid transcript has one step changed: whoever that step reaches must ignore it, and not say what it said next in the twin. What follows the step is of no meaning.",
        "Of an acceptable transcript with a changed step, `expected` is what its datagrams hold; whoever the step reaches may ignore it, or go on as in the twin.",
    ]

    /// A handshake of each kind, with a word and a close.
    static let handshakes = Recipe(
        "rtmfp",
        "transcript",
        part: "handshakes",
        "Sessions of every negotiation, from IHello to Session Close Acknowledgement",
        specification: ["RFC 7016 §3.5.1.1", "RFC 7425 §4.5", "RFC 7425 §4.6", "RFC 7425 §4.7"],
        notes: transcriptNotes
    ) {
        var batch = Batch(
            "transcript.handshake",
            ["RFC 7016 §3.5.1.1", "RFC 7425 §4.6", "RFC 7425 §4.7"],
            ["RFC7016-3.5.1.1-01", "RFC7425-4.6.3-01", "RFC7425-4.6.4-01", "RFC7425-4.6.5-01", "RFC7425-4.7.2-03"]
        )
        let on: NegotiationFlags = [.willSendOnRequest, .request]
        typealias Hand = (keys: TranscriptCast.Keys, hmac: NegotiationFlags, length: UInt64, numbers: NegotiationFlags)
        let cases: [(String, String, [String], Hand, Hand)] = [
            (
                "static-static.checksum", "both keys static, checksums, no sequence numbers",
                ["RFC7425-4.6.1-04", "RFC7425-4.6.4-06"], (.fixed(.modp1024), [], 0, []), (.fixed(.modp1024), [], 0, [])
            ),
            (
                "ephemeral-ephemeral.hmac-sseq", "both keys ephemeral, HMACs of 16 octets and sequence numbers",
                ["RFC7425-4.6.1-01", "RFC7425-4.6.4-03", "RFC7425-4.6.6-01"],
                (.ephemeral(.modp1024), on, 16, on), (.ephemeral(.modp1024), on, 16, on)
            ),
            (
                "static-ephemeral.hmac", "the initiator's key static, the responder's ephemeral; HMACs alone",
                ["RFC7425-4.6.1-03", "RFC7425-4.6.6-07"], (.fixed(.modp1024), on, 10, []),
                (.ephemeral(.modp1024), on, 10, [])
            ),
            (
                "ephemeral-static.sseq",
                "the initiator's key ephemeral, the responder's static; sequence numbers alone",
                ["RFC7425-4.6.1-02", "RFC7425-4.6.6-07"], (.ephemeral(.modp1024), [], 0, on),
                (.fixed(.modp1024), [], 0, on)
            ),
            (
                "group-5.hmac-sseq", "group 5", ["RFC7425-4.6.1-01"], (.ephemeral(.modp1536), on, 16, on),
                (.ephemeral(.modp1536), on, 16, on)
            ),
            (
                "group-14.hmac-sseq", "group 14", ["RFC7425-4.6.1-01"], (.ephemeral(.modp2048), on, 32, on),
                (.ephemeral(.modp2048), on, 32, on)
            ),
            (
                "hmac-4-32", "HMACs of 4 octets one way, of 32 the other", ["RFC7425-4.6.4-07"],
                (.ephemeral(.modp1024), on, 4, []), (.ephemeral(.modp1024), on, 32, [])
            ),
            (
                "hmac-initiator", "the initiator sends HMACs unasked, the responder sends none",
                ["RFC7425-4.6.4-02", "RFC7425-4.6.4-04"], (.ephemeral(.modp1024), [.willSendAlways], 16, []),
                (.ephemeral(.modp1024), [], 0, [])
            ),
            (
                "sseq-responder", "the responder sends sequence numbers unasked, the initiator sends none",
                ["RFC7425-4.6.6-04"], (.ephemeral(.modp1024), [], 0, []),
                (.ephemeral(.modp1024), [], 0, [.willSendAlways])
            ),
            (
                "unrequested", "both ends would send HMACs and sequence numbers, and neither asks",
                ["RFC7425-4.6.4-03", "RFC7425-4.6.6-05"],
                (.ephemeral(.modp1024), [.willSendOnRequest], 16, [.willSendOnRequest]),
                (.ephemeral(.modp1024), [.willSendOnRequest], 16, [.willSendOnRequest])
            ),
        ]
        let common = batch.requirements
        for (name, comment, requirements, near, far) in cases {
            func end(_ end: TranscriptEnd, _ hand: Hand) -> TranscriptEnd {
                var end = end
                (end.hmac, end.hmacLength, end.sequenceNumbers) = (hand.hmac, hand.length, hand.numbers)
                return end
            }
            let alice = end(try TranscriptCast.alice(near.keys), near)
            let bob = end(try TranscriptCast.bob(far.keys), far)
            batch.requirements = common + requirements
            let twin = try batch.transcript(
                name,
                comment,
                TranscriptScene(ends: [alice, bob], script: try TranscriptCast.talk(alice, bob), duration: 1_000)
            )
            if name == "ephemeral-ephemeral.hmac-sseq" { try batch.refusals(of: twin) }
        }
        return batch
    }

    /// Handshakes that do not go smoothly.
    static let troubles = Recipe(
        "rtmfp",
        "transcript",
        part: "troubles",
        "Startup that meets losses, repetition, redirection, another address or glare",
        specification: ["RFC 7016 §3.5.1"],
        notes: transcriptNotes
    ) {
        var batch = Batch("transcript.startup", ["RFC 7016 §3.5.1.1"], ["RFC7016-3.5.1.1-01"])
        let (alice, bob) = (try TranscriptCast.alice(), try TranscriptCast.bob())
        let late = try TranscriptCast.talk(alice, bob, says: 5_000, closes: 5_300)
        func scene(_ end: String, _ exceptions: [Int: [Int]]) -> TranscriptScene {
            TranscriptScene(
                ends: [alice, bob],
                script: late,
                path: TranscriptCast.path(end, exceptions),
                duration: 6_000
            )
        }
        let cases: [(String, String, [String], TranscriptScene)] = [
            ("ihello-lost", "the first IHello is lost", ["RFC7016-3.5.1.1.1-05"], scene("alice", [0: []])),
            (
                "ihello-twice", "the IHello arrives twice, and is answered twice",
                ["RFC7016-3.5.1.1.2-07", "RFC7016-3.5.1.1-02"], scene("alice", [0: [10, 14]])
            ),
            ("rhello-lost", "the first RHello is lost", ["RFC7016-3.5.1.1.2-07"], scene("bob", [0: []])),
            ("iikeying-lost", "the first IIKeying is lost", ["RFC7016-3.5.1.1.1-14"], scene("alice", [1: []])),
            (
                "rikeying-lost", "the first RIKeying is lost: the repeated IIKeying is answered with the same",
                ["RFC7016-3.5.1.1.2-12", "RFC7016-3.5.1.1.1-14"], scene("bob", [1: []])
            ),
            (
                "iikeying-twice", "the IIKeying arrives twice, and is answered twice with the same RIKeying",
                ["RFC7016-3.5.1.1.2-12", "RFC7016-3.5.1.1.1-16"], scene("alice", [1: [10, 13]])
            ),
        ]
        for (name, comment, requirements, scene) in cases {
            batch.requirements = ["RFC7016-3.5.1.1-01"] + requirements
            try batch.transcript(name, comment, scene)
        }

        batch.section = ["RFC 7016 §3.5.1.2"]
        batch.requirements = ["RFC7016-3.5.1.2-01", "RFC7016-3.5.1.2-02", "RFC7016-3.5.1.2-04"]
        let outside = SocketAddress(.v4(0xc633_6401), port: 50_001)
        let change = try batch.transcript(
            "cookie-change",
            "the initiator's address changes between IHello and IIKeying",
            TranscriptScene(
                ends: [alice, bob],
                script: [
                    (0, "alice", try TranscriptCast.open(bob, at: [bob.address])), (15, "alice", .move(to: outside)),
                    (500, "alice", .close(session: 0)),
                ],
                duration: 1_000
            )
        )
        try batch.refused(
            change,
            "old-cookie",
            .chunk(.responderHelloCookieChange) { chunk in
                guard case .responderHelloCookieChange(var change) = chunk else { return nil }
                change.oldCookie[0] ^= 1
                return .responderHelloCookieChange(change)
            },
            .mismatch,
            because: "the old cookie is not the one that was sent",
            ["RFC7016-3.5.1.2-02"]
        )

        batch.section = ["RFC 7016 §3.5.1.3"]
        batch.requirements = ["RFC7016-3.5.1.3-01", "RFC7016-3.5.1.3-02", "RFC7016-3.5.1.3-03"]
        try batch.transcript(
            "glare",
            "both ends open a session with each other at once: one of the two is left",
            TranscriptScene(
                ends: [alice, bob],
                script: [
                    (0, "alice", try TranscriptCast.open(bob, at: [bob.address])),
                    (2, "bob", try TranscriptCast.open(alice, at: [alice.address])),
                    (500, "alice", .close(session: 0)),
                ],
                duration: 1_000
            )
        )

        batch.section = ["RFC 7016 §3.5.1.4"]
        batch.requirements = ["RFC7016-3.5.1.4-02", "RFC7016-3.5.1.4-05", "RFC7016-3.5.1.1.1-04"]
        var redirector = try TranscriptCast.server()
        let nobody = SocketAddress(.v4(0xc000_0263), port: 1935)
        for (name, comment, addresses) in [
            ("redirect", "a Redirect to the responder", [bob.address]),
            ("redirect-two", "a Redirect to two addresses, of which one is dead", [nobody, bob.address]),
        ] {
            redirector.redirects = addresses
            let twin = try batch.transcript(
                name,
                comment,
                TranscriptScene(
                    ends: [alice, bob, redirector],
                    script: [
                        (0, "alice", try TranscriptCast.open(bob, at: [redirector.address])),
                        (500, "alice", .close(session: 0)),
                    ],
                    duration: 1_000
                )
            )
            guard name == "redirect" else { continue }
            try batch.refused(
                twin,
                "tag",
                .chunk(.responderRedirect) { chunk in
                    guard case .responderRedirect(var redirect) = chunk else { return nil }
                    redirect.tagEcho[0] ^= 1
                    return .responderRedirect(redirect)
                },
                .mismatch,
                because: "nobody asked with this tag",
                ["RFC7016-3.5.1.1.1-07", "RFC7016-3.5.1.1.1-09"]
            )
        }
        return batch
    }
}
