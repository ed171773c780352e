import RTMFP

/// RFC 7016 §3.3, §3.5: sessions side by side, and sessions that replace others.
enum SessionCases {
    static let all: [Case] = [
        Case(
            "rendezvous/session/sessions-side-by-side",
            "Two sessions from two addresses work at the same time, told apart by their session IDs.",
            ["RFC7016-3.3-01"],
            saboteurs: ["one-session-only"],
            .session { session in
                let other = try session.probe.open(from: session.probe.newPeer())
                for _ in 0..<3 {
                    try session.ping()
                    try other.ping()
                }
            }
        ),
        Case(
            "rendezvous/session/other-certificate-does-not-override",
            "An IIKeying from the address of an open session with another certificate is ignored.",
            ["RFC7016-3.5.1.1.2-14", "RFC7425-4.3.7-01", "RFC7016-3.2-06"],
            saboteurs: ["override-by-anyone"],
            .sessionIgnored(.particular(opening)) { session in
                let hello = try given { try session.probe.greet(from: session.peer) }
                let keying = try session.probe.keying(for: hello)
                try session.peer.say([.initiatorInitialKeying(keying.chunk)])
            }
        ),
        Case(
            "rendezvous/session/same-certificate-overrides",
            "An IIKeying from the address of an open session with its certificate and new keys replaces it.",
            ["RFC7016-3.5.1.1.2-15", "RFC7016-3.2-06"],
            saboteurs: ["override-refused"],
            aftermath: .handshake,
            .session { session in
                let successor = try session.successor()
                try successor.ping()
            }
        ),
        Case(
            "rendezvous/session/overridden-session-is-gone",
            "After a session was replaced, its old keys are not answered any more.",
            ["RFC7016-3.5.1.1.2-15"],
            saboteurs: ["override-refused"],
            aftermath: .handshake,
            .session { session in
                let successor = try session.successor()
                try successor.ping()
                let message = session.probe.octets(12)
                try session.say([.ping(Ping(message: message))])
                try successor.ping()
                let answered = try session.peer.unexpected(since: 0).contains { heard in
                    heard.pingReplies.contains(message)
                }
                try require(!answered, expected: "no answer from the old session", actual: "a Ping Reply")
            }
        ),
    ]

    @Sendable
    private static func opening(_ heard: Heard) -> String? {
        heard.first(\.asRIKeying) != nil ? "the target opened a session" : nil
    }
}

extension ProbeSession {
    /// A session from the same address, with the same certificate and new keys.
    func successor() throws -> ProbeSession {
        var keying = keying
        keying.chunk.cookieEcho = try given { try probe.greet(from: peer).cookie }
        keying.chunk.initiatorSessionID = probe.sessionID()
        var component = keying.component
        component.extraRandomness = probe.octets(64)
        keying.chunk.sessionKeyInitiatorComponent = component.encoded
        return try probe.session(keying, probe.exchange(keying, from: peer), on: peer)
    }
}
