import RTMFP

/// The exchanges with a client that all other cases about clients build on.
enum ClientFoundation {
    static let all: [Case] = [
        Case(
            "client/foundation/ihello-comes",
            "A client that is told to connect sends an IHello, in a startup packet to session ID 0.",
            ["RFC7016-3.5.1.1-01", "RFC7016-2.3.2-01"],
            role: .client,
            saboteurs: ["client-mute", "ihello-in-mode-1"],
            setting: .cold,
            .startup { probe in
                let reception = try probe.receive()
                let isRight =
                    reception.first.sessionID == 0 && reception.first.packet?.header.mode == .startup
                    && reception.first.protection == .defaultKey
                try require(isRight, expected: "a startup packet to session ID 0", actual: reception.first.summary)
                try given { try reception.open().ping() }
            }
        ),
        Case(
            "client/foundation/session-opens",
            "Two round trips open a session: IHello and RHello, IIKeying and RIKeying.",
            ["RFC7016-3.5.1.1.1-17", "RFC7016-3.5.1.1-01"],
            role: .client,
            saboteurs: [
                "client-mute", "rhello-ignored", "rikeying-ignored", "client-keys-swapped", "client-mute-to-ping",
            ],
            setting: .cold,
            .startup { probe in
                try probe.receive().open().ping()
            }
        ),
        .client(
            "foundation/cookie-echoed",
            "The RHello's cookie comes back in the IIKeying octet by octet.",
            ["RFC7016-2.3.7-04"],
            saboteurs: ["cookie-altered"],
            setting: .cold,
            .startup { probe in
                let reception = try probe.receive()
                let welcome = reception.welcome()
                try reception.say(welcome)
                let (keying, heard) = try reception.door.expect("an IIKeying") { heard in
                    heard.first(\.asIIKeying).map { ($0, heard) }
                }
                try requireEqual(keying.cookieEcho, welcome.chunk.cookie, "cookie echo")
                reception.take(keying, heard, at: reception.door, for: welcome)
            }
        ),
        .client(
            "foundation/ping-is-answered",
            "A Ping on an open session is answered with its message.",
            ["RFC7016-3.5.4-01", "RFC7016-2.3.10-01"],
            saboteurs: ["client-mute-to-ping", "client-ping-reply-empty"],
            setting: .cold,
            .startup { probe in
                let session = try probe.receive().open()
                try session.ping(Array("hello-ping".utf8))
            }
        ),
    ]
}
